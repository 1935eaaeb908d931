#include "kernels/gemm_amx.h"

#include "simd/bf16.h"
#include "simd/targets.h"

// Before these, compilers do not know the instructions. Other systems have other ways to be asked for tiles.
#if FOOTLIGHT_X86 && defined(__linux__) && ((defined(__clang__) && __clang_major__ >= 12) || (!defined(__clang__) && __GNUC__ >= 11))
#define FOOTLIGHT_AMX 1
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#if FOOTLIGHT_AMX
#define FOOTLIGHT_NAMESPACE amx
#define FOOTLIGHT_TARGET __attribute__((target("amx-tile,amx-bf16,avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")))
#define FOOTLIGHT_LANES 16
#include "simd/vector-inl.h"
#endif

namespace footlight {

#if FOOTLIGHT_AMX
namespace {
namespace amx {

// Compilers are not told that tiles are read from memory (GCC) and might write it afterwards.
FOOTLIGHT_INLINE void memory_is_read() { __asm__ volatile("" ::: "memory"); }

FOOTLIGHT_INLINE void configure(const TileShapes& shapes) {
  memory_is_read();
  _tile_loadconfig(&shapes);
}

FOOTLIGHT_INLINE void release() { _tile_release(); }

// The number of a tile is part of an instruction: the intrinsics want it spelt out.
#define FOOTLIGHT_LOAD(number)                                                        \
  FOOTLIGHT_INLINE void load_tile(Tile<number>, const float* from, int64_t bytes) { \
    memory_is_read();                                                                 \
    _tile_loadd(number, from, bytes);                                                 \
  }
#define FOOTLIGHT_SUM(number)                                      \
  FOOTLIGHT_LOAD(number)                                           \
  FOOTLIGHT_INLINE void zero(Tile<number>) { _tile_zero(number); } \
  FOOTLIGHT_INLINE void store_tile(Tile<number>, float* to, int64_t bytes) { _tile_stored(number, to, bytes); }
#define FOOTLIGHT_PRODUCT(number, a, b) \
  FOOTLIGHT_INLINE void add_product(Tile<number>, Tile<a>, Tile<b>) { _tile_dpbf16ps(number, a, b); }

FOOTLIGHT_SUM(0)
FOOTLIGHT_SUM(1)
FOOTLIGHT_SUM(2)
FOOTLIGHT_SUM(3)
FOOTLIGHT_LOAD(4)
FOOTLIGHT_LOAD(5)
FOOTLIGHT_LOAD(6)
FOOTLIGHT_LOAD(7)
FOOTLIGHT_PRODUCT(0, 4, 6)
FOOTLIGHT_PRODUCT(1, 4, 7)
FOOTLIGHT_PRODUCT(2, 5, 6)
FOOTLIGHT_PRODUCT(3, 5, 7)

#include "kernels/gemm_amx-inl.h"

}  // namespace amx

bool processor_has_tiles() {
  unsigned a, b, c, d;
  const unsigned bf16 = 1u << 22, tile = 1u << 24;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (d & bf16) && (d & tile);
}

// The system keeps the state of tiles (their shapes and what they hold) when it switches threads.
bool system_keeps_tiles() {
  unsigned a, b, c, d;
  const unsigned readable = 1u << 27, shapes = 1u << 17, contents = 1u << 18;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & readable)) return false;
  unsigned kept, upper;
  __asm__ volatile("xgetbv" : "=a"(kept), "=d"(upper) : "c"(0));
  return (kept & shapes) && (kept & contents);
}

// For all threads of the process, once: contents of tiles are large, and Linux makes room for them only where they are asked for.
bool permitted() {
  const long ask = 0x1023, contents = 18;  // ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA: headers of the system may be older than the system
  return syscall(SYS_arch_prctl, ask, contents) == 0;
}

}  // namespace

Unit unit_of_amx() {
  static const bool there = amx_allowed() && instruction_set() == InstructionSet::avx512 && processor_has_tiles() && system_keeps_tiles() && permitted();
  return there ? amx::unit : nullptr;
}
#else
Unit unit_of_amx() { return nullptr; }
#endif

}  // namespace footlight
