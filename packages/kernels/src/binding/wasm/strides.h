#pragma once

#include "kernels/strides.h"

namespace footlight {

// [sizes, strides of the first, strides of the second], each `rank` long.
inline Strides read_strides(const int32_t* walk, double rank) {
  Strides strides;
  strides.rank = static_cast<int64_t>(rank);
  for (int64_t axis = 0; axis < strides.rank; axis++) {
    strides.sizes[axis] = walk[axis];
    strides.first[axis] = walk[strides.rank + axis];
    strides.second[axis] = walk[2 * strides.rank + axis];
  }
  strides.recount();
  return strides;
}

}  // namespace footlight
