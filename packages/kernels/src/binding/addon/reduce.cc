#include "kernels/reduce.h"

#include "binding/addon/arguments.h"
#include "binding/addon/registration.h"
#include "binding/addon/workspace.h"
#include "threading/thread_pool.h"

namespace footlight {
namespace {

enum Reduction { sum, maximum, minimum, product_of_all, reductions };
const char* const names[] = {"sum", "max", "min", "prod"};

Napi::Value reduction_names(const Napi::CallbackInfo& info) {
  Napi::Array list = Napi::Array::New(info.Env(), reductions);
  for (uint32_t code = 0; code < reductions; code++) list.Set(code, Napi::String::New(info.Env(), names[code]));
  return list;
}

// reduce(code, x, out, outer, count, inner, scale): [outer, count, inner] → [outer, inner]; the scale is that of a sum
Napi::Value reduce(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "reduce");
  const int64_t code = arguments.integer(0, "code", 0, reductions - 1);
  const int64_t outer = arguments.integer(3, "outer", 1), count = arguments.integer(4, "count", 1), inner = arguments.integer(5, "inner", 1);
  const double scale = arguments.number(6, "scale");
  const float* x = arguments.floats(1, "x", product({outer, count, inner}));
  float* out = arguments.out_floats(2, "out", product({outer, inner}));
  if (code == sum) {
    const auto workspace = allocate<double>(reduce_sum_workspace(outer, count, inner));
    reduce_sum(threads(), x, out, outer, count, inner, scale, workspace.get());
  } else if (code == product_of_all) {
    reduce_product(x, out, outer, count, inner);
  } else {
    reduce_extreme(threads(), code == maximum, x, out, outer, count, inner);
  }
  return info.Env().Undefined();
}

// argReduce(largest, x, out, rows, columns)
Napi::Value arg_reduce(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "argReduce");
  const bool largest = arguments.flag(0, "largest");
  const int64_t rows = arguments.integer(3, "rows", 1), columns = arguments.integer(4, "columns", 1, INT32_MAX);
  const float* x = arguments.floats(1, "x", product({rows, columns}));
  arg_extreme(threads(), largest, x, arguments.out_ints(2, "out", rows), rows, columns);
  return info.Env().Undefined();
}

// cumulativeSum(x, out, outer, steps, inner, exclusive?, reverse?)
Napi::Value sum_cumulatively(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "cumulativeSum");
  const int64_t outer = arguments.integer(2, "outer", 1), steps = arguments.integer(3, "steps", 1), inner = arguments.integer(4, "inner", 1);
  const bool exclusive = arguments.flag_if_given(5, "exclusive"), reverse = arguments.flag_if_given(6, "reverse");
  const int64_t size = product({outer, steps, inner});
  const float* x = arguments.floats(0, "x", size);
  float* out = arguments.out_floats(1, "out", size, {"x"});
  const auto workspace = allocate<double>(multiply(threads().count, inner));
  cumulative_sum(threads(), x, out, outer, steps, inner, exclusive, reverse, workspace.get());
  return info.Env().Undefined();
}

const Registration registrations[] = {{"reductionNames", reduction_names}, {"reduce", reduce}, {"argReduce", arg_reduce}, {"cumulativeSum", sum_cumulatively}};

}  // namespace
}  // namespace footlight
