#pragma once

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "loops.h"

// What instruction_sets.inc needs: include this before any namespace is open.
#define FOOTLIGHT_SETS_BEFORE 1

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are passed between functions of one file only, all of them inlined
#if defined(__x86_64__)
#include <immintrin.h>
#define FOOTLIGHT_X86 1
#endif
#else
#define __attribute__(attribute)
#define __builtin_memcpy memcpy
#define __builtin_sqrtf sqrtf
#define __builtin_fabsf fabsf
#define __builtin_prefetch(...) ((void)0)
#endif

namespace footlight {

enum class InstructionSet { portable, avx2, avx512 };

// The best that this processor has, or what FOOTLIGHT_INSTRUCTIONS (portable, avx2, avx512) asks for if that is less.
InstructionSet instruction_set();

// Whether it asks for none of these: AMX is beyond them. Not a set among the others, since a process has to ask its system for it: only products of bf16 do.
bool amx_allowed();

}  // namespace footlight
