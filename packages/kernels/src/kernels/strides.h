#pragma once

#include <stdint.h>

namespace footlight {

// The entries of a block of memory in the order of its axes, at two places at once, each with strides of its own (0 repeats, below 0 runs backwards).
struct Strides {
  static constexpr int64_t most = 12;  // axes
  int64_t rank, count;                 // axes, entries
  int64_t sizes[most], first[most], second[most];

  // One axis.
  static Strides flat(int64_t count, int64_t first, int64_t second) { return {1, count, {count}, {first}, {second}}; }

  void recount() {
    count = 1;
    for (int64_t axis = 0; axis < rank; axis++) count *= sizes[axis];
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
      const int64_t n = width - column < end - begin ? width - column : end - begin;
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
};

}  // namespace footlight
