#pragma once

// Before a loop whose rounds may be done in any order or at once, also where what is read and what is written is the same array.
#if defined(__clang__)
#define FOOTLIGHT_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define FOOTLIGHT_INDEPENDENT _Pragma("GCC ivdep")
#else
#define FOOTLIGHT_INDEPENDENT
#define __builtin_inff() INFINITY
#define __builtin_nanf(text) NAN
#endif
