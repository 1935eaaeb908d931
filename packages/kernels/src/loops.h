#pragma once

// FOOTLIGHT_INDEPENDENT: // before a loop whose rounds may be done in any order or at once, also where what is read and what is written is the same array.
// FOOTLIGHT_UNROLLED: before a short loop over an array of vectors. Unrolled early, its entries are registers; else they go through memory once.
#if defined(__clang__)
#define FOOTLIGHT_UNROLLED _Pragma("unroll")
#define FOOTLIGHT_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define FOOTLIGHT_UNROLLED _Pragma("GCC unroll 8")
#define FOOTLIGHT_INDEPENDENT _Pragma("GCC ivdep")
#else
#define FOOTLIGHT_UNROLLED
#define FOOTLIGHT_INDEPENDENT
#define __builtin_inff() INFINITY
#define __builtin_nanf(text) NAN
#endif
