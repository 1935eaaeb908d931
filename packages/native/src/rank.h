#pragma once

#include <cstdint>

namespace footlight {

struct RankLoops {
  void (*count)(const float* scores, int64_t n, const float* levels, int64_t count, int32_t* greater, int32_t* at_least);
  bool (*all_numbers)(const float* scores, int64_t n);
  int64_t (*above)(const float* scores, int64_t n, float threshold, int32_t* places);
};

const RankLoops& rank_loops();

}  // namespace footlight
