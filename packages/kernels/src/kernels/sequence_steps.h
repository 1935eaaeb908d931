#pragma once

#include "kernels/sequence.h"

namespace footlight {

// Weights of [depth, parts·dim] or [columns] lie in memory as they are read: rows of whole vectors, filled up with 0.
constexpr int64_t padded(int64_t dim) { return (dim + 15) / 16 * 16; }

// Rows that go through all steps together: so many that weights are read often while they are near, and so few that states stay there.
constexpr int64_t sequence_block = 12;

// Floats of memory that a thread needs for its block.
constexpr int64_t sequence_block_workspace(int64_t input_dim, int64_t dim) { return sequence_block * (14 * padded(dim) + 2 * padded(input_dim) + 128); }

struct SequenceSteps {
  // from [depth, parts·dim]: the parts of each stretch of dim beside each other; space for depth · parts · padded(dim).
  void (*pack_gates)(const float* from, int64_t depth, int64_t dim, int64_t parts, float* to);
  // op(from) [rows, columns], from having rows of ld; space for rows · padded(columns).
  void (*pack_columns)(const float* from, int64_t ld, bool transposed, int64_t rows, int64_t columns, float* to);
  // x W + b of rows [first, first + rows) of an input with an index, to job.projected.
  void (*project)(const SequenceForward& job, int64_t parts, int64_t first, int64_t rows);
  // A block: `rows` rows from `first` of the order on, at most sequence_block; the workspace begins where a cache line does.
  void (*lstm)(const SequenceForward& job, float* workspace, int64_t first, int64_t rows);
  void (*lstm_back)(const SequenceBackward& job, float* workspace, int64_t first, int64_t rows);
  void (*gru)(const SequenceForward& job, float* workspace, int64_t first, int64_t rows);
  void (*gru_back)(const SequenceBackward& job, float* workspace, int64_t first, int64_t rows);
};

// Those for this processor.
const SequenceSteps& sequence_steps();

}  // namespace footlight
