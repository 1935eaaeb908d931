#include "kernels/als.h"

#include "binding/addon/arguments.h"
#include "threading/thread_pool.h"
#include "binding/addon/registration.h"
#include "binding/addon/workspace.h"

namespace footlight {
namespace {

// leastSquaresGram(out, fixed, dim, regularization)
Napi::Value compute_gram(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "leastSquaresGram");
  AlsJob job{};
  job.dim = arguments.integer(2, "dim", 1, 1 << 16);
  job.columns = arguments.length(1) / job.dim;
  float* gram = arguments.out_floats(0, "out", product({job.dim, job.dim}));
  job.fixed = arguments.floats(1, "fixed", product({job.columns, job.dim}));
  job.ridge = static_cast<float>(arguments.number(3, "regularization"));
  least_squares_gram(threads(), job, gram);
  return info.Env().Undefined();
}

// solveLeastSquares(outRows, fixed, dim, offsets, ids, confidences, regularization, steps, gram, regularizations, zerosEverywhere)
Napi::Value solve_rows(const Napi::CallbackInfo& info) {
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
  job.ridge = static_cast<float>(arguments.number(6, "regularization"));
  job.steps = static_cast<int>(arguments.integer(7, "steps", 1, 1 << 20));
  job.gram = arguments.floats_if_given(8, "gram", product({job.dim, job.dim}));
  job.ridges = arguments.floats_if_given(9, "regularizations", rows);
  job.zeros_everywhere = arguments.flag_if_given(10, "zerosEverywhere");
  if (rows == 0) return info.Env().Undefined();

  const auto workspace = allocate<float>(solve_least_squares_workspace(threads(), job.dim));
  solve_least_squares(threads(), job, rows, workspace.get());
  return info.Env().Undefined();
}

const Registration gram_registration("leastSquaresGram", compute_gram);
const Registration registration("solveLeastSquares", solve_rows);

}  // namespace
}  // namespace footlight
