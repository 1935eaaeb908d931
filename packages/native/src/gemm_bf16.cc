#include <cstring>
#include <vector>

#include "gemm.h"
#include "gemm_share.h"
#include "instruction_sets.h"
#include "parallel.h"

namespace footlight {
namespace {

// Before these, compilers do not know the instructions, or how to ask a processor for them.
#if FOOTLIGHT_X86 && (defined(__clang__) || __GNUC__ >= 11)
#define FOOTLIGHT_X86_BF16 1
namespace avx512 {
#define FOOTLIGHT_BF16 1
#define FOOTLIGHT_TARGET __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx512bf16,avx2,fma")))
#define FOOTLIGHT_HOT static inline __attribute__((always_inline)) FOOTLIGHT_TARGET
enum { LANES = 16 };
typedef float Lanes __attribute__((vector_size(64)));

template <class T>
FOOTLIGHT_HOT T load(const float* from) {
  T value;
  __builtin_memcpy(&value, from, sizeof(T));
  return value;
}

template <class T>
FOOTLIGHT_HOT void store(float* to, T value) {
  __builtin_memcpy(to, &value, sizeof(T));
}

#include "gemm_loops.inc"
#undef FOOTLIGHT_HOT
#undef FOOTLIGHT_TARGET
#undef FOOTLIGHT_BF16
}  // namespace avx512

Unit unit_of_bf16() {
  static const bool there = instruction_set() == InstructionSet::avx512 && __builtin_cpu_supports("avx512bf16");
  return there ? avx512::unit : nullptr;
}
#else
Unit unit_of_bf16() { return nullptr; }
#endif

// To the nearest bf16, ties to even; not-a-number stays one.
float rounded(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, 4);
  bits = value == value ? (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000u : bits | 0x00400000u;
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
