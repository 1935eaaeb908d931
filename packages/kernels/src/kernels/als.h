#pragma once

#include <stdint.h>

#include "threading/threads.h"

namespace footlight {

// One half of alternating least squares (solveLeastSquares of the engine): for every row u the x that minimises
//   Σ_i c_ui (p_ui − x·y_i)² + λ|x|²,  p_ui = 1 and c_ui as given where u has an entry, 0 and 1 elsewhere,
// which solves (YᵀY + λI + Σ_entries (c − 1) y yᵀ) x = Σ_entries c y. With `zeros_everywhere`, every column pulls x·y to 0 with weight 1, entries among them, and an
// entry pulls it to 1 with weight c − 1: the sum on the right is Σ_entries (c − 1) y then.
struct AlsJob {
  int64_t dim;
  const float* fixed;        // [column, dim]: Y
  int64_t columns;
  const int32_t* offsets;    // [row + 1]
  const int32_t* ids;        // [entry], columns
  const float* confidences;  // [entry], or nullptr: all `confidence`
  float confidence;
  float ridge;               // λ
  const float* ridges;       // [row], added to λ, or nullptr
  bool zeros_everywhere;
  int steps;                 // of conjugate gradients, from where x is
  const float* gram;         // [dim, dim]: YᵀY + λI, or nullptr: computed in the workspace
  float* rows;               // [row, dim]: x
};

// YᵀY + λI: rows that are solved in parts share it.
void least_squares_gram(const Threads& threads, const AlsJob& job, float* out);

// Rows without entries become 0. The result does not depend on the number of threads.
void solve_least_squares(const Threads& threads, AlsJob job, int64_t rows, float* workspace);
// Floats of its workspace.
int64_t solve_least_squares_workspace(const Threads& threads, int64_t dim);

}  // namespace footlight
