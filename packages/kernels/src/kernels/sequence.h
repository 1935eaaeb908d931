#pragma once

#include <stdint.h>

namespace footlight {

// Recurrent layers over whole sequences; what they compute stands in packages/engine/src/ops. Rows of a batch know nothing of each other: each thread takes
// blocks of them through all steps, the products of their inputs included. `gates` is 4·dim wide, in the gated recurrent unit 3·dim; `kept` is 4·dim, in the
// multiplicative memory 5·dim. What only one kind of layer has is nullptr for the others.

struct SequenceForward {
  int64_t time, input_dim, dim;
  const int32_t* order;         // [batch]: the rows of the batch as blocks take them
  const float* input;           // [batch, time, input_dim]
  const float* weight;          // [input_dim, gates], packed by gates
  const float* bias;            // [gates], of what `weight` makes
  const float* hidden;          // [batch, dim]
  const float* cell;            // [batch, dim]
  const float* multiplier;      // [batch, time, dim]
  const float* recurrent_bias;  // GRU: [3·dim], of what `recurrent` makes; mLSTM: [dim], of what `multiplying` makes
  const float* mask;            // [batch, time], 0 where a step is skipped, or nullptr
  const float* recurrent;       // [dim, gates], packed by gates
  const float* multiplying;     // mLSTM: from state to factor, packed by columns
  float* hidden_states;         // [batch, time, dim], or nullptr where nobody asks for them
  float* cell_states;           // likewise
  float* kept;                  // [batch, time, kept], or nullptr where there is no way back
};

// What the gradient of a weight is a product of, steps that are skipped left out. Rows of one sequence follow each other.
struct Factors {
  float* inputs;  // [steps, ld]: what the weight was multiplied by, then a 1 for the bias
  int64_t ld;
  float* slopes;  // [steps, width] of what came of it
  int64_t width;
};

struct SequenceBackward {
  int64_t time, input_dim, dim;
  const int32_t* order;        // [batch], likewise
  const int64_t* ends;         // [batch]: the row of the factors behind the last one of each row of the batch
  const float* input;          // [batch, time, input_dim]
  const float* weight;         // turned, packed by columns
  const float* hidden;         // [batch, dim]
  const float* cell;           // [batch, dim]
  const float* multiplier;     // [batch, time, dim]
  const float* mask;           // [batch, time] or nullptr
  const float* recurrent;      // turned, packed by columns
  const float* multiplying;    // likewise
  const float* hidden_states;  // [batch, time, dim]
  const float* cell_states;    // [batch, time, dim]
  const float* kept;           // [batch, time, kept]
  const float* hidden_slopes;  // of the loss by the states, or nullptr where there are none
  const float* cell_slopes;    // likewise
  float* of_input;             // [batch, time, input_dim]
  float* of_hidden;            // [batch, dim]
  float* of_cell;              // [batch, dim]
  float* of_multiplier;        // [batch, time, dim]
  // LSTM: (x, h, 1) and the slopes of the gates. mLSTM: (x, m, 1) and those. GRU: (x, 1) and those.
  Factors factors;
  // mLSTM: (h, 1) and the slopes of h R_m + b_m. GRU: (h, 1) and those of h R + b.
  Factors of_state;
};

// Weights of [depth, parts·dim] or [columns] lie in memory as they are read: rows of whole vectors, filled up with 0.
constexpr int64_t padded(int64_t dim) { return (dim + 15) / 16 * 16; }

// Rows that go through all steps together: so many that weights are read often while they are near, and so few that states stay there.
constexpr int64_t sequence_block = 12;

// Floats of memory that a thread needs for its block.
constexpr int64_t sequence_room(int64_t input_dim, int64_t dim) { return sequence_block * (14 * padded(dim) + 2 * padded(input_dim) + 128); }

struct SequenceSteps {
  // from [depth, parts·dim]: the parts of each stretch of dim beside each other; room for depth · parts · padded(dim).
  void (*pack_gates)(const float* from, int64_t depth, int64_t dim, int64_t parts, float* to);
  // op(from) [rows, columns], from having rows of ld; room for rows · padded(columns).
  void (*pack_columns)(const float* from, int64_t ld, bool turned, int64_t rows, int64_t columns, float* to);
  // A block: `rows` rows from `first` of the order on, at most sequence_block; `room` at the start of a cache line.
  void (*lstm)(const SequenceForward& job, float* room, int64_t first, int64_t rows);
  void (*lstm_back)(const SequenceBackward& job, float* room, int64_t first, int64_t rows);
  void (*gru)(const SequenceForward& job, float* room, int64_t first, int64_t rows);
  void (*gru_back)(const SequenceBackward& job, float* room, int64_t first, int64_t rows);
};

const SequenceSteps& sequence_steps();

}  // namespace footlight
