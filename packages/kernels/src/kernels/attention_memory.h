#pragma once

#include <stdint.h>

#include "kernels/arithmetic.h"
#include "kernels/attention.h"
#include "kernels/parts.h"

namespace footlight {

constexpr int64_t block_steps = 24;  // steps whose scores are made together
constexpr int64_t widest = 16;       // rows begin at multiples of this many floats, which is a multiple of each target's lanes

struct AttentionPair {
  int64_t head, d;                // entries of a vector: head · d … (head + 1) · d − 1
  int64_t first_step, steps;      // among all steps
  int64_t first_source, sources;  // among all sources
  int64_t found;                  // sources that are no padding
};

// What one pair of a sequence and a head needs. Sources that are padding are left out of the matrices.
struct AttentionMemory {
  int64_t columns, width;  // lengths of rows: the most sources and d, rounded up
  int32_t* sources;        // [source]: those that are no padding, counted from the first of the sequence
  int32_t* counts;         // [block_steps]: how many of them a step attends to
  float* keys;             // [d, columns]: transposed, times 1/√d
  float* values;           // [source, width], or [d, columns] for the backward pass
  float* scores;           // [block_steps, columns]
  float* steps;            // [block_steps, width]
  // For the backward pass:
  float *score_gradients;                  // [block_steps, columns]
  float* key_rows;                         // [source, width]: times 1/√d
  float *query_steps, *gradient_steps;     // [block_steps, width]
  float *key_gradients, *value_gradients;  // [source, width]

  AttentionMemory(Parts& parts, const AttentionSizes& sizes, bool backward) {
    int64_t most = 0;
    for (int64_t row = 0; row < sizes.batch; row++) most = max(most, sizes.source_offsets[row + 1] - sizes.source_offsets[row]);
    const int64_t d = sizes.dim / sizes.heads;
    columns = round_up(most, widest);
    width = round_up(d, widest);
    sources = parts.take<int32_t>(most);
    counts = parts.take<int32_t>(block_steps);
    keys = parts.take<float>(d * columns);
    values = parts.take<float>(backward ? d * columns : most * width);
    scores = parts.take<float>(block_steps * columns);
    steps = parts.take<float>(block_steps * width);
    if (!backward) return;
    score_gradients = parts.take<float>(block_steps * columns);
    key_rows = parts.take<float>(most * width);
    query_steps = parts.take<float>(block_steps * width);
    gradient_steps = parts.take<float>(block_steps * width);
    key_gradients = parts.take<float>(most * width);
    value_gradients = parts.take<float>(most * width);
  }
};

}  // namespace footlight
