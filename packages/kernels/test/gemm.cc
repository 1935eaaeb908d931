#include "kernels/gemm.h"

#include <cmath>
#include <cstdint>
#include <vector>

#include "check.h"
#include "threading/thread_pool.h"

namespace {

uint32_t state = 1;

// Small integers: exact in bf16 and in sums of floats, so that every result must be equal.
std::vector<float> drawn(int64_t count) {
  std::vector<float> values(count);
  for (float& value : values) {
    state = state * 1664525u + 1013904223u;
    value = static_cast<float>(static_cast<int>(state >> 28) - 8);
  }
  return values;
}

// Vectors have no room to spare behind them, so that a read or write beyond a row's end is seen.
void compare(int64_t m, int64_t n, int64_t k, int kind) {
  const bool transpose_a = kind & 1, transpose_b = kind & 2, bf16 = kind & 8;
  const float beta = kind & 4 ? 1.0f : 0.0f;
  const std::vector<float> a = drawn(m * k), b = drawn(k * n), before = drawn(m * n), bias = drawn(n);
  std::vector<float> c = before;
  footlight::Epilogue epilogue;
  epilogue.bias = bias.data();
  epilogue.activation = [](float* values, int64_t count) {
    for (int64_t i = 0; i < count; i++) values[i] *= 2.0f;
  };
  const int64_t lda = transpose_a ? m : k, ldb = transpose_b ? k : n;
  const footlight::Product product{transpose_a, transpose_b, m, n, k, a.data(), lda, b.data(), ldb, beta, c.data(), n, epilogue};
  const footlight::Threads& threads = footlight::threads();
  std::vector<float> workspace(bf16 ? footlight::bgemm_workspace(threads, product) : footlight::sgemm_workspace(threads, product));
  (bf16 ? footlight::bgemm : footlight::sgemm)(threads, product, workspace.data());
  for (int64_t i = 0; i < m; i++)
    for (int64_t j = 0; j < n; j++) {
      float sum = beta * before[i * n + j] + bias[j];
      for (int64_t d = 0; d < k; d++) sum += a[transpose_a ? d * m + i : i * k + d] * b[transpose_b ? j * k + d : d * n + j];
      check(c[i * n + j] == 2.0f * sum, "the same as the definition");
    }
}

}  // namespace

void test_gemm() {
  for (const int64_t m : {1, 3, 8, 17, 71})
    for (const int64_t n : {1, 7, 16, 50, 131})
      for (const int64_t k : {1, 2, 5, 33, 97})
        for (int kind = 0; kind < 16; kind++) compare(m, n, k, kind);
  for (int kind = 0; kind < 16; kind++) {
    compare(523, 67, 31, kind);
    compare(41, 1259, 23, kind);
    compare(37, 53, 809, kind);
  }
}
