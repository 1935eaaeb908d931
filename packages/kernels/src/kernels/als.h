#pragma once

#include <cstdint>

namespace footlight {

// One half of alternating least squares: for every row u the x that minimises
//   Σ_i c_ui (p_ui − x·y_i)² + λ|x|²,  p_ui = 1 and c_ui as given where u has an entry, 0 and 1 elsewhere,
// which solves (YᵀY + λI + Σ_entries (c − 1) y yᵀ) x = Σ_entries c y.
struct AlsJob {
  int64_t dim;
  const float* fixed;        // [column, dim]: Y
  int64_t columns;
  const int32_t* offsets;    // [row + 1]
  const int32_t* ids;        // [entry], columns
  const float* confidences;  // [entry], or nullptr: all `confidence`
  float confidence;
  float ridge;               // λ
  int steps;                 // of conjugate gradients, from where x is
  float* gram;               // [dim, dim]: YᵀY + λI
  float* rows;               // [row, dim]: x
};

struct AlsRows {
  void (*gram)(const AlsJob& job, int64_t begin, int64_t end);                  // lines of the Gram matrix
  void (*solve)(const AlsJob& job, float* scratch, int64_t begin, int64_t end);  // rows; scratch [3, dim]
};

const AlsRows& als_rows();

}  // namespace footlight
