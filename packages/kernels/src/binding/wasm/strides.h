#pragma once

#include "kernels/strides.h"

namespace footlight {

// [sizes, strides of the first, strides of the second], each `rank` long.
inline Strides read_strides(const int32_t* packed, double rank) {
  Strides strides;
  strides.rank = static_cast<int64_t>(rank);
  for (int64_t axis = 0; axis < strides.rank; axis++) {
    strides.sizes[axis] = packed[axis];
    strides.first[axis] = packed[strides.rank + axis];
    strides.second[axis] = packed[2 * strides.rank + axis];
  }
  strides.recount();
  return strides;
}

}  // namespace footlight
