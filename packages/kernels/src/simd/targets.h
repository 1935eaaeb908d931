#pragma once

#include <stddef.h>
#include <stdint.h>

#include "simd/libm.h"

// What every kernel includes: the compiler, its vectors and the instruction sets for which foreach_target.h compiles a file.
//   FOOTLIGHT_X86          there are AVX2 and AVX-512 beside the portable code
//   FOOTLIGHT_INLINE       a function that disappears in its callers
//   FOOTLIGHT_INDEPENDENT  before a loop whose iterations may run in any order, even if input and output are the same array
//   FOOTLIGHT_UNROLLED     before a short loop over an array of vectors: unrolled early, its entries stay in registers

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are passed between functions of one file only, all of them inlined
#if defined(__x86_64__)
#pragma GCC diagnostic push
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // GCC 12 warns of vectors that it leaves undefined itself
#endif
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
#pragma GCC diagnostic pop
#define FOOTLIGHT_X86 1
#endif
#else
#define __attribute__(attribute)
#define __builtin_memcpy memcpy
#define __builtin_memset memset
#define __builtin_sqrtf sqrtf
#define __builtin_fabsf fabsf
#define __builtin_prefetch(...) ((void)0)
#define __builtin_inff() INFINITY
#define __builtin_nanf(text) NAN
#endif

#define FOOTLIGHT_INLINE static inline __attribute__((always_inline, unused)) FOOTLIGHT_TARGET

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wpass-failed"  // loops that call functions of the C library do not become vectors
#define FOOTLIGHT_UNROLLED _Pragma("unroll")
#define FOOTLIGHT_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define FOOTLIGHT_UNROLLED _Pragma("GCC unroll 8")
#define FOOTLIGHT_INDEPENDENT _Pragma("GCC ivdep")
#else
#define FOOTLIGHT_UNROLLED
#define FOOTLIGHT_INDEPENDENT
#endif

namespace footlight {

enum class InstructionSet { portable, avx2, avx512 };

// The best instruction set of this processor, or the one that FOOTLIGHT_INSTRUCTIONS (portable, avx2, avx512) names if that is less.
InstructionSet instruction_set();

// Whether FOOTLIGHT_INSTRUCTIONS names none of these. AMX is not in the list, since a process has to ask its system for it; only products of bf16 use it.
bool amx_allowed();

}  // namespace footlight
