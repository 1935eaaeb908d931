#include "kernels/bag.h"

#include "binding/wasm/workspace.h"

namespace footlight {

FOOTLIGHT_EXPORT(sumRows)
void footlight_sum_rows(const float* table, double dim, const int32_t* offsets, const int32_t* ids, const float* weights, float* out, double bags) {
  sum_rows(threads(), table, whole(dim), {whole(bags), offsets, ids, weights}, out);
}

FOOTLIGHT_EXPORT(sumRowsGradient)
double footlight_sum_rows_gradient(const float* gradients, double dim, const int32_t* offsets, const int32_t* ids, const float* weights, double rows,
                                   int32_t* out_ids, float* out_values, float* out_weights, double count) {
  const Bags bags{whole(count), offsets, ids, weights};
  void* const workspace = reserve<uint8_t>(static_cast<int64_t>(group_by_row_workspace(bags.entries(), whole(rows))));
  if (!workspace) return short_of_memory;
  const BagsByRow by_row = group_by_row(bags, whole(rows), workspace);
  for (int64_t row = 0; row < by_row.count; row++) out_ids[row] = by_row.rows[row];
  sum_rows_gradient(threads(), gradients, whole(dim), by_row, out_values, out_weights);
  return static_cast<double>(by_row.count);
}

FOOTLIGHT_EXPORT(scoreRows)
void footlight_score_rows(const float* vectors, const float* table, const float* bias, double dim, const int32_t* ids, float* out, double queries,
                          double candidates) {
  const ScoreRows job{vectors, table, bias, whole(dim), whole(candidates), ids, out};
  parallel(threads(), whole(queries), job.grain(), [&](int64_t begin, int64_t end, int) { score_rows(job, begin, end); });
}

}  // namespace footlight
