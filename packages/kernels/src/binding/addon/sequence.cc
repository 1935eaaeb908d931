#include "kernels/sequence.h"

#include <initializer_list>

#include "binding/addon/arguments.h"
#include "binding/addon/workspace.h"
#include "threading/thread_pool.h"
#include "binding/addon/registration.h"

namespace footlight {
namespace {

SequenceSizes read_sizes(const Arguments& arguments, size_t at) {
  const int64_t most = 1 << 22, widest = 1 << 14;
  return {arguments.integer(at, "batch", 0, most), arguments.integer(at + 1, "time", 1, most), arguments.integer(at + 2, "inputDim", 1, widest),
          arguments.integer(at + 3, "dim", 1, widest)};
}

void* reserve(size_t bytes) {
  thread_local Workspace workspace;
  return workspace.reserve(static_cast<int64_t>(bytes / sizeof(float)) + 1);
}

// Arguments of a call one after the other, each with a name and a length.
class Reading {
 public:
  Reading(const Napi::CallbackInfo& info, const char* op) : arguments_(info, op) {}

  const float* floats(const char* name, std::initializer_list<int64_t> sizes) { return arguments_.floats(next_++, name, product(sizes)); }
  const float* floats_if_given(const char* name, std::initializer_list<int64_t> sizes) { return arguments_.floats_if_given(next_++, name, product(sizes)); }
  float* out_floats(const char* name, std::initializer_list<int64_t> sizes) { return arguments_.out_floats(next_++, name, product(sizes)); }
  float* out_floats_if_given(const char* name, std::initializer_list<int64_t> sizes) { return arguments_.out_floats_if_given(next_++, name, product(sizes)); }
  // Numbers of `rows` rows, one for each step.
  const int32_t* index(const SequenceSizes& sizes, int64_t rows) {
    if (product({sizes.batch, sizes.time}) > INT32_MAX) arguments_.fail("batch", "at most 2147483647 steps", std::to_string(sizes.steps()));
    return arguments_.ids(next_++, "index", sizes.steps(), rows);
  }
  int64_t rows(size_t at) const { return arguments_.integer(at, "rows", 1, INT32_MAX); }
  // The sizes stand behind the arguments that are read, whose lengths they tell.
  SequenceSizes sizes(size_t at) const { return read_sizes(arguments_, at); }
  void skip_sizes(size_t count = 4) { next_ += count; }

 private:
  Arguments arguments_;
  size_t next_ = 0;
};

// What all jobs begin with.
template <class Job>
Job begin_sized_job(const SequenceSizes& sizes) {
  Job job{};
  job.time = sizes.time;
  job.input_dim = sizes.input_dim;
  job.dim = sizes.dim;
  return job;
}

template <class Job>
Job begin_job(Reading& read, const SequenceSizes& sizes) {
  auto job = begin_sized_job<Job>(sizes);
  job.input = read.floats("input", {sizes.batch, sizes.time, sizes.input_dim});
  return job;
}

// The same with inputs that are rows of a table; their number stands behind the sizes.
template <class Job>
Job begin_job_of_rows(Reading& read, const SequenceSizes& sizes, size_t rows_at) {
  auto job = begin_sized_job<Job>(sizes);
  job.rows = read.rows(rows_at);
  job.input = read.floats("table", {job.rows, sizes.input_dim});
  job.index = read.index(sizes, job.rows);
  return job;
}

Napi::Value lstm_forward(const Napi::CallbackInfo& info, const char* op, bool multiplicative) {
  Reading read(info, op);
  const SequenceSizes sizes = read.sizes(multiplicative ? 10 : 7);
  const auto [batch, time, input_dim, dim] = sizes;
  const int64_t gates = 4 * dim;
  auto job = begin_job<SequenceForward>(read, sizes);
  job.weight = read.floats("weight", {input_dim, gates});
  job.bias = read.floats("bias", {gates});
  job.recurrent = read.floats("recurrent", {dim, gates});
  job.hidden = read.floats("hidden", {batch, dim});
  job.cell = read.floats("cell", {batch, dim});
  if (multiplicative) {
    job.multiplier = read.floats("multiplier", {batch, time, dim});
    job.recurrent_multiplier = read.floats("recurrentMultiplier", {dim, dim});
    job.recurrent_bias = read.floats("recurrentMultiplierBias", {dim});
  }
  job.mask = read.floats_if_given("mask", {batch, time});
  read.skip_sizes();
  job.hidden_states = read.out_floats_if_given("outHiddenStates", {batch, time, dim});
  job.cell_states = read.out_floats_if_given("outCellStates", {batch, time, dim});
  job.saved = read.out_floats_if_given("outSaved", {batch, time, multiplicative ? 5 * dim : gates});
  lstm_sequence(threads(), sizes, job, reserve(sequence_forward_workspace(threads(), sizes, job)));
  return info.Env().Undefined();
}

Napi::Value lstm_backward(const Napi::CallbackInfo& info, const char* op, bool multiplicative) {
  Reading read(info, op);
  const SequenceSizes sizes = read.sizes(multiplicative ? 13 : 11);
  const auto [batch, time, input_dim, dim] = sizes;
  const int64_t gates = 4 * dim;
  auto job = begin_job<SequenceBackward>(read, sizes);
  job.weight = read.floats("weight", {input_dim, gates});
  job.recurrent = read.floats("recurrent", {dim, gates});
  job.hidden = read.floats("hidden", {batch, dim});
  job.cell = read.floats("cell", {batch, dim});
  if (multiplicative) {
    job.multiplier = read.floats("multiplier", {batch, time, dim});
    job.recurrent_multiplier = read.floats("recurrentMultiplier", {dim, dim});
  }
  job.mask = read.floats_if_given("mask", {batch, time});
  job.hidden_states = read.floats("hiddenStates", {batch, time, dim});
  job.cell_states = read.floats("cellStates", {batch, time, dim});
  job.saved = read.floats("saved", {batch, time, multiplicative ? 5 * dim : gates});
  job.hidden_gradients = read.floats_if_given("hiddenGradients", {batch, time, dim});
  job.cell_gradients = read.floats_if_given("cellGradients", {batch, time, dim});
  read.skip_sizes();
  job.input_gradient = read.out_floats("outInputGradient", {batch, time, input_dim});
  SequenceWeightGradients out{};
  out.weight = read.out_floats("outWeightGradient", {input_dim, gates});
  out.bias = read.out_floats("outBiasGradient", {gates});
  out.recurrent = read.out_floats("outRecurrentGradient", {dim, gates});
  job.hidden_gradient = read.out_floats("outHiddenGradient", {batch, dim});
  job.cell_gradient = read.out_floats("outCellGradient", {batch, dim});
  if (multiplicative) {
    job.multiplier_gradient = read.out_floats("outMultiplierGradient", {batch, time, dim});
    out.recurrent_multiplier = read.out_floats("outRecurrentMultiplierGradient", {dim, dim});
    out.recurrent_multiplier_bias = read.out_floats("outRecurrentMultiplierBiasGradient", {dim});
  }
  lstm_sequence_gradient(threads(), sizes, job, out, reserve(lstm_sequence_gradient_workspace(threads(), sizes, job)));
  return info.Env().Undefined();
}

// lstmSequenceOfRows(table, index, weight, bias, recurrent, hidden, cell, mask, batch, time, inputDim, dim, rows, outHiddenStates?, outCellStates?, outSaved?)
Napi::Value lstm_of_rows(const Napi::CallbackInfo& info) {
  Reading read(info, "lstmSequenceOfRows");
  const SequenceSizes sizes = read.sizes(8);
  const auto [batch, time, input_dim, dim] = sizes;
  const int64_t gates = 4 * dim;
  auto job = begin_job_of_rows<SequenceForward>(read, sizes, 12);
  job.weight = read.floats("weight", {input_dim, gates});
  job.bias = read.floats("bias", {gates});
  job.recurrent = read.floats("recurrent", {dim, gates});
  job.hidden = read.floats("hidden", {batch, dim});
  job.cell = read.floats("cell", {batch, dim});
  job.mask = read.floats_if_given("mask", {batch, time});
  read.skip_sizes(5);
  job.hidden_states = read.out_floats_if_given("outHiddenStates", {batch, time, dim});
  job.cell_states = read.out_floats_if_given("outCellStates", {batch, time, dim});
  job.saved = read.out_floats_if_given("outSaved", {batch, time, gates});
  lstm_sequence(threads(), sizes, job, reserve(sequence_forward_workspace(threads(), sizes, job)));
  return info.Env().Undefined();
}

// lstmSequenceOfRowsGradient(table, index, weight, recurrent, hidden, cell, mask, hiddenStates, cellStates, saved, hiddenGradients?, cellGradients?, batch, time,
//                            inputDim, dim, rows, outTableGradient, outWeightGradient, outBiasGradient, outRecurrentGradient, outHiddenGradient, outCellGradient)
Napi::Value lstm_of_rows_gradient(const Napi::CallbackInfo& info) {
  Reading read(info, "lstmSequenceOfRowsGradient");
  const SequenceSizes sizes = read.sizes(12);
  const auto [batch, time, input_dim, dim] = sizes;
  const int64_t gates = 4 * dim;
  auto job = begin_job_of_rows<SequenceBackward>(read, sizes, 16);
  job.weight = read.floats("weight", {input_dim, gates});
  job.recurrent = read.floats("recurrent", {dim, gates});
  job.hidden = read.floats("hidden", {batch, dim});
  job.cell = read.floats("cell", {batch, dim});
  job.mask = read.floats_if_given("mask", {batch, time});
  job.hidden_states = read.floats("hiddenStates", {batch, time, dim});
  job.cell_states = read.floats("cellStates", {batch, time, dim});
  job.saved = read.floats("saved", {batch, time, gates});
  job.hidden_gradients = read.floats_if_given("hiddenGradients", {batch, time, dim});
  job.cell_gradients = read.floats_if_given("cellGradients", {batch, time, dim});
  read.skip_sizes(5);
  job.input_gradient = read.out_floats("outTableGradient", {job.rows, input_dim});
  SequenceWeightGradients out{};
  out.weight = read.out_floats("outWeightGradient", {input_dim, gates});
  out.bias = read.out_floats("outBiasGradient", {gates});
  out.recurrent = read.out_floats("outRecurrentGradient", {dim, gates});
  job.hidden_gradient = read.out_floats("outHiddenGradient", {batch, dim});
  job.cell_gradient = read.out_floats("outCellGradient", {batch, dim});
  lstm_sequence_gradient(threads(), sizes, job, out, reserve(lstm_sequence_gradient_workspace(threads(), sizes, job)));
  return info.Env().Undefined();
}

// lstmSequence(input, weight, bias, recurrent, hidden, cell, mask, batch, time, inputDim, dim, outHiddenStates?, outCellStates?, outSaved?)
Napi::Value lstm(const Napi::CallbackInfo& info) { return lstm_forward(info, "lstmSequence", false); }

// lstmSequenceGradient(input, weight, recurrent, hidden, cell, mask, hiddenStates, cellStates, saved, hiddenGradients?, cellGradients?, batch, time, inputDim,
//                      dim, outInputGradient, outWeightGradient, outBiasGradient, outRecurrentGradient, outHiddenGradient, outCellGradient)
Napi::Value lstm_gradient(const Napi::CallbackInfo& info) { return lstm_backward(info, "lstmSequenceGradient", false); }

// mLstmSequence(input, weight, bias, recurrent, hidden, cell, multiplier, recurrentMultiplier, recurrentMultiplierBias, mask, batch, time, inputDim, dim,
//               outHiddenStates?, outCellStates?, outSaved?)
Napi::Value m_lstm(const Napi::CallbackInfo& info) { return lstm_forward(info, "mLstmSequence", true); }

// mLstmSequenceGradient(input, weight, recurrent, hidden, cell, multiplier, recurrentMultiplier, mask, hiddenStates, cellStates, saved, hiddenGradients?,
//                       cellGradients?, batch, time, inputDim, dim, outInputGradient, outWeightGradient, outBiasGradient, outRecurrentGradient,
//                       outHiddenGradient, outCellGradient, outMultiplierGradient, outRecurrentMultiplierGradient, outRecurrentMultiplierBiasGradient)
Napi::Value m_lstm_gradient(const Napi::CallbackInfo& info) { return lstm_backward(info, "mLstmSequenceGradient", true); }

// gruSequence(input, weight, bias, recurrent, recurrentBias, hidden, mask, batch, time, inputDim, dim, outHiddenStates, outSaved?)
Napi::Value gru(const Napi::CallbackInfo& info) {
  Reading read(info, "gruSequence");
  const SequenceSizes sizes = read.sizes(7);
  const auto [batch, time, input_dim, dim] = sizes;
  const int64_t gates = 3 * dim;
  auto job = begin_job<SequenceForward>(read, sizes);
  job.weight = read.floats("weight", {input_dim, gates});
  job.bias = read.floats("bias", {gates});
  job.recurrent = read.floats("recurrent", {dim, gates});
  job.recurrent_bias = read.floats("recurrentBias", {gates});
  job.hidden = read.floats("hidden", {batch, dim});
  job.mask = read.floats_if_given("mask", {batch, time});
  read.skip_sizes();
  job.hidden_states = read.out_floats("outHiddenStates", {batch, time, dim});
  job.saved = read.out_floats_if_given("outSaved", {batch, time, 4, dim});
  gru_sequence(threads(), sizes, job, reserve(sequence_forward_workspace(threads(), sizes, job)));
  return info.Env().Undefined();
}

// gruSequenceGradient(input, weight, recurrent, hidden, mask, hiddenStates, saved, hiddenGradients, batch, time, inputDim, dim,
//                     outInputGradient, outWeightGradient, outBiasGradient, outRecurrentGradient, outRecurrentBiasGradient, outHiddenGradient)
Napi::Value gru_gradient(const Napi::CallbackInfo& info) {
  Reading read(info, "gruSequenceGradient");
  const SequenceSizes sizes = read.sizes(8);
  const auto [batch, time, input_dim, dim] = sizes;
  const int64_t gates = 3 * dim;
  auto job = begin_job<SequenceBackward>(read, sizes);
  job.weight = read.floats("weight", {input_dim, gates});
  job.recurrent = read.floats("recurrent", {dim, gates});
  job.hidden = read.floats("hidden", {batch, dim});
  job.mask = read.floats_if_given("mask", {batch, time});
  job.hidden_states = read.floats("hiddenStates", {batch, time, dim});
  job.saved = read.floats("saved", {batch, time, 4, dim});
  job.hidden_gradients = read.floats("hiddenGradients", {batch, time, dim});
  read.skip_sizes();
  job.input_gradient = read.out_floats("outInputGradient", {batch, time, input_dim});
  SequenceWeightGradients out{};
  out.weight = read.out_floats("outWeightGradient", {input_dim, gates});
  out.bias = read.out_floats("outBiasGradient", {gates});
  out.recurrent = read.out_floats("outRecurrentGradient", {dim, gates});
  out.recurrent_bias = read.out_floats("outRecurrentBiasGradient", {gates});
  job.hidden_gradient = read.out_floats("outHiddenGradient", {batch, dim});
  gru_sequence_gradient(threads(), sizes, job, out, reserve(gru_sequence_gradient_workspace(threads(), sizes, job)));
  return info.Env().Undefined();
}

const Registration registrations[] = {{"lstmSequence", lstm},
                                      {"lstmSequenceGradient", lstm_gradient},
                                      {"lstmSequenceOfRows", lstm_of_rows},
                                      {"lstmSequenceOfRowsGradient", lstm_of_rows_gradient},
                                      {"mLstmSequence", m_lstm},
                                      {"mLstmSequenceGradient", m_lstm_gradient},
                                      {"gruSequence", gru},
                                      {"gruSequenceGradient", gru_gradient}};

}  // namespace
}  // namespace footlight
