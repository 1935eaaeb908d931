#pragma once

#include <stddef.h>
#include <stdint.h>

#include "threading/threads.h"

namespace footlight {

// Ids of each query: those of query q from offsets[q] to below offsets[q + 1].
struct Lists {
  const int32_t *offsets, *ids;
};

// Scores of each query as sums of rows of a sparse table: Σ_entries weight × row of the table. Added up in double precision in the order of the entries, then rounded.
struct SparseProduct {
  Lists rows;                  // of each query: rows of the table
  const float* weights;        // [entry of rows], or nullptr: all 1
  Lists table;                 // of each row: items
  const float* table_weights;  // [entry of table], or nullptr: all 1
};

// Ranks of the relevant items of each query (rankTargets of the engine) by the scores vectors · tableᵀ + bias, of which a tile at a time is in memory. Among equal
// scores the lower id ranks first. Items that were seen are no candidates; with `seen_last` they rank below all others.
struct RankJob {
  const float *vectors, *table, *bias;  // [query, dim], [item, dim], [item] or nullptr
  const float* scores;                  // [query, item], instead of the three
  const SparseProduct* sparse;          // or this
  int64_t queries, items, dim;
  Lists seen, relevant;  // relevant items once each
  bool seen_last;
  int64_t top;
  int32_t* ranks;           // [entry of relevant], ascending in a query, −1 from `found` on
  int32_t *firsts, *lasts;  // [entry of relevant], the first and the last rank among equal scores
  int32_t* found;           // [query]
  int32_t* candidates;      // [query]
  int32_t* best;            // [query, top], −1 where none is left
  float* best_scores;       // [query, top], 0 where none is left; or nullptr
};

// Returns an item whose score is not a number, or −1. The workspace begins where a cache line does.
int64_t rank(const Threads& threads, const RankJob& job, void* workspace);
size_t rank_workspace(const Threads& threads, const RankJob& job);  // bytes

}  // namespace footlight
