#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "arguments.h"

namespace footlight {

// The entries of a block of memory in the order of its axes, at two places at once, each with strides of its own (0 repeats, below 0 runs backwards).
struct Walk {
  static constexpr int64_t most = 12;
  int64_t rank = 1;
  int64_t sizes[most], first[most], second[most];

  // [sizes, strides of the first, strides of the second], each `rank` long.
  static Walk of(const Arguments& arguments, size_t at, const char* name) {
    Walk walk;
    const int64_t length = arguments.length(at);
    if (length == 0 || length % 3 != 0 || length > 3 * most) arguments.fail(name, "three numbers per axis, at most 12 axes", std::to_string(length));
    const int32_t* numbers = arguments.ints(at, name, length);
    walk.rank = length / 3;
    for (int64_t axis = 0; axis < walk.rank; axis++) {
      walk.sizes[axis] = numbers[axis];
      walk.first[axis] = numbers[walk.rank + axis];
      walk.second[axis] = numbers[2 * walk.rank + axis];
      if (walk.sizes[axis] < 1) arguments.fail(name, "sizes from 1", std::to_string(walk.sizes[axis]));
    }
    walk.count_ = 1;
    for (int64_t axis = 0; axis < walk.rank; axis++) walk.count_ = multiply(walk.count_, walk.sizes[axis]);
    return walk;
  }

  static Walk flat(int64_t count, int64_t first, int64_t second) {
    Walk walk;
    walk.sizes[0] = walk.count_ = count;
    walk.first[0] = first;
    walk.second[0] = second;
    return walk;
  }

  int64_t count() const { return count_; }

  // That no step leaves an array of `length` when the walk starts at `from`.
  void check(const Arguments& arguments, const char* name, const int64_t* strides, int64_t from, int64_t length) const {
    int64_t low = from, high = from;
    for (int64_t axis = 0; axis < rank; axis++) {
      int64_t& end = strides[axis] < 0 ? low : high;
      end = add(end, multiply(strides[axis], sizes[axis] - 1));
    }
    if (low < 0 || high >= length)
      arguments.fail(name, "positions from 0 to " + std::to_string(length - 1), std::to_string(low) + " to " + std::to_string(high));
  }

  // That no two steps lie at one position: axes from the shortest stride on, each begins behind what those before it span.
  void check_apart(const Arguments& arguments, const char* name, const int64_t* strides) const {
    int64_t order[most];
    for (int64_t axis = 0; axis < rank; axis++) order[axis] = axis;
    std::sort(order, order + rank, [&](int64_t a, int64_t b) { return std::abs(strides[a]) < std::abs(strides[b]); });
    int64_t span = 0;
    for (int64_t at = 0; at < rank; at++) {
      const int64_t axis = order[at], stride = std::abs(strides[axis]);
      if (sizes[axis] == 1) continue;
      if (stride <= span) arguments.fail(name, "strides that write each number once", "a stride of " + std::to_string(strides[axis]));
      span = add(span, multiply(stride, sizes[axis] - 1));
    }
  }

  // Whether it reads one number after the other.
  bool in_order(const int64_t* strides) const {
    int64_t next = 1;
    for (int64_t axis = rank - 1; axis >= 0; axis--) {
      if (sizes[axis] != 1 && strides[axis] != next) return false;
      next *= sizes[axis];
    }
    return true;
  }

  // The same walk with other sizes.
  void recount() {
    count_ = 1;
    for (int64_t axis = 0; axis < rank; axis++) count_ *= sizes[axis];
  }

  // Entries [begin, end): row(at, n, a, b) for each stretch along the last axis; a and b are where it starts.
  template <class Row>
  void run(int64_t begin, int64_t end, const Row& row) const {
    const int64_t last = rank - 1, width = sizes[last];
    int64_t place[most], a = 0, b = 0, rest = begin / width;
    for (int64_t axis = last - 1; axis >= 0; axis--) {
      place[axis] = rest % sizes[axis];
      rest /= sizes[axis];
      a += place[axis] * first[axis];
      b += place[axis] * second[axis];
    }
    int64_t column = begin % width;
    while (begin < end) {
      const int64_t n = std::min(width - column, end - begin);
      row(begin, n, a + column * first[last], b + column * second[last]);
      begin += n;
      column = 0;
      for (int64_t axis = last - 1; axis >= 0; axis--) {
        a += first[axis];
        b += second[axis];
        if (++place[axis] < sizes[axis]) break;
        place[axis] = 0;
        a -= first[axis] * sizes[axis];
        b -= second[axis] * sizes[axis];
      }
    }
  }

 private:
  int64_t count_ = 0;
};

}  // namespace footlight
