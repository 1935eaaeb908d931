#include "kernels/als.h"

#include "binding/wasm/workspace.h"

namespace footlight {

FOOTLIGHT_EXPORT(leastSquaresGram)
void footlight_least_squares_gram(float* out_gram, const float* fixed, double dim, double ridge, double columns) {
  AlsJob job{};
  job.dim = whole(dim);
  job.fixed = fixed;
  job.columns = whole(columns);
  job.ridge = static_cast<float>(ridge);
  least_squares_gram(threads(), job, out_gram);
}

FOOTLIGHT_EXPORT(solveLeastSquares)
double footlight_solve_least_squares(float* out_rows, const float* fixed, double dim, const int32_t* offsets, const int32_t* ids, const float* confidences,
                                     double confidence, double ridge, double steps, const float* gram, const float* ridges, int32_t zeros_everywhere,
                                     double rows, double columns) {
  if (rows == 0) return 0;
  float* const workspace = reserve(solve_least_squares_workspace(threads(), whole(dim)));
  if (!workspace) return short_of_memory;
  AlsJob job{};
  job.dim = whole(dim);
  job.fixed = fixed;
  job.columns = whole(columns);
  job.offsets = offsets;
  job.ids = ids;
  job.confidences = confidences;
  job.confidence = static_cast<float>(confidence);
  job.ridge = static_cast<float>(ridge);
  job.steps = static_cast<int>(steps);
  job.gram = gram;
  job.ridges = ridges;
  job.zeros_everywhere = zeros_everywhere != 0;
  job.rows = out_rows;
  solve_least_squares(threads(), job, whole(rows), workspace);
  return 0;
}

}  // namespace footlight
