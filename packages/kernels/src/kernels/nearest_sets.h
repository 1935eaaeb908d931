#pragma once

#include <stddef.h>
#include <stdint.h>

#include "threading/threads.h"

namespace footlight {

// Sets, each as the ids of its members, and for every member the ids of the sets that it is in.
struct Sets {
  const int32_t *offsets, *members;        // [set + 1], [entry]
  const int32_t *set_offsets, *member_of;  // [member + 1], [entry]
  int64_t count;
  const float *weights, *member_weights;  // [entry] of `members` and of `member_of`, or nullptr: all 1
  const float *own_scales, *other_scales;  // [set], or nullptr: all 1
};

enum class Similarity { cosine, jaccard, product };

// For each set the `count` other sets with the highest similarity (nearestSets of the engine), descending, the lower id first among equals:
//   cosine  |A ∩ B| / (√(|A| |B|) + shrink)        jaccard  |A ∩ B| / (|A ∪ B| + shrink)
//   product  Σ_{m ∈ A ∩ B} weight(A, m) member_weight(m, B) / (own_scale(A) other_scale(B) + shrink), for weights above 0
// in double precision; only `product` reads weights and scales, and what is not above 0 is no similarity. A set with too few overlapping sets is filled up with itself, at similarity 0. Only the sets [first, last) get neighbors:
// ids and similarities [last − first, count]. Neighbors of a set depend neither on the range nor on the number of threads.
void nearest_sets(const Threads& threads, const Sets& sets, int64_t first, int64_t last, Similarity similarity, double shrink, int64_t count, int32_t* ids,
                  float* similarities, void* workspace);
size_t nearest_sets_workspace(const Threads& threads, const Sets& sets, int64_t first, int64_t last, Similarity similarity,
                              int64_t count);  // bytes

}  // namespace footlight
