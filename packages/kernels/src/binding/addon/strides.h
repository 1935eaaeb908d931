#pragma once

#include <cstdint>
#include <cstdlib>
#include <utility>

#include "binding/addon/arguments.h"
#include "kernels/strides.h"

namespace footlight {

// [sizes, strides of the first, strides of the second], each `rank` long.
inline Strides read_strides(const Arguments& arguments, size_t at, const char* name) {
  Strides strides;
  const int64_t length = arguments.length(at);
  if (length == 0 || length % 3 != 0 || length > 3 * Strides::most) arguments.fail(name, "three numbers per axis, at most 12 axes", std::to_string(length));
  const int32_t* numbers = arguments.ints(at, name, length);
  strides.rank = length / 3;
  for (int64_t axis = 0; axis < strides.rank; axis++) {
    strides.sizes[axis] = numbers[axis];
    strides.first[axis] = numbers[strides.rank + axis];
    strides.second[axis] = numbers[2 * strides.rank + axis];
    if (strides.sizes[axis] < 1) arguments.fail(name, "sizes from 1", std::to_string(strides.sizes[axis]));
  }
  strides.count = 1;
  for (int64_t axis = 0; axis < strides.rank; axis++) strides.count = multiply(strides.count, strides.sizes[axis]);
  return strides;
}

// That no step leaves an array of `length` when it starts at `from`.
inline void check_inside(const Arguments& arguments, const char* name, const Strides& all, const int64_t* strides, int64_t from, int64_t length) {
  int64_t low = from, high = from;
  for (int64_t axis = 0; axis < all.rank; axis++) {
    int64_t& end = strides[axis] < 0 ? low : high;
    end = add(end, multiply(strides[axis], all.sizes[axis] - 1));
  }
  if (low < 0 || high >= length)
    arguments.fail(name, "positions from 0 to " + std::to_string(length - 1), std::to_string(low) + " to " + std::to_string(high));
}

// That no two steps lie at one position: axes from the shortest stride on, each begins behind what those before it span.
inline void check_apart(const Arguments& arguments, const char* name, const Strides& all, const int64_t* strides) {
  int64_t order[Strides::most];
  for (int64_t axis = 0; axis < all.rank; axis++) order[axis] = axis;
  for (int64_t at = 1; at < all.rank; at++)  // few axes
    for (int64_t i = at; i > 0 && std::abs(strides[order[i]]) < std::abs(strides[order[i - 1]]); i--) std::swap(order[i], order[i - 1]);
  int64_t span = 0;
  for (int64_t at = 0; at < all.rank; at++) {
    const int64_t axis = order[at], stride = std::abs(strides[axis]);
    if (all.sizes[axis] == 1) continue;
    if (stride <= span) arguments.fail(name, "strides that write each number once", "a stride of " + std::to_string(strides[axis]));
    span = add(span, multiply(stride, all.sizes[axis] - 1));
  }
}

}  // namespace footlight
