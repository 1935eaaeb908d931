#include "kernels/bag.h"

#include <algorithm>

#include "binding/addon/arguments.h"
#include "binding/addon/registration.h"

namespace footlight {
namespace {

// Bags as three arguments: offsets, ids, weights or none.
Bags bags_at(const Arguments& arguments, size_t at, int64_t rows) {
  const int64_t count = arguments.length(at) - 1, entries = arguments.length(at + 1);
  const int32_t* offsets = arguments.offsets(at, "offsets", count, entries);
  return {count, offsets, arguments.ids(at + 1, "ids", entries, rows), arguments.floats_if_given(at + 2, "weights", entries)};
}

int64_t rows_of(const Arguments& arguments, size_t at, const char* name, int64_t dim) {
  const int64_t length = arguments.length(at);
  if (length % dim != 0) arguments.fail(name, "rows of " + std::to_string(dim) + " numbers", std::to_string(length) + " numbers");
  return length / dim;
}

// sumRows(table, dim, offsets, ids, weights, out)
Napi::Value sum_rows_of(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "sumRows");
  const int64_t dim = arguments.integer(1, "dim", 1, INT32_MAX), rows = rows_of(arguments, 0, "table", dim);
  const float* table = arguments.floats(0, "table", product({rows, dim}));
  const Bags bags = bags_at(arguments, 2, rows);
  sum_rows(table, dim, bags, arguments.out_floats(5, "out", product({bags.count, dim})));
  return info.Env().Undefined();
}

// sumRowsGradient(slopes, dim, offsets, ids, weights, rows, outIds, outValues, outWeights) → number of rows met
Napi::Value sum_rows_gradient(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "sumRowsGradient");
  const int64_t dim = arguments.integer(1, "dim", 1, INT32_MAX), rows = arguments.integer(5, "rows", 0, INT32_MAX);
  const Bags bags = bags_at(arguments, 2, rows);
  const float* slopes = arguments.floats(0, "slopes", product({bags.count, dim}));
  const int64_t most = std::min<int64_t>(rows, arguments.length(3));
  int32_t* ids = arguments.out_ints(6, "outIds", most);
  float* values = arguments.out_floats(7, "outValues", product({most, dim}));
  float* sums = arguments.out_floats_if_given(8, "outWeights", most);
  const BagsByRow met = by_row(bags, rows);
  const int64_t count = static_cast<int64_t>(met.rows.size());
  std::copy(met.rows.begin(), met.rows.end(), ids);
  sum_rows(slopes, dim, {count, met.offsets.data(), met.bags.data(), bags.weights ? met.weights.data() : nullptr}, values);
  for (int64_t row = 0; sums && row < count; row++) {
    float sum = 0;
    for (int64_t at = met.offsets[row]; at < met.offsets[row + 1]; at++) sum += bags.weights ? met.weights[at] : 1.0f;
    sums[row] = sum;
  }
  return Napi::Number::New(info.Env(), static_cast<double>(count));
}

// scoreRows(vectors, table, bias, dim, ids, out)
Napi::Value score_rows_of(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "scoreRows");
  const int64_t dim = arguments.integer(3, "dim", 1, INT32_MAX);
  const int64_t queries = rows_of(arguments, 0, "vectors", dim), rows = rows_of(arguments, 1, "table", dim), places = arguments.length(4);
  const float* vectors = arguments.floats(0, "vectors", product({queries, dim}));
  const float* table = arguments.floats(1, "table", product({rows, dim}));
  const float* bias = arguments.floats_if_given(2, "bias", rows);
  if (queries == 0 ? places != 0 : places % queries != 0) arguments.fail("ids", "as many for each of " + std::to_string(queries) + " queries", std::to_string(places));
  const int32_t* ids = arguments.ids(4, "ids", places, rows);
  score_rows(vectors, table, bias, dim, queries, queries == 0 ? 0 : places / queries, ids, arguments.out_floats(5, "out", places));
  return info.Env().Undefined();
}

const Registration registrations[] = {{"sumRows", sum_rows_of}, {"sumRowsGradient", sum_rows_gradient}, {"scoreRows", score_rows_of}};

}  // namespace
}  // namespace footlight
