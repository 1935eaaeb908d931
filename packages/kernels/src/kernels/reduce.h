#pragma once

#include <stdint.h>

#include "threading/threads.h"

namespace footlight {

// Reductions of x [outer, count, inner] along the middle axis to out [outer, inner], as tfjs's sum, mean, max, min and prod; all sizes from 1.

// out = scale · Σ_count x. Sums are made as doubles, and cut at fixed places: the result does not depend on the number of threads.
void reduce_sum(const Threads& threads, const float* x, float* out, int64_t outer, int64_t count, int64_t inner, double scale, double* workspace);
// Doubles of its workspace.
int64_t reduce_sum_workspace(int64_t outer, int64_t count, int64_t inner);

// The largest (or smallest) x; not-a-number wins.
void reduce_extreme(const Threads& threads, bool largest, const float* x, float* out, int64_t outer, int64_t count, int64_t inner);

// out = Π_count x, made as a double.
void reduce_product(const float* x, float* out, int64_t outer, int64_t count, int64_t inner);

// Where the largest (or smallest) x of each row of x [rows, columns] is, the first of equals; not-a-number is passed over unless it is first.
void arg_extreme(const Threads& threads, bool largest, const float* x, int32_t* out, int64_t rows, int64_t columns);

// Cumulative sums over the steps of x [outer, step, inner], made as doubles (cumulativeSum of the engine); out may be x. The workspace has
// threads.count · inner doubles.
void cumulative_sum(const Threads& threads, const float* x, float* out, int64_t outer, int64_t steps, int64_t inner, bool exclusive, bool reverse, double* workspace);

}  // namespace footlight
