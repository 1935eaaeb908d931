#pragma once

#include <cstdint>

namespace footlight {

// Recurrent layers over whole sequences; what they compute stands in packages/engine/src/ops. Rows of a batch know nothing of each other: each thread takes
// blocks of them through all steps. `gates` is 4·dim wide, in the gated recurrent unit 3·dim; `states` is 2·dim (hidden, cell) or dim; `kept` is 4·dim, in
// the multiplicative memory 5·dim. What only one kind of layer has is nullptr for the others.

struct SequenceForward {
  int64_t time, dim;
  const int32_t* order;      // [batch]: the rows of the batch as blocks take them
  const float* gates;        // [batch, time, gates]
  const float* hidden;       // [batch, dim]
  const float* cell;         // [batch, dim]
  const float* multiplier;   // [batch, time, dim]
  const float* bias;         // GRU: [3·dim], of what `recurrent` makes; mLSTM: [dim], of what `multiplying` makes
  const float* mask;         // [batch, time], 0 where a step is skipped, or nullptr
  const float* recurrent;    // packed by gates
  const float* multiplying;  // mLSTM: from state to factor, packed by columns
  float* states;             // [batch, time, states]
  float* kept;               // [batch, time, kept], or nullptr where there is no way back
};

struct SequenceBackward {
  int64_t time, dim;
  const int32_t* order;      // [batch], likewise
  const float* hidden;       // [batch, dim]
  const float* cell;         // [batch, dim]
  const float* multiplier;   // [batch, time, dim]
  const float* mask;         // [batch, time] or nullptr
  const float* recurrent;    // turned, packed by columns
  const float* multiplying;  // likewise
  const float* states;       // [batch, time, states]
  const float* kept;         // [batch, time, kept]
  const float* slopes;       // of the loss by the states
  float* of_gates;           // [batch, time, gates]
  float* of_hidden;          // [batch, dim]
  float* of_cell;            // [batch, dim]
  float* of_multiplier;      // [batch, time, dim]
  // What the gradients of the weights are products of.
  float* before;             // [batch, time, dim]: the hidden state that each step starts from
  float* of_products;        // GRU: [batch, time, 3·dim], slopes of h R + b; mLSTM: [batch, time, dim], slopes of h R_m + b_m
  float* intermediate;       // mLSTM: [batch, time, dim], m
};

// Weights of [dim, parts·dim] or [columns] lie in memory as they are read: rows of whole vectors, filled up with 0.
constexpr int64_t padded(int64_t dim) { return (dim + 15) / 16 * 16; }

// Rows that go through all steps together: so many that weights are read often while they are near, and so few that states stay there.
constexpr int64_t sequence_block = 24;

// Floats of memory that a thread needs for its block.
constexpr int64_t sequence_room(int64_t dim) { return sequence_block * 8 * padded(dim); }

struct SequenceSteps {
  // recurrent [dim, parts·dim]: the parts of each stretch of dim beside each other; room for padded(dim) · parts · dim.
  void (*pack_gates)(const float* from, int64_t dim, int64_t parts, float* to);
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
