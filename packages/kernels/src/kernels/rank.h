#pragma once

#include <atomic>
#include <cstdint>

namespace footlight {

// Ids of each query: those of query q from offsets[q] to below offsets[q + 1].
struct Lists {
  const int32_t *offsets, *ids;
};

struct RankJob {
  const float *vectors, *table, *bias;  // [query, dim], [item, dim], [item] or none
  const float* scores;                  // [query, item], instead of the three
  int64_t queries, items, dim;
  Lists seen, relevant;
  bool seen_last;
  int64_t top;
  int32_t* ranks;        // [entry of relevant], the best first, −1 from `found` on
  int32_t *firsts, *lasts;  // [entry of relevant], the first and the last rank among equal scores
  int32_t* found;        // [query]
  int32_t* candidates;   // [query]
  int32_t* best;         // [query, top], −1 where nothing is left
  std::atomic<int64_t>* strange;  // item whose score is no number, or −1
};

void rank(const RankJob& job);

struct RankLoops {
  void (*count)(const float* scores, int64_t n, const float* levels, int64_t count, int32_t* greater, int32_t* at_least);
  bool (*all_numbers)(const float* scores, int64_t n);
  int64_t (*keys_from)(const float* scores, int64_t n, float threshold, int32_t first, uint64_t* keys);
  void (*greatest_of_four)(const float* scores, int64_t n, float* groups);
};

const RankLoops& rank_loops();

}  // namespace footlight
