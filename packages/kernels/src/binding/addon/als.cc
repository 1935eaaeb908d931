#include <cmath>
#include <vector>

#include "kernels/als.h"
#include "binding/addon/arguments.h"
#include "threading/thread_pool.h"
#include "binding/addon/registration.h"

namespace footlight {
namespace {

// solveLeastSquares(outRows, fixed, dim, offsets, ids, confidences, regularisation, steps)
Napi::Value solve_least_squares(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "solveLeastSquares");
  AlsJob job{};
  job.dim = arguments.integer(2, "dim", 1, 1 << 16);
  const int64_t rows = arguments.length(0) / job.dim, entries = arguments.length(4);
  job.columns = arguments.length(1) / job.dim;
  job.rows = arguments.out_floats(0, "outRows", product({rows, job.dim}));
  job.fixed = arguments.floats(1, "fixed", product({job.columns, job.dim}));
  job.offsets = arguments.offsets(3, "offsets", rows, entries);
  job.ids = arguments.ids(4, "ids", entries, job.columns);
  if (info[5].IsNumber()) job.confidence = static_cast<float>(arguments.number(5, "confidences"));
  else job.confidences = arguments.floats(5, "confidences", entries);
  job.ridge = static_cast<float>(arguments.number(6, "regularisation"));
  job.steps = static_cast<int>(arguments.integer(7, "steps", 1, 1 << 20));
  if (rows == 0) return info.Env().Undefined();

  std::vector<float> gram(product({job.dim, job.dim}));
  job.gram = gram.data();
  parallel(job.dim, 16, [&](int64_t begin, int64_t end, int) { als_rows().gram(job, begin, end); });

  // Pieces with alike many entries; a row itself costs about as much as dim / 16 of them.
  const int64_t own = job.dim / 16 + 1, stride = 3 * job.dim + 32;
  std::vector<float> scratch(product({threads().count, stride}));
  const auto row_at = [&](int64_t goal) {
    int64_t low = 0, high = rows;
    while (low < high) {
      const int64_t middle = (low + high) / 2;
      if (job.offsets[middle] + own * middle < goal) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  parallel(entries + own * rows, 64, [&](int64_t begin, int64_t end, int piece) {
    als_rows().solve(job, scratch.data() + piece * stride, row_at(begin), row_at(end));
  });
  return info.Env().Undefined();
}

const Registration registration("solveLeastSquares", solve_least_squares);

}  // namespace
}  // namespace footlight
