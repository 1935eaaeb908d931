#pragma once

#include <stddef.h>
#include <stdint.h>

#include "threading/threads.h"

namespace footlight {

// Recurrent layers over whole sequences, as lstmSequence, mLstmSequence and gruSequence of the engine define them (packages/engine/src/ops):
//   LSTM   i, f, o = σ(x W + h R + b), g = tanh(…);  c' = f c + i g;  h' = o tanh(c')
//   mLSTM  the same with m = (x-dependent multiplier) · (h R_m + b_m) instead of h
//   GRU    r, z = σ(…), n = tanh(x W_n + b_n + r (h R_n + c_n));  h' = (1 − z) n + z h
// Rows of a batch do not depend on each other: each thread takes blocks of them through all steps, the products of their inputs included. `gates` is 4·dim wide, in the gated recurrent unit 3·dim; `saved` is 4·dim, in the
// multiplicative memory 5·dim. What only one kind of layer has is nullptr for the others.

// The LSTM may read rows of a table by their numbers, x = table[index[b, t]], as lstmSequenceOfRows of the engine defines it. Rows repeat within a batch, so what the weights of
// the inputs make, forward and backward, is made once for each row: x W + b before the steps, and afterwards the gradients from Σ gradients of the gates over the steps of a row.

struct SequenceSizes {
  int64_t batch, time, input_dim, dim;
  int64_t steps() const { return batch * time; }
};

struct SequenceForward {
  int64_t time, input_dim, dim;
  const int32_t* order;               // [batch]: the rows of the batch as blocks take them; set by the kernel
  const float* input;                 // [batch, time, input_dim], or with an index [rows, input_dim]
  const int32_t* index;               // [batch, time]: the row of the input that a step reads, or nullptr
  int64_t rows;                       // of the input, if there is an index; else 0. An empty index may be nullptr
  const float* weight;                // [input_dim, gates]
  const float* bias;                  // [gates], of what `weight` makes
  const float* hidden;                // [batch, dim]
  const float* cell;                  // [batch, dim]
  const float* multiplier;            // [batch, time, dim]
  const float* recurrent_bias;        // GRU: [3·dim], of what `recurrent` makes; mLSTM: [dim], of what `recurrent_multiplier` makes
  const float* mask;                  // [batch, time], 0 where a step is skipped, or nullptr
  const float* recurrent;             // [dim, gates]
  const float* recurrent_multiplier;  // mLSTM: [dim, dim], from state to factor
  float* projected;                   // with an index: [rows, gates], x W + b as pack_gates orders it, each gate filled up to whole vectors; set by the kernel
  float* hidden_states;               // [batch, time, dim], or nullptr where they are not needed
  float* cell_states;                 // likewise
  float* saved;                       // [batch, time, saved], or nullptr where there is no backward pass
};

// What the gradient of a weight is a product of, steps that are skipped left out. Rows of one sequence follow each other.
struct Factors {
  float* inputs;  // [steps, ld]: what the weight was multiplied by, then a 1 for the bias
  int64_t ld;
  float* gradients;  // [steps, width] of what came of it
  int64_t width;
};

struct SequenceBackward {
  int64_t time, input_dim, dim;
  const int32_t* order;               // [batch], likewise
  const int64_t* ends;                // [batch]: the row of the factors behind the last one of each row of the batch; set by the kernel
  const float* input;                 // [batch, time, input_dim], or with an index [rows, input_dim]
  const int32_t* index;               // [batch, time] or nullptr, as in the forward pass
  int64_t rows;                       // likewise
  const float* weight;                // [input_dim, gates]
  const float* hidden;                // [batch, dim]
  const float* cell;                  // [batch, dim]
  const float* multiplier;            // [batch, time, dim]
  const float* mask;                  // [batch, time] or nullptr
  const float* recurrent;             // [dim, gates]
  const float* recurrent_multiplier;  // mLSTM: [dim, dim]
  const float* hidden_states;         // [batch, time, dim]
  const float* cell_states;           // [batch, time, dim]
  const float* saved;                 // [batch, time, saved]
  const float* hidden_gradients;      // of the loss by the states, or nullptr where there are none
  const float* cell_gradients;        // likewise
  float* input_gradient;              // in the shape of the input
  float* hidden_gradient;             // [batch, dim]
  float* cell_gradient;               // [batch, dim]
  float* multiplier_gradient;         // [batch, time, dim]
  // Set by the kernel. LSTM: (x, h, 1), with an index (h, 1), and the gradients of the gates. mLSTM: (x, m, 1) and those. GRU: (x, 1) and those.
  Factors factors;
  // mLSTM: (h, 1) and the gradients of h R_m + b_m. GRU: (h, 1) and those of h R + b.
  Factors state_factors;
};

// Gradients of the weights, each in the shape of the weight; nullptr where the layer has none.
struct SequenceWeightGradients {
  float *weight, *bias, *recurrent, *recurrent_bias;
  float *recurrent_multiplier, *recurrent_multiplier_bias;  // mLSTM
};

// The workspaces begin where a cache line does; their sizes are in bytes. Layers with `recurrent_multiplier` are mLSTM. Results do not depend on the number of threads.
void lstm_sequence(const Threads& threads, const SequenceSizes& sizes, SequenceForward job, void* workspace);
void gru_sequence(const Threads& threads, const SequenceSizes& sizes, SequenceForward job, void* workspace);
size_t sequence_forward_workspace(const Threads& threads, const SequenceSizes& sizes, const SequenceForward& job);

void lstm_sequence_gradient(const Threads& threads, const SequenceSizes& sizes, SequenceBackward job, const SequenceWeightGradients& out, void* workspace);
void gru_sequence_gradient(const Threads& threads, const SequenceSizes& sizes, SequenceBackward job, const SequenceWeightGradients& out, void* workspace);
size_t lstm_sequence_gradient_workspace(const Threads& threads, const SequenceSizes& sizes, const SequenceBackward& job);
size_t gru_sequence_gradient_workspace(const Threads& threads, const SequenceSizes& sizes, const SequenceBackward& job);

}  // namespace footlight
