#pragma once

#include <stddef.h>
#include <stdint.h>

#include "threading/threads.h"

namespace footlight {

// Embedding bags (embeddingBag of the engine): rows of a table are summed, those of bag b from offsets[b] to below offsets[b + 1].
struct Bags {
  int64_t count;
  const int32_t *offsets, *ids;  // [bag + 1], [entry]
  const float* weights;          // [entry], or nullptr: all 1

  int64_t entries() const { return offsets[count]; }
  bool weighs(int64_t entry) const { return !weights || weights[entry] != 0.0f; }
  float weight(int64_t entry) const { return weights ? weights[entry] : 1.0f; }
};

// out [bag, dim] = Σ weight · row. Rows with weight 0 are not read, whatever they contain.
void sum_rows(const Threads& threads, const float* table, int64_t dim, const Bags& bags, float* out);

// The same entries by row: the rows that occur, ascending, and the bags in which they occur. Entries with weight 0 are left out; their rows occur all the same.
struct BagsByRow {
  int64_t count;
  int32_t *rows, *offsets, *bags;  // [row that occurs], [row that occurs + 1], [entry with weight]
  float* weights;                  // [entry with weight], or nullptr: all 1
};
BagsByRow group_by_row(const Bags& bags, int64_t rows, void* workspace);
// Bytes of its workspace, which begins at a multiple of 8 and holds the result.
size_t group_by_row_workspace(int64_t entries, int64_t rows);

// Gradient of sum_rows with respect to the table: out [row that occurs, dim] = Σ weight · gradient of its bag. `sums` [row that occurs] receives Σ weight,
// unless it is nullptr.
void sum_rows_gradient(const Threads& threads, const float* gradients, int64_t dim, const BagsByRow& by_row, float* out, float* sums);

// out [query, candidate] = vector of the query · row of the candidate + its bias (scoreCandidates of the engine); queries [begin, end).
struct ScoreRows {
  const float *vectors, *table, *bias;  // [query, dim], [row, dim], [row] or nullptr
  int64_t dim, candidates;
  const int32_t* ids;  // [query, candidate]
  float* out;
  int64_t grain() const;  // queries that are worth a thread
};
void score_rows(const ScoreRows& job, int64_t begin, int64_t end);

}  // namespace footlight
