#pragma once

#include <cstdint>
#include <vector>

namespace footlight {

// Rows of a table that are added up: bag b has the entries from offsets[b] to below offsets[b + 1].
struct Bags {
  int64_t count;
  const int32_t *offsets, *ids;  // [bag + 1], [entry]
  const float* weights;          // [entry], or none: all 1
};

// out [bag, dim] = sums of weight × row. Rows that weigh 0 are not read, whatever they hold.
void sum_rows(const float* table, int64_t dim, const Bags& bags, float* out);

// The same entries by row: which rows are met, ascending, in which bags, with which weight. Entries that weigh 0 are left out; their rows are met all the same.
struct BagsByRow {
  std::vector<int32_t> rows, offsets, bags;  // [row met], [row met + 1], [entry that weighs]
  std::vector<float> weights;                // [entry that weighs], or empty
};

BagsByRow by_row(const Bags& bags, int64_t rows);

// out [query, candidate] = products of the query's vector with the candidates' rows, and their biases
void score_rows(const float* vectors, const float* table, const float* bias, int64_t dim, int64_t queries, int64_t candidates, const int32_t* ids, float* out);

struct BagLoops {
  void (*sum)(const float* table, int64_t dim, const int32_t* ids, const float* weights, int64_t count, float* out);
  void (*score)(const float* vector, const float* table, const float* bias, int64_t dim, const int32_t* ids, int64_t count, float* out);
};

const BagLoops& bag_loops();

}  // namespace footlight
