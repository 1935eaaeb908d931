#include "kernels/sequence.h"

#include "binding/wasm/workspace.h"

namespace footlight {
namespace {

SequenceForward begin_forward(const SequenceSizes& sizes) {
  SequenceForward job{};
  job.time = sizes.time;
  job.input_dim = sizes.input_dim;
  job.dim = sizes.dim;
  return job;
}

SequenceBackward begin_backward(const SequenceSizes& sizes) {
  SequenceBackward job{};
  job.time = sizes.time;
  job.input_dim = sizes.input_dim;
  job.dim = sizes.dim;
  return job;
}

void* reserve_bytes(size_t bytes) { return reserve<uint8_t>(static_cast<int64_t>(bytes)); }

double run_lstm(const SequenceSizes& sizes, const SequenceForward& job) {
  void* const workspace = reserve_bytes(sequence_forward_workspace(threads(), sizes, job));
  if (!workspace) return short_of_memory;
  lstm_sequence(threads(), sizes, job, workspace);
  return 0;
}

double run_lstm_gradient(const SequenceSizes& sizes, const SequenceBackward& job, const SequenceWeightGradients& out) {
  void* const workspace = reserve_bytes(lstm_sequence_gradient_workspace(threads(), sizes, job));
  if (!workspace) return short_of_memory;
  lstm_sequence_gradient(threads(), sizes, job, out, workspace);
  return 0;
}

}  // namespace

FOOTLIGHT_EXPORT(lstmSequence)
double footlight_lstm_sequence(const float* input, const float* weight, const float* bias, const float* recurrent, const float* hidden, const float* cell,
                               const float* mask, double batch, double time, double input_dim, double dim, float* out_hidden, float* out_cell,
                               float* out_saved) {
  const SequenceSizes sizes{whole(batch), whole(time), whole(input_dim), whole(dim)};
  SequenceForward job = begin_forward(sizes);
  job.input = input;
  job.weight = weight;
  job.bias = bias;
  job.recurrent = recurrent;
  job.hidden = hidden;
  job.cell = cell;
  job.mask = mask;
  job.hidden_states = out_hidden;
  job.cell_states = out_cell;
  job.saved = out_saved;
  return run_lstm(sizes, job);
}

FOOTLIGHT_EXPORT(lstmSequenceGradient)
double footlight_lstm_sequence_gradient(const float* input, const float* weight, const float* recurrent, const float* hidden, const float* cell,
                                        const float* mask, const float* hidden_states, const float* cell_states, const float* saved,
                                        const float* hidden_gradients, const float* cell_gradients, double batch, double time, double input_dim, double dim,
                                        float* out_input, float* out_weight, float* out_bias, float* out_recurrent, float* out_hidden, float* out_cell) {
  const SequenceSizes sizes{whole(batch), whole(time), whole(input_dim), whole(dim)};
  SequenceBackward job = begin_backward(sizes);
  job.input = input;
  job.weight = weight;
  job.recurrent = recurrent;
  job.hidden = hidden;
  job.cell = cell;
  job.mask = mask;
  job.hidden_states = hidden_states;
  job.cell_states = cell_states;
  job.saved = saved;
  job.hidden_gradients = hidden_gradients;
  job.cell_gradients = cell_gradients;
  job.input_gradient = out_input;
  job.hidden_gradient = out_hidden;
  job.cell_gradient = out_cell;
  SequenceWeightGradients out{};
  out.weight = out_weight;
  out.bias = out_bias;
  out.recurrent = out_recurrent;
  return run_lstm_gradient(sizes, job, out);
}

FOOTLIGHT_EXPORT(lstmSequenceOfRows)
double footlight_lstm_sequence_of_rows(const float* table, const int32_t* index, const float* weight, const float* bias, const float* recurrent, const float* hidden,
                                       const float* cell, const float* mask, double batch, double time, double input_dim, double dim, double rows,
                                       float* out_hidden, float* out_cell, float* out_saved) {
  const SequenceSizes sizes{whole(batch), whole(time), whole(input_dim), whole(dim)};
  SequenceForward job = begin_forward(sizes);
  job.input = table;
  job.index = index;
  job.rows = whole(rows);
  job.weight = weight;
  job.bias = bias;
  job.recurrent = recurrent;
  job.hidden = hidden;
  job.cell = cell;
  job.mask = mask;
  job.hidden_states = out_hidden;
  job.cell_states = out_cell;
  job.saved = out_saved;
  return run_lstm(sizes, job);
}

FOOTLIGHT_EXPORT(lstmSequenceOfRowsGradient)
double footlight_lstm_sequence_of_rows_gradient(const float* table, const int32_t* index, const float* weight, const float* recurrent, const float* hidden,
                                                const float* cell, const float* mask, const float* hidden_states, const float* cell_states, const float* saved,
                                                const float* hidden_gradients, const float* cell_gradients, double batch, double time, double input_dim, double dim,
                                                double rows, float* out_table, float* out_weight, float* out_bias, float* out_recurrent, float* out_hidden,
                                                float* out_cell) {
  const SequenceSizes sizes{whole(batch), whole(time), whole(input_dim), whole(dim)};
  SequenceBackward job = begin_backward(sizes);
  job.input = table;
  job.index = index;
  job.rows = whole(rows);
  job.weight = weight;
  job.recurrent = recurrent;
  job.hidden = hidden;
  job.cell = cell;
  job.mask = mask;
  job.hidden_states = hidden_states;
  job.cell_states = cell_states;
  job.saved = saved;
  job.hidden_gradients = hidden_gradients;
  job.cell_gradients = cell_gradients;
  job.input_gradient = out_table;
  job.hidden_gradient = out_hidden;
  job.cell_gradient = out_cell;
  SequenceWeightGradients out{};
  out.weight = out_weight;
  out.bias = out_bias;
  out.recurrent = out_recurrent;
  return run_lstm_gradient(sizes, job, out);
}

FOOTLIGHT_EXPORT(mLstmSequence)
double footlight_m_lstm_sequence(const float* input, const float* weight, const float* bias, const float* recurrent, const float* hidden, const float* cell,
                                 const float* multiplier, const float* recurrent_multiplier, const float* recurrent_multiplier_bias, const float* mask,
                                 double batch, double time, double input_dim, double dim, float* out_hidden, float* out_cell, float* out_saved) {
  const SequenceSizes sizes{whole(batch), whole(time), whole(input_dim), whole(dim)};
  SequenceForward job = begin_forward(sizes);
  job.input = input;
  job.weight = weight;
  job.bias = bias;
  job.recurrent = recurrent;
  job.hidden = hidden;
  job.cell = cell;
  job.multiplier = multiplier;
  job.recurrent_multiplier = recurrent_multiplier;
  job.recurrent_bias = recurrent_multiplier_bias;
  job.mask = mask;
  job.hidden_states = out_hidden;
  job.cell_states = out_cell;
  job.saved = out_saved;
  return run_lstm(sizes, job);
}

FOOTLIGHT_EXPORT(mLstmSequenceGradient)
double footlight_m_lstm_sequence_gradient(const float* input, const float* weight, const float* recurrent, const float* hidden, const float* cell,
                                          const float* multiplier, const float* recurrent_multiplier, const float* mask, const float* hidden_states,
                                          const float* cell_states, const float* saved, const float* hidden_gradients, const float* cell_gradients,
                                          double batch, double time, double input_dim, double dim, float* out_input, float* out_weight, float* out_bias,
                                          float* out_recurrent, float* out_hidden, float* out_cell, float* out_multiplier, float* out_recurrent_multiplier,
                                          float* out_recurrent_multiplier_bias) {
  const SequenceSizes sizes{whole(batch), whole(time), whole(input_dim), whole(dim)};
  SequenceBackward job = begin_backward(sizes);
  job.input = input;
  job.weight = weight;
  job.recurrent = recurrent;
  job.hidden = hidden;
  job.cell = cell;
  job.multiplier = multiplier;
  job.recurrent_multiplier = recurrent_multiplier;
  job.mask = mask;
  job.hidden_states = hidden_states;
  job.cell_states = cell_states;
  job.saved = saved;
  job.hidden_gradients = hidden_gradients;
  job.cell_gradients = cell_gradients;
  job.input_gradient = out_input;
  job.hidden_gradient = out_hidden;
  job.cell_gradient = out_cell;
  job.multiplier_gradient = out_multiplier;
  SequenceWeightGradients out{};
  out.weight = out_weight;
  out.bias = out_bias;
  out.recurrent = out_recurrent;
  out.recurrent_multiplier = out_recurrent_multiplier;
  out.recurrent_multiplier_bias = out_recurrent_multiplier_bias;
  return run_lstm_gradient(sizes, job, out);
}

FOOTLIGHT_EXPORT(gruSequence)
double footlight_gru_sequence(const float* input, const float* weight, const float* bias, const float* recurrent, const float* recurrent_bias,
                              const float* hidden, const float* mask, double batch, double time, double input_dim, double dim, float* out_hidden,
                              float* out_saved) {
  const SequenceSizes sizes{whole(batch), whole(time), whole(input_dim), whole(dim)};
  SequenceForward job = begin_forward(sizes);
  job.input = input;
  job.weight = weight;
  job.bias = bias;
  job.recurrent = recurrent;
  job.recurrent_bias = recurrent_bias;
  job.hidden = hidden;
  job.mask = mask;
  job.hidden_states = out_hidden;
  job.saved = out_saved;
  void* const workspace = reserve_bytes(sequence_forward_workspace(threads(), sizes, job));
  if (!workspace) return short_of_memory;
  gru_sequence(threads(), sizes, job, workspace);
  return 0;
}

FOOTLIGHT_EXPORT(gruSequenceGradient)
double footlight_gru_sequence_gradient(const float* input, const float* weight, const float* recurrent, const float* hidden, const float* mask,
                                       const float* hidden_states, const float* saved, const float* hidden_gradients, double batch, double time,
                                       double input_dim, double dim, float* out_input, float* out_weight, float* out_bias, float* out_recurrent,
                                       float* out_recurrent_bias, float* out_hidden) {
  const SequenceSizes sizes{whole(batch), whole(time), whole(input_dim), whole(dim)};
  SequenceBackward job = begin_backward(sizes);
  job.input = input;
  job.weight = weight;
  job.recurrent = recurrent;
  job.hidden = hidden;
  job.mask = mask;
  job.hidden_states = hidden_states;
  job.saved = saved;
  job.hidden_gradients = hidden_gradients;
  job.input_gradient = out_input;
  job.hidden_gradient = out_hidden;
  SequenceWeightGradients out{};
  out.weight = out_weight;
  out.bias = out_bias;
  out.recurrent = out_recurrent;
  out.recurrent_bias = out_recurrent_bias;
  void* const workspace = reserve_bytes(gru_sequence_gradient_workspace(threads(), sizes, job));
  if (!workspace) return short_of_memory;
  gru_sequence_gradient(threads(), sizes, job, out, workspace);
  return 0;
}

}  // namespace footlight
