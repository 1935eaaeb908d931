#include "kernels/gemm.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>

#include "kernels/gemm_units.h"
#include "threading/thread_pool.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/gemm.cc"
#include "simd/foreach_target.h"
#include "simd/vector-inl.h"

namespace footlight {
namespace {

namespace FOOTLIGHT_NAMESPACE {
#include "kernels/gemm_tiles-inl.h"
}
}  // namespace

#if FOOTLIGHT_ONCE
namespace {

// Memory for packed blocks, one per thread, kept between calls.
float* room_of(int64_t floats) {
  thread_local std::unique_ptr<float[]> memory;
  thread_local int64_t size = 0;
  if (size < floats + 16) {
    memory.reset(new float[floats + 16]);
    size = floats + 16;
  }
  return reinterpret_cast<float*>((reinterpret_cast<uintptr_t>(memory.get()) + 63) & ~uintptr_t{63});
}

int64_t pieces_of(int64_t size, int64_t most) { return std::max<int64_t>(1, (size + most - 1) / most); }

int64_t up_to(int64_t count, int64_t multiple) { return (count + multiple - 1) / multiple * multiple; }

void finish(const Product& p, int64_t i_begin, int64_t i_end, int64_t j_begin, int64_t j_end) {
  const auto [bias, activation] = p.epilogue;
  if (!bias && !activation) return;
  for (int64_t row = i_begin; row < i_end; row++) {
    float* const values = p.c + row * p.ldc;
    if (bias)
      for (int64_t x = j_begin; x < j_end; x++) values[x] += bias[x];
    if (activation) activation(values + j_begin, j_end - j_begin);
  }
}

// Cheaper for one thread than waking another.
constexpr int64_t small_work = 1 << 18;

constexpr int64_t narrow_columns = 2;

void multiply_narrow(const Product& p) {
  const float* columns = p.b;
  int64_t ld = p.ldb;
  if (!p.transpose_b) {
    float* const turned = room_of(p.n * p.k);
    for (int64_t d = 0; d < p.k; d++)
      for (int64_t j = 0; j < p.n; j++) turned[j * p.k + d] = p.b[d * p.ldb + j];
    columns = turned;
    ld = p.k;
  }
  const auto run = FOOTLIGHT_DISPATCH(narrow);
  parallel(p.m, 1 + small_work / 4 / (p.n * p.k + 1), [&](int64_t begin, int64_t end, int) {
    run(p, columns, ld, begin, end);
    finish(p, begin, end, 0, p.n);
  });
}

}  // namespace

// Measured on processors with 1 MB of second cache; smaller ones find the panels of B in the third, which is fast enough for how often they are read.
Blocks blocks() { return {384, 624, 240, 512}; }

void share(const Product& p, Unit unit) {
  if (p.m <= 0 || p.n <= 0) return;
  if (p.k <= 0 && p.beta == 0.0f)
    for (int64_t i = 0; i < p.m; i++) std::memset(p.c + i * p.ldc, 0, p.n * sizeof(float));
  const Blocks most = blocks();
  int64_t down = pieces_of(p.m, most.unit_rows), across = pieces_of(p.n, most.columns);
  const int64_t sharers = std::max<int64_t>(1, std::min<int64_t>(threads().count, p.m * p.n * std::max<int64_t>(1, p.k) / small_work));
  // A few units are made a multiple of the threads by cutting the longer side.
  if (down * across < 8 * sharers && down * across % sharers != 0) {
    if (p.n >= p.m) across = up_to(across, sharers);
    else down = up_to(down, sharers);
  }
  const int64_t room = (up_to(most.columns, 16) + up_to(most.rows, 16)) * most.depth;
  std::atomic<int64_t> next{0};
  parallel(sharers, 1, [&](int64_t, int64_t, int) {
    float* const memory = room_of(room);
    for (int64_t index; (index = next.fetch_add(1, std::memory_order_relaxed)) < down * across;) {
      const int64_t i = index % down, j = index / down;
      const int64_t i_begin = p.m * i / down, i_end = p.m * (i + 1) / down, j_begin = p.n * j / across, j_end = p.n * (j + 1) / across;
      unit(p, most, i_begin, i_end, j_begin, j_end, memory);
      finish(p, i_begin, i_end, j_begin, j_end);
    }
  });
}

void sgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb, float beta,
           float* c, int64_t ldc, const Epilogue& epilogue) {
  const Product product{transpose_a, transpose_b, m, n, k, a, lda, b, ldb, beta, c, ldc, epilogue};
  if (!transpose_a && n <= narrow_columns) multiply_narrow(product);
  else share(product, FOOTLIGHT_DISPATCH(unit));
}

void sgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb, float beta,
           float* c, int64_t ldc) {
  sgemm(transpose_a, transpose_b, m, n, k, a, lda, b, ldb, beta, c, ldc, Epilogue{});
}
#endif

}  // namespace footlight
