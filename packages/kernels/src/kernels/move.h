#pragma once

#include <stdint.h>

#include "kernels/arithmetic.h"
#include "kernels/strides.h"
#include "threading/threads.h"

namespace footlight {

// Operations that move entries: slices, concatenations, transpositions, tiles, reversals, gathers. Their grains say how much is worth a thread.

// out[second strides] = x[first strides], entry by entry; no two entries of out are the same.
void copy(const Threads& threads, const Strides& strides, const float* x, float* out);
void copy(const Threads& threads, const Strides& strides, const int32_t* x, int32_t* out);
void copy(const Threads& threads, const Strides& strides, const uint8_t* x, uint8_t* out);

constexpr int64_t move_grain = 1 << 15;  // numbers

// Rows of x [batch, outer, row, inner] at ids [batch, count] → out [batch, outer, count, inner], as tfjs's gather. [begin, end) of batch · outer · count.
struct RowGather {
  int64_t outer, count, rows, inner;
  int64_t grain() const { return max(1, move_grain / inner); }
};
void gather_rows(const RowGather& gather, const float* x, const int32_t* ids, float* out, int64_t begin, int64_t end);

// out [segment, inner] = Σ of the rows of x [row, inner] with that id, as tfjs's unsortedSegmentSum; other ids are ignored. Segments [begin, end).
void sum_segments(const float* x, const int32_t* ids, int64_t rows, int64_t inner, float* out, int64_t begin, int64_t end);
constexpr int64_t sum_segments_grain(int64_t rows, int64_t segments, int64_t inner) { return max(1, segments * move_grain / max(1, (rows + segments) * inner)); }

// out [id, depth] = `on` at the id, else `off`, as tfjs's oneHot. Ids [begin, end).
void one_hot(const int32_t* ids, float* out, int64_t depth, float on, float off, int64_t begin, int64_t end);

// unfoldSteps and foldSteps of the engine: each step of a sequence and those before it, `dilation` apart, zeros before the first.
struct Unfolding {
  int64_t batch, time, dim, width, dilation;

  int64_t steps() const { return batch * time; }
  // How far back the k-th of a step lies; the last one is the step itself.
  int64_t back(int64_t k) const { return (width - 1 - k) * dilation; }
  int64_t grain() const { return max(1, move_grain / (width * dim)); }
};
// x [batch, time, dim] → out [batch, time, width, dim], steps [begin, end) of batch · time.
void unfold_steps(const Unfolding& unfolding, const float* x, float* out, int64_t begin, int64_t end);
// The transpose: x [batch, time, width, dim] → out [batch, time, dim], the sums of what was copied.
void fold_steps(const Unfolding& unfolding, const float* x, float* out, int64_t begin, int64_t end);

}  // namespace footlight
