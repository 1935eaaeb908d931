#pragma once

#include <stdint.h>

namespace footlight {

constexpr int64_t min(int64_t a, int64_t b) { return a < b ? a : b; }
constexpr int64_t max(int64_t a, int64_t b) { return a > b ? a : b; }

// Pieces of at most `size` that `count` makes.
constexpr int64_t divide_up(int64_t count, int64_t size) { return (count + size - 1) / size; }

constexpr int64_t round_up(int64_t count, int64_t multiple) { return divide_up(count, multiple) * multiple; }

// Entries of `entry` numbers each that make a piece of at least `grain` numbers; at least one.
constexpr int64_t grain_of_entries(int64_t grain, int64_t entry) { return entry >= grain ? 1 : entry <= 1 ? grain : grain / entry; }

}  // namespace footlight
