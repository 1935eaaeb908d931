#include "kernels/nearest_sets.h"

#include "binding/wasm/workspace.h"

namespace footlight {

FOOTLIGHT_EXPORT(nearestSets)
double footlight_nearest_sets(int32_t* ids, float* similarities, const int32_t* offsets, const int32_t* members, const int32_t* set_offsets,
                                    const int32_t* member_of, int32_t similarity, double shrink, double begin, double end, const float* weights,
                              const float* member_weights, const float* own_scales, const float* other_scales, double sets, double count) {
  if (count == 0) return 0;
  const Sets all{offsets, members, set_offsets, member_of, whole(sets), weights, member_weights, own_scales, other_scales};
  const Similarity kind = similarity == 0 ? Similarity::cosine : similarity == 1 ? Similarity::jaccard : Similarity::product;
  void* const workspace = reserve<uint8_t>(static_cast<int64_t>(nearest_sets_workspace(threads(), all, whole(begin), whole(end), kind, whole(count))));
  if (!workspace) return short_of_memory;
  nearest_sets(threads(), all, whole(begin), whole(end), kind, shrink, whole(count), ids, similarities, workspace);
  return 0;
}

}  // namespace footlight
