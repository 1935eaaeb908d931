#include "kernels/nearest_sets.h"

#include <string>

#include "binding/addon/arguments.h"
#include "binding/addon/registration.h"
#include "binding/addon/workspace.h"
#include "threading/thread_pool.h"

namespace footlight {
namespace {

// nearestSets(outIds, outSimilarities, offsets, members, setOffsets, memberOf, similarity, shrink, begin, end, weights, memberWeights, ownScales,
//             otherScales)
Napi::Value find_nearest_sets(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "nearestSets");
  const int64_t entries = arguments.length(3), members = arguments.length(4) - 1;
  Sets sets{};
  sets.count = arguments.length(2) - 1;
  sets.offsets = arguments.offsets(2, "offsets", sets.count, entries);
  sets.members = arguments.ids(3, "members", entries, members);
  sets.set_offsets = arguments.offsets(4, "setOffsets", members, entries);
  sets.member_of = arguments.ids(5, "memberOf", entries, sets.count);
  const int64_t end = arguments.integer(9, "end", 0, sets.count), begin = arguments.integer(8, "begin", 0, end), length = end - begin;
  const int64_t count = length ? arguments.length(0) / length : 0;
  int32_t* ids = arguments.out_ints(0, "outIds", product({length, count}));
  float* similarities = arguments.out_floats(1, "outSimilarities", product({length, count}));
  const std::string name = info[6].IsString() ? info[6].As<Napi::String>().Utf8Value() : "";
  if (name != "cosine" && name != "jaccard" && name != "product") arguments.fail("similarity", "cosine, jaccard or product", arguments.described(info[6]));
  const Similarity kind = name == "cosine" ? Similarity::cosine : name == "jaccard" ? Similarity::jaccard : Similarity::product;
  const double shrink = arguments.number(7, "shrink");
  if (!(shrink >= 0)) arguments.fail("shrink", "a number from 0 on", arguments.described(info[7]));  // else similarities have no order
  sets.weights = arguments.floats_if_given(10, "weights", entries);
  sets.member_weights = arguments.floats_if_given(11, "memberWeights", entries);
  sets.own_scales = arguments.floats_if_given(12, "ownScales", sets.count);
  sets.other_scales = arguments.floats_if_given(13, "otherScales", sets.count);
  if (count == 0) return info.Env().Undefined();

  const auto workspace = allocate_bytes(nearest_sets_workspace(threads(), sets, begin, end, kind, count));
  nearest_sets(threads(), sets, begin, end, kind, shrink, count, ids, similarities, workspace.get());
  return info.Env().Undefined();
}

const Registration registration("nearestSets", find_nearest_sets);

}  // namespace
}  // namespace footlight
