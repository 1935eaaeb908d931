#include <cstring>
#include <vector>

#include "simd/bf16.h"
#include "kernels/gemm.h"
#include "kernels/gemm_amx.h"
#include "kernels/gemm_units.h"
#include "simd/targets.h"
#include "threading/thread_pool.h"

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

float rounded(float value) {
  const uint32_t bits = bf16_bits(value);
  std::memcpy(&value, &bits, 4);
  return value;
}

std::vector<float> rounded(const float* from, int64_t rows, int64_t columns, int64_t ld) {
  std::vector<float> to(rows * columns);
  parallel(rows, 1 + (1 << 15) / (columns + 1), [&](int64_t begin, int64_t end, int) {
    for (int64_t row = begin; row < end; row++)
      for (int64_t column = 0; column < columns; column++) to[row * columns + column] = rounded(from[row * ld + column]);
  });
  return to;
}

}  // namespace

void bgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb, float beta,
           float* c, int64_t ldc, const Epilogue& epilogue) {
  if (const Unit unit = unit_of_bf16()) {
    share({transpose_a, transpose_b, m, n, k, a, lda, b, ldb, beta, c, ldc, epilogue}, unit);
    return;
  }
  const int64_t a_row = transpose_a ? m : k, b_row = transpose_b ? k : n;
  const std::vector<float> near_a = rounded(a, transpose_a ? k : m, a_row, lda), near_b = rounded(b, transpose_b ? n : k, b_row, ldb);
  sgemm(transpose_a, transpose_b, m, n, k, near_a.data(), a_row, near_b.data(), b_row, beta, c, ldc, epilogue);
}

void bgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb, float beta,
           float* c, int64_t ldc) {
  bgemm(transpose_a, transpose_b, m, n, k, a, lda, b, ldb, beta, c, ldc, Epilogue{});
}

}  // namespace footlight
