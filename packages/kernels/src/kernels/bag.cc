// Rows of a table added up or multiplied.

#include "kernels/bag.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/bag.cc"
#include "simd/foreach_target.h"
#include "simd/vector-inl.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

enum { AHEAD = 8 };  // entries whose rows are asked for before they are needed

// out = Σ weight × row over `vectors` times LANES columns.
template <int vectors>
FOOTLIGHT_INLINE void sum_columns(const float* table, int64_t dim, int64_t column, const int32_t* ids, const float* weights, int64_t count, float* out) {
  Lanes sums[vectors] = {};
  for (int64_t k = 0; k < count; k++) {
    if (k + AHEAD < count) {
      const float* const later = table + ids[k + AHEAD] * dim + column;
      for (int v = 0; v < vectors * LANES; v += 16) __builtin_prefetch(later + v);
    }
    const float* const row = table + ids[k] * dim + column;
    const float weight = weights ? weights[k] : 1.0f;
    FOOTLIGHT_UNROLLED
    for (int v = 0; v < vectors; v++) sums[v] += load<Lanes>(row + v * LANES) * weight;
  }
  FOOTLIGHT_UNROLLED
  for (int v = 0; v < vectors; v++) store(out + column + v * LANES, sums[v]);
}

FOOTLIGHT_TARGET void sum(const float* table, int64_t dim, const int32_t* ids, const float* weights, int64_t count, float* out) {
  int64_t d = 0;
  for (; d + 8 * LANES <= dim; d += 8 * LANES) sum_columns<8>(table, dim, d, ids, weights, count, out);
  for (; d + 2 * LANES <= dim; d += 2 * LANES) sum_columns<2>(table, dim, d, ids, weights, count, out);
  for (; d + LANES <= dim; d += LANES) sum_columns<1>(table, dim, d, ids, weights, count, out);
  for (; d < dim; d++) {
    float total = 0;
    for (int64_t k = 0; k < count; k++) total += table[ids[k] * dim + d] * (weights ? weights[k] : 1.0f);
    out[d] = total;
  }
}

FOOTLIGHT_TARGET void score(const float* vector, const float* table, const float* bias, int64_t dim, const int32_t* ids, int64_t count, float* out) {
  for (int64_t k = 0; k < count; k++) out[k] = dot(vector, table + ids[k] * dim, dim) + (bias ? bias[ids[k]] : 0.0f);
}

static const BagLoops loops = {sum, score};

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
const BagLoops& bag_loops() { return FOOTLIGHT_DISPATCH(loops); }
#endif

}  // namespace footlight
