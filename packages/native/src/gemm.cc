#include "gemm.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "instruction_sets.h"
#include "parallel.h"

namespace footlight {
namespace {

struct Product {
  bool transpose_a, transpose_b;
  int64_t m, n, k;
  const float* a;
  int64_t lda;
  const float* b;
  int64_t ldb;
  float beta;
  float* c;
  int64_t ldc;
  const Epilogue& epilogue;
};

static int64_t tune(const char* name, int64_t otherwise) { const char* t = std::getenv(name); return t ? std::atoll(t) : otherwise; }
const int64_t most_depth = tune("T_DEPTH", 256);
const int64_t most_rows = tune("T_ROWS", 240);
const int64_t most_columns = tune("T_COLUMNS", 480);
const int64_t unit_rows = tune("T_UNIT", 512);

#define FOOTLIGHT_BODY "gemm_loops.inc"
#include "instruction_sets.inc"

// Memory for packed blocks, one per thread, kept between calls.
float* scratch(int64_t floats) {
  thread_local std::unique_ptr<float[]> memory;
  thread_local int64_t size = 0;
  if (size < floats + 16) {
    memory.reset(new float[floats + 16]);
    size = floats + 16;
  }
  return reinterpret_cast<float*>((reinterpret_cast<uintptr_t>(memory.get()) + 63) & ~uintptr_t{63});
}

int64_t pieces_of(int64_t size, int64_t most) { return std::max<int64_t>(1, (size + most - 1) / most); }

}  // namespace

void sgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb, float beta,
           float* c, int64_t ldc, const Epilogue& epilogue) {
  if (m <= 0 || n <= 0) return;
  const Product p{transpose_a, transpose_b, m, n, k, a, lda, b, ldb, beta, c, ldc, epilogue};
  if (k == 0 && beta == 0.0f)
    for (int64_t i = 0; i < m; i++) std::memset(c + i * ldc, 0, n * sizeof(float));
  int64_t down = pieces_of(m, unit_rows), across = pieces_of(n, most_columns);
  const int64_t most = std::min<int64_t>(threads(), m * n * k >> 18);
  // Few blocks are made a multiple of the threads, by cutting the longer side.
  if (most > 1 && down * across < 8 * most && down * across % most != 0) {
    if (n >= m) across = (across + most - 1) / most * most;
    else down = (down + most - 1) / most * most;
  }
  const auto run = FOOTLIGHT_CHOSEN(block);
  const int64_t room = (most_columns + 64) * most_depth + (most_rows + 16) * most_depth;
  std::atomic<int64_t> next{0};
  parallel(std::max<int64_t>(1, most), 1, [&](int64_t, int64_t, int) {
    float* memory = scratch(room);
    for (int64_t unit; (unit = next.fetch_add(1, std::memory_order_relaxed)) < down * across;) {
      const int64_t i = unit % down, j = unit / down;
      const int64_t i_begin = m * i / down, i_end = m * (i + 1) / down, j_begin = n * j / across, j_end = n * (j + 1) / across;
      run(p, i_begin, i_end, j_begin, j_end, memory);
      if (!epilogue.bias && !epilogue.activation) continue;
      for (int64_t row = i_begin; row < i_end; row++) {
        float* values = c + row * ldc;
        if (epilogue.bias)
          for (int64_t x = j_begin; x < j_end; x++) values[x] += epilogue.bias[x];
        if (epilogue.activation) epilogue.activation(values + j_begin, j_end - j_begin);
      }
    }
  });
}

void sgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb, float beta,
           float* c, int64_t ldc) {
  sgemm(transpose_a, transpose_b, m, n, k, a, lda, b, ldb, beta, c, ldc, Epilogue{});
}

}  // namespace footlight
