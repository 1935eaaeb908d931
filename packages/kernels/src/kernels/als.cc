// The inner loops of alternating least squares.

#include "kernels/als.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/als.cc"
#include "simd/foreach_target.h"
#include "simd/vector-inl.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

// The lines [begin, end) of YᵀY + λI, by one thread each: sums do not depend on the number of threads.
FOOTLIGHT_TARGET void gram(const AlsJob& job, float* out, int64_t begin, int64_t end) {
  const int64_t dim = job.dim;
  for (int64_t i = begin; i < end; i++)
    for (int64_t j = 0; j < dim; j++) out[i * dim + j] = i == j ? job.ridge : 0.0f;
  enum { AT_ONCE = 8 };  // rows of Y for each visit to a line
  int64_t row = 0;
  for (; row + AT_ONCE <= job.columns; row += AT_ONCE) {
    const float* y = job.fixed + row * dim;
    for (int64_t i = begin; i < end; i++) {
      float* line = out + i * dim;
      int64_t j = 0;
      for (; j + LANES <= dim; j += LANES) {
        Lanes even{}, odd{};
        for (int k = 0; k < AT_ONCE; k += 2) {
          even += load<Lanes>(y + k * dim + j) * y[k * dim + i];
          odd += load<Lanes>(y + (k + 1) * dim + j) * y[(k + 1) * dim + i];
        }
        store(line + j, load<Lanes>(line + j) + (even + odd));
      }
      for (; j < dim; j++)
        for (int k = 0; k < AT_ONCE; k++) line[j] += y[k * dim + j] * y[k * dim + i];
    }
  }
  for (; row < job.columns; row++)
    for (int64_t i = begin; i < end; i++) add_scaled<false>(out + i * dim, job.fixed + row * dim, job.fixed[row * dim + i], dim);
}

// to = sign × (YᵀY + λI) x: the matrix is symmetric, so its lines are added up, four at a time.
FOOTLIGHT_INLINE void times_gram(const AlsJob& job, const float* x, float sign, float* to) {
  const int64_t dim = job.dim;
  for (int64_t d = 0; d < dim; d++) to[d] = 0;
  int64_t i = 0;
  for (; i + 4 <= dim; i += 4) {
    const float* lines = job.gram + i * dim;
    const float a = sign * x[i], b = sign * x[i + 1], c = sign * x[i + 2], e = sign * x[i + 3];
    int64_t d = 0;
    for (; d + LANES <= dim; d += LANES)
      store(to + d, load<Lanes>(to + d) + ((load<Lanes>(lines + d) * a + load<Lanes>(lines + dim + d) * b) +
                                           (load<Lanes>(lines + 2 * dim + d) * c + load<Lanes>(lines + 3 * dim + d) * e)));
    for (; d < dim; d++) to[d] += (lines[d] * a + lines[dim + d] * b) + (lines[2 * dim + d] * c + lines[3 * dim + d] * e);
  }
  for (; i < dim; i++) add_scaled<false>(to, job.gram + i * dim, sign * x[i], dim);
}

// Of one entry: how much of its y joins, given y·x. `start` is the residual of the normal equations, else the product with their matrix.
FOOTLIGHT_INLINE float entry_weight(const AlsJob& job, int64_t entry, float product, bool start) {
  const float c = job.confidences ? job.confidences[entry] : job.confidence;
  return start ? (job.zeros_everywhere ? c - 1.0f : c) - (c - 1.0f) * product : (c - 1.0f) * product;
}

// to += Σ_entries weight × y.
FOOTLIGHT_INLINE void add_entries(const AlsJob& job, int64_t from, int64_t end, const float* x, bool start, float* to) {
  const int64_t dim = job.dim;
  int64_t entry = from;
  for (; entry + 4 <= end; entry += 4) {
    const float *a = job.fixed + job.ids[entry] * dim, *b = job.fixed + job.ids[entry + 1] * dim;
    const float *c = job.fixed + job.ids[entry + 2] * dim, *e = job.fixed + job.ids[entry + 3] * dim;
    if (entry + 8 <= end)
      for (int64_t next = entry + 4; next < entry + 8; next++) fetch(job.fixed + job.ids[next] * dim, dim);
    const float wa = entry_weight(job, entry, dot(a, x, dim), start), wb = entry_weight(job, entry + 1, dot(b, x, dim), start);
    const float wc = entry_weight(job, entry + 2, dot(c, x, dim), start), we = entry_weight(job, entry + 3, dot(e, x, dim), start);
    int64_t d = 0;
    for (; d + LANES <= dim; d += LANES)
      store(to + d, load<Lanes>(to + d) + ((load<Lanes>(a + d) * wa + load<Lanes>(b + d) * wb) + (load<Lanes>(c + d) * wc + load<Lanes>(e + d) * we)));
    for (; d < dim; d++) to[d] += (a[d] * wa + b[d] * wb) + (c[d] * wc + e[d] * we);
  }
  for (; entry < end; entry++) {
    const float* y = job.fixed + job.ids[entry] * dim;
    add_scaled<false>(to, y, entry_weight(job, entry, dot(y, x, dim), start), dim);
  }
}

FOOTLIGHT_TARGET void solve(const AlsJob& job, float* workspace, int64_t begin, int64_t end) {
  const int64_t dim = job.dim;
  float *residual = workspace, *direction = workspace + dim, *image = workspace + 2 * dim;
  const float enough = 1e-20f;
  for (int64_t row = begin; row < end; row++) {
    float* x = job.rows + row * dim;
    const int64_t from = job.offsets[row], to = job.offsets[row + 1];
    if (from == to) {
      for (int64_t d = 0; d < dim; d++) x[d] = 0;
      continue;
    }
    const float ridge = job.ridges ? job.ridges[row] : 0.0f;
    times_gram(job, x, -1.0f, residual);
    if (job.ridges) add_scaled<false>(residual, x, -ridge, dim);
    add_entries(job, from, to, x, true, residual);
    for (int64_t d = 0; d < dim; d++) direction[d] = residual[d];
    float square = dot(residual, residual, dim);
    for (int step = 0; step < job.steps && square > enough; step++) {
      times_gram(job, direction, 1.0f, image);
      if (job.ridges) add_scaled<false>(image, direction, ridge, dim);
      add_entries(job, from, to, direction, false, image);
      const float along = dot(direction, image, dim);
      if (!(along > 0)) break;  // what is left is rounding
      const float length = square / along;
      add_scaled<false>(x, direction, length, dim);
      add_scaled<false>(residual, image, -length, dim);
      const float next = dot(residual, residual, dim);
      scale(direction, dim, next / square);
      add_scaled<false>(direction, residual, 1.0f, dim);
      square = next;
    }
  }
}

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
namespace {

// Floats of a thread, which writes to cache lines of its own.
int64_t solver_stride(int64_t dim) { return 3 * dim + 32; }

}  // namespace

int64_t solve_least_squares_workspace(const Threads& threads, int64_t dim) { return dim * dim + threads.count * solver_stride(dim); }

void least_squares_gram(const Threads& threads, const AlsJob& job, float* out) {
  const auto gram = FOOTLIGHT_DISPATCH(gram);
  parallel(threads, job.dim, 16, [&](int64_t begin, int64_t end, int) { gram(job, out, begin, end); });
}

void solve_least_squares(const Threads& threads, AlsJob job, int64_t rows, float* workspace) {
  const int64_t dim = job.dim, entries = job.offsets[rows], stride = solver_stride(dim);
  float* const solvers = workspace + dim * dim;
  const auto solve = FOOTLIGHT_DISPATCH(solve);
  if (!job.gram) {
    least_squares_gram(threads, job, workspace);
    job.gram = workspace;
  }

  // Pieces with about as many entries each; a row itself costs about as much as dim / 16 of them.
  const int64_t own = dim / 16 + 1;
  const auto first_row = [&](int64_t goal) {
    int64_t low = 0, high = rows;
    while (low < high) {
      const int64_t middle = (low + high) / 2;
      if (job.offsets[middle] + own * middle < goal) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  parallel(threads, entries + own * rows, 64,
           [&](int64_t begin, int64_t end, int piece) { solve(job, solvers + piece * stride, first_row(begin), first_row(end)); });
}
#endif

}  // namespace footlight
