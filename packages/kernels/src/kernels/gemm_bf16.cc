#include "simd/bf16.h"
#include "kernels/gemm.h"
#include "kernels/arithmetic.h"
#include "kernels/gemm_amx.h"
#include "kernels/gemm_units.h"
#include "simd/targets.h"

// Before these, compilers do not know the instructions, or how to ask a processor for them.
#if FOOTLIGHT_X86 && (defined(__clang__) || __GNUC__ >= 11)
#define FOOTLIGHT_X86_BF16 1
#define FOOTLIGHT_NAMESPACE avx512
#define FOOTLIGHT_TARGET __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx512bf16,avx2,fma")))
#define FOOTLIGHT_LANES 16
#define FOOTLIGHT_BF16 1
#include "simd/vector-inl.h"
#endif

namespace footlight {
namespace {

#if FOOTLIGHT_X86_BF16
namespace avx512 {
#include "kernels/gemm_tiles-inl.h"
}  // namespace avx512

Unit unit_of_avx512() {
  static const bool there = instruction_set() == InstructionSet::avx512 && __builtin_cpu_supports("avx512bf16");
  return there ? avx512::unit : nullptr;
}
#else
Unit unit_of_avx512() { return nullptr; }
#endif

Unit unit_of_bf16() {
  const Unit tiles = unit_of_amx();
  return tiles ? tiles : unit_of_avx512();
}

float round_bf16(float value) {
  const uint32_t bits = bf16_bits(value);
  __builtin_memcpy(&value, &bits, 4);
  return value;
}

void round_matrix(const Threads& threads, const float* from, int64_t rows, int64_t columns, int64_t ld, float* to) {
  parallel(threads, rows, 1 + (1 << 15) / (columns + 1), [&](int64_t begin, int64_t end, int) {
    for (int64_t row = begin; row < end; row++)
      for (int64_t column = 0; column < columns; column++) to[row * columns + column] = round_bf16(from[row * ld + column]);
  });
}

}  // namespace

int64_t bgemm_workspace(const Threads& threads, const Product& p) {
  if (unit_of_bf16()) return share_workspace(threads, p);
  return round_up(p.m * p.k, 16) + round_up(p.k * p.n, 16) + sgemm_workspace(threads, p);
}

void bgemm(const Threads& threads, const Product& p, float* workspace) {
  if (const Unit unit = unit_of_bf16()) return share(threads, p, unit, workspace);
  const int64_t a_row = p.transpose_a ? p.m : p.k, b_row = p.transpose_b ? p.k : p.n;
  float *const near_a = workspace, *const near_b = near_a + round_up(p.m * p.k, 16);
  round_matrix(threads, p.a, p.transpose_a ? p.k : p.m, a_row, p.lda, near_a);
  round_matrix(threads, p.b, p.transpose_b ? p.n : p.k, b_row, p.ldb, near_b);
  Product rounded = p;
  rounded.a = near_a;
  rounded.lda = a_row;
  rounded.b = near_b;
  rounded.ldb = b_row;
  sgemm(threads, rounded, near_b + round_up(p.k * p.n, 16));
}

}  // namespace footlight
