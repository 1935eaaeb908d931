#include "gemm.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "arguments.h"
#include "gemm_tiles.h"
#include "parallel.h"
#include "registry.h"

namespace footlight {
namespace {

// Sizes of blocks in bytes of 32-bit words: a panel of B stays in the first cache, a block of A in the second, a block of B in the third.
constexpr int64_t block_words = 256;   // of k
constexpr int64_t block_rows = 448;    // of A, near
constexpr int64_t most_rows = 4032;    // of A, packed at once
constexpr int64_t most_columns = 4096; // of B, packed at once

int64_t panels(int64_t lines, int64_t height) { return (lines + height - 1) / height; }

// Memory for packed panels, aligned to cache lines, kept by each thread that multiplies.
class Scratch {
 public:
  float* floats(int64_t count) {
    if (static_cast<int64_t>(memory_.size()) < count + 16) memory_.resize(count + 16);
    const auto address = reinterpret_cast<uintptr_t>(memory_.data());
    return memory_.data() + (64 - address % 64) % 64 / sizeof(float);
  }

 private:
  std::vector<float> memory_;
};

thread_local Scratch scratch_a, scratch_b;

struct Product {
  const GemmTiles& tiles;
  GemmSource a, b;
  int64_t m, n, k;
  float beta;
  float* c;
  int64_t ldc;
};

GemmSource at(const GemmSource& source, int64_t line, int64_t step) {
  return {source.from + line * source.line_stride + step * source.step_stride, source.line_stride, source.step_stride};
}

// How much longer the slowest of `pieces` works than it would if lines could be shared out evenly.
double imbalance(int64_t count, int pieces) { return static_cast<double>(panels(count, pieces)) * pieces / static_cast<double>(count); }

// One block: rows from i, columns from j, steps from p.
void multiply_block(const Product& job, int64_t i0, int64_t rows, int64_t j0, int64_t columns, int64_t p0, int64_t steps) {
  const GemmTiles& tiles = job.tiles;
  const int64_t words = panels(steps, tiles.steps_per_word);
  const int64_t a_panels = panels(rows, tiles.a_height), b_panels = panels(columns, tiles.b_height);
  const int64_t a_size = tiles.a_height * words, b_size = tiles.b_height * words;
  float* const a = scratch_a.floats(a_panels * a_size);
  float* const b = scratch_b.floats(b_panels * b_size);
  const bool add = p0 > 0 || job.beta != 0;
  const int64_t work = rows * columns * steps;
  const int64_t grain = work < (1 << 16) ? INT64_MAX : 1;  // waking threads takes longer than so small a product

  parallel(a_panels + b_panels, grain == 1 ? std::max<int64_t>(1, (1 << 13) / (words * tiles.a_height)) : grain, [&](int64_t begin, int64_t end, int) {
    for (int64_t panel = begin; panel < end; panel++) {
      if (panel < a_panels) {
        const int64_t first = panel * tiles.a_height;
        tiles.pack_a(at(job.a, i0 + first, p0), std::min(tiles.a_height, rows - first), steps, a + panel * a_size);
      } else {
        const int64_t first = (panel - a_panels) * tiles.b_height;
        tiles.pack_b(at(job.b, j0 + first, p0), std::min(tiles.b_height, columns - first), steps, b + (panel - a_panels) * b_size);
      }
    }
  });

  const auto tiles_of = [&](int64_t a_begin, int64_t a_end, int64_t b_begin, int64_t b_end) {
    const int64_t near = block_rows / tiles.a_height;
    for (int64_t from = a_begin; from < a_end; from += near)
      for (int64_t jp = b_begin; jp < b_end; jp++)
        for (int64_t ip = from; ip < std::min(a_end, from + near); ip++) {
          const int64_t i = ip * tiles.a_height, j = jp * tiles.b_height;
          tiles.multiply(words, a + ip * a_size, b + jp * b_size, add, job.c + (i0 + i) * job.ldc + j0 + j, job.ldc, std::min(tiles.a_height, rows - i),
                         std::min(tiles.b_height, columns - j));
        }
  };
  const int pieces = threads();
  if (imbalance(a_panels, pieces) < imbalance(b_panels, pieces))
    parallel(a_panels, grain, [&](int64_t begin, int64_t end, int) { tiles_of(begin, end, 0, b_panels); });
  else
    parallel(b_panels, grain, [&](int64_t begin, int64_t end, int) { tiles_of(0, a_panels, begin, end); });
}

// Blocks of about the same size, at most `most`: a last one of a few lines would be slow.
int64_t even_block(int64_t count, int64_t most, int64_t multiple) {
  const int64_t blocks = panels(count, most);
  return std::max(multiple, panels(panels(count, blocks), multiple) * multiple);
}

void multiply(const Product& job) {
  if (job.m == 0 || job.n == 0) return;
  if (job.k == 0) {
    if (job.beta == 0)
      for (int64_t i = 0; i < job.m; i++) std::fill_n(job.c + i * job.ldc, job.n, 0.0f);
    return;
  }
  const int64_t steps = even_block(job.k, block_words * job.tiles.steps_per_word * (job.k > 1024 ? 2 : 1), job.tiles.steps_per_word);
  const int64_t rows = even_block(job.m, most_rows, job.tiles.a_height);
  const int64_t columns = even_block(job.n, most_columns, job.tiles.b_height);
  for (int64_t j = 0; j < job.n; j += columns)
    for (int64_t p = 0; p < job.k; p += steps)
      for (int64_t i = 0; i < job.m; i += rows)
        multiply_block(job, i, std::min(rows, job.m - i), j, std::min(columns, job.n - j), p, std::min(steps, job.k - p));
}

Product product(const GemmTiles& tiles, bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b,
                int64_t ldb, float beta, float* c, int64_t ldc) {
  const GemmSource left = transpose_a ? GemmSource{a, 1, lda} : GemmSource{a, lda, 1};
  const GemmSource right = transpose_b ? GemmSource{b, ldb, 1} : GemmSource{b, 1, ldb};
  return {tiles, left, right, m, n, k, beta, c, ldc};
}

}  // namespace

void sgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb, float beta, float* c,
           int64_t ldc) {
  multiply(product(gemm_tiles(), transpose_a, transpose_b, m, n, k, a, lda, b, ldb, beta, c, ldc));
}

namespace {

// sgemm(transposeA, transposeB, m, n, k, a, b, outC, add)
Napi::Value sgemm_of(const Napi::CallbackInfo& info) {
  const Arguments given(info, "sgemm");
  const bool transpose_a = given.flag(0, "transposeA"), transpose_b = given.flag(1, "transposeB");
  const int64_t m = given.integer(2, "m", 0), n = given.integer(3, "n", 0), k = given.integer(4, "k", 0);
  const float* a = given.floats(5, "a", m * k);
  const float* b = given.floats(6, "b", k * n);
  float* c = given.floats(7, "outC", m * n);
  sgemm(transpose_a, transpose_b, m, n, k, a, transpose_a ? m : k, b, transpose_b ? k : n, given.flag(8, "add") ? 1 : 0, c, n);
  return info.Env().Undefined();
}

const Offer offer("sgemm", sgemm_of);

}  // namespace
}  // namespace footlight
