#include "kernels/bag.h"

#include <algorithm>

#include "binding/addon/arguments.h"
#include "binding/addon/registration.h"
#include "binding/addon/workspace.h"
#include "threading/thread_pool.h"

namespace footlight {
namespace {

// Bags as three arguments: offsets, ids, weights or none.
Bags read_bags(const Arguments& arguments, size_t at, int64_t rows) {
  const int64_t count = arguments.length(at) - 1, entries = arguments.length(at + 1);
  const int32_t* offsets = arguments.offsets(at, "offsets", count, entries);
  return {count, offsets, arguments.ids(at + 1, "ids", entries, rows), arguments.floats_if_given(at + 2, "weights", entries)};
}

int64_t count_rows(const Arguments& arguments, size_t at, const char* name, int64_t dim) {
  const int64_t length = arguments.length(at);
  if (length % dim != 0) arguments.fail(name, "rows of " + std::to_string(dim) + " numbers", std::to_string(length) + " numbers");
  return length / dim;
}

// sumRows(table, dim, offsets, ids, weights, out)
Napi::Value sum(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "sumRows");
  const int64_t dim = arguments.integer(1, "dim", 1, INT32_MAX), rows = count_rows(arguments, 0, "table", dim);
  const float* table = arguments.floats(0, "table", product({rows, dim}));
  const Bags bags = read_bags(arguments, 2, rows);
  sum_rows(threads(), table, dim, bags, arguments.out_floats(5, "out", product({bags.count, dim})));
  return info.Env().Undefined();
}

// sumRowsGradient(gradients, dim, offsets, ids, weights, rowCount, outIds, outValues, outWeights?) → number of rows that occur
Napi::Value sum_gradient(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "sumRowsGradient");
  const int64_t dim = arguments.integer(1, "dim", 1, INT32_MAX), rows = arguments.integer(5, "rowCount", 0, INT32_MAX);
  const Bags bags = read_bags(arguments, 2, rows);
  const float* gradients = arguments.floats(0, "gradients", product({bags.count, dim}));
  const int64_t most = std::min<int64_t>(rows, arguments.length(3));
  int32_t* ids = arguments.out_ints(6, "outIds", most);
  float* values = arguments.out_floats(7, "outValues", product({most, dim}));
  float* sums = arguments.out_floats_if_given(8, "outWeights", most);
  const auto workspace = allocate_bytes(group_by_row_workspace(bags.entries(), rows));
  const BagsByRow by_row = group_by_row(bags, rows, workspace.get());
  std::copy_n(by_row.rows, by_row.count, ids);
  sum_rows_gradient(threads(), gradients, dim, by_row, values, sums);
  return Napi::Number::New(info.Env(), static_cast<double>(by_row.count));
}

// scoreRows(vectors, table, bias, dim, ids, out)
Napi::Value score(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "scoreRows");
  const int64_t dim = arguments.integer(3, "dim", 1, INT32_MAX);
  const int64_t queries = count_rows(arguments, 0, "vectors", dim), rows = count_rows(arguments, 1, "table", dim), places = arguments.length(4);
  const float* vectors = arguments.floats(0, "vectors", product({queries, dim}));
  const float* table = arguments.floats(1, "table", product({rows, dim}));
  const float* bias = arguments.floats_if_given(2, "bias", rows);
  if (queries == 0 ? places != 0 : places % queries != 0) arguments.fail("ids", "as many for each of " + std::to_string(queries) + " queries", std::to_string(places));
  const int32_t* ids = arguments.ids(4, "ids", places, rows);
  const ScoreRows job{vectors, table, bias, dim, queries == 0 ? 0 : places / queries, ids, arguments.out_floats(5, "out", places)};
  parallel(queries, job.grain(), [&](int64_t begin, int64_t end, int) { score_rows(job, begin, end); });
  return info.Env().Undefined();
}

const Registration registrations[] = {{"sumRows", sum}, {"sumRowsGradient", sum_gradient}, {"scoreRows", score}};

}  // namespace
}  // namespace footlight
