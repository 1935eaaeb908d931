#include "kernels/reduce.h"

#include "binding/wasm/workspace.h"

namespace footlight {

// `code`: sum, max, min, prod
FOOTLIGHT_EXPORT(reduce)
double footlight_reduce(double code, const float* x, float* out, double outer, double count, double inner, double scale) {
  const int64_t sizes[] = {whole(outer), whole(count), whole(inner)};
  if (code == 0) {
    double* const workspace = reserve<double>(reduce_sum_workspace(sizes[0], sizes[1], sizes[2]));
    if (!workspace) return short_of_memory;
    reduce_sum(threads(), x, out, sizes[0], sizes[1], sizes[2], scale, workspace);
  } else if (code == 3) {
    reduce_product(x, out, sizes[0], sizes[1], sizes[2]);
  } else {
    reduce_extreme(threads(), code == 1, x, out, sizes[0], sizes[1], sizes[2]);
  }
  return 0;
}

FOOTLIGHT_EXPORT(argReduce) void footlight_arg_reduce(int32_t largest, const float* x, int32_t* out, double rows, double columns) {
  arg_extreme(threads(), largest, x, out, whole(rows), whole(columns));
}

FOOTLIGHT_EXPORT(cumulativeSum)
double footlight_cumulative_sum(const float* x, float* out, double outer, double steps, double inner, int32_t exclusive, int32_t reverse) {
  double* const workspace = reserve<double>(threads().count * whole(inner));
  if (!workspace) return short_of_memory;
  cumulative_sum(threads(), x, out, whole(outer), whole(steps), whole(inner), exclusive, reverse, workspace);
  return 0;
}

}  // namespace footlight
