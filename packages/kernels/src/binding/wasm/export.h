#pragma once

// A function that JavaScript calls by its name: FOOTLIGHT_EXPORT(sgemm) void sgemm_with_addresses(…) { … }
#define FOOTLIGHT_EXPORT(name) extern "C" __attribute__((export_name(#name)))
