// Compiles a kernel's file once per instruction set: the file includes itself by way of this header (the pattern of Google Highway).
//
//   #undef FOOTLIGHT_TARGET_INCLUDE
//   #define FOOTLIGHT_TARGET_INCLUDE "kernels/example.cc"  // this very file
//   #include "simd/foreach_target.h"
//   #include "simd/vector-inl.h"  // and others that end in -inl.h: they define their functions once per target
//
//   namespace footlight {
//   namespace {
//   namespace FOOTLIGHT_NAMESPACE {
//   FOOTLIGHT_TARGET void example(…) { … }
//   }  // namespace FOOTLIGHT_NAMESPACE
//   }  // namespace
//   #if FOOTLIGHT_ONCE
//   void example(…) { FOOTLIGHT_DISPATCH(example)(…); }
//   #endif
//   }  // namespace footlight
//
// Defined in each pass:
//   FOOTLIGHT_NAMESPACE  the namespace of the target, in which all its functions lie
//   FOOTLIGHT_TARGET     the attribute of every function there that is not FOOTLIGHT_INLINE; templates do not inherit it from a pragma
//   FOOTLIGHT_LANES      floats in a vector
//   FOOTLIGHT_AVX512     for AVX-512 only
//   FOOTLIGHT_ONCE       1 in the last pass, which all code that is not compiled per target waits for
// FOOTLIGHT_DISPATCH(name) is then the `name` for this processor. The namespaces of targets lie in one without a name, and contain plain memory and C functions
// only: what a linker might merge with the same of another file (templates and inline functions of the standard library) would run on processors that cannot.

#ifndef FOOTLIGHT_TARGET_INCLUDE
#error "define FOOTLIGHT_TARGET_INCLUDE first"
#endif

#include "simd/targets.h"

#ifndef FOOTLIGHT_ONCE  // else a pass is under way
#define FOOTLIGHT_ONCE 0

#if FOOTLIGHT_X86
#define FOOTLIGHT_NAMESPACE avx512
#define FOOTLIGHT_TARGET __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")))
#define FOOTLIGHT_LANES 16
#define FOOTLIGHT_AVX512 1
#include FOOTLIGHT_TARGET_INCLUDE
#include "simd/next_target.h"

#define FOOTLIGHT_NAMESPACE avx2
#define FOOTLIGHT_TARGET __attribute__((target("avx2,fma")))
#define FOOTLIGHT_LANES 8
#include FOOTLIGHT_TARGET_INCLUDE
#include "simd/next_target.h"

#define FOOTLIGHT_DISPATCH(name) \
  (instruction_set() == InstructionSet::avx512 ? avx512::name : instruction_set() == InstructionSet::avx2 ? avx2::name : portable::name)
#else
#define FOOTLIGHT_DISPATCH(name) portable::name
#endif

#define FOOTLIGHT_NAMESPACE portable
#define FOOTLIGHT_TARGET
#if defined(__GNUC__)
#define FOOTLIGHT_LANES 4  // SSE2, NEON and the SIMD of WebAssembly
#else
#define FOOTLIGHT_LANES 1
#endif
#undef FOOTLIGHT_ONCE
#define FOOTLIGHT_ONCE 1
#endif
