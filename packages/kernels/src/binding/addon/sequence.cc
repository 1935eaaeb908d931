#include "kernels/sequence.h"

#include <algorithm>
#include <atomic>
#include <initializer_list>
#include <memory>
#include <numeric>
#include <vector>

#include "binding/addon/arguments.h"
#include "binding/addon/workspace.h"
#include "kernels/gemm.h"
#include "threading/thread_pool.h"
#include "binding/addon/registration.h"

namespace footlight {
namespace {

struct Sizes {
  int64_t batch, time, input_dim, dim;

  int64_t steps() const { return batch * time; }
};

Sizes sizes_at(const Arguments& arguments, size_t at) {
  const int64_t most = 1 << 22, widest = 1 << 14;
  return {arguments.integer(at, "batch", 0, most), arguments.integer(at + 1, "time", 1, most), arguments.integer(at + 2, "inputDim", 1, widest),
          arguments.integer(at + 3, "dim", 1, widest)};
}

// Waking another thread costs more than this many multiplications.
constexpr int64_t small_work = 1 << 18;

// Rows that skip few steps at the beginning first, so that blocks skip what all of their rows skip. Sequences are padded on the left.
std::vector<int32_t> order_of(const Sizes& sizes, const float* mask) {
  std::vector<int32_t> order(sizes.batch), skipped(sizes.batch);
  std::iota(order.begin(), order.end(), 0);
  if (!mask) return order;
  for (int64_t row = 0; row < sizes.batch; row++) {
    const float* const own = mask + row * sizes.time;
    skipped[row] = static_cast<int32_t>(std::find_if(own, own + sizes.time, [](float step) { return step != 0.0f; }) - own);
  }
  std::stable_sort(order.begin(), order.end(), [&](int32_t one, int32_t other) { return skipped[one] < skipped[other]; });
  return order;
}

// Whoever is free takes the next block.
template <class Job>
void over_blocks(const Sizes& sizes, Job& job, void (*run)(const Job& job, float* room, int64_t first, int64_t rows)) {
  if (sizes.batch == 0) return;
  const std::vector<int32_t> order = order_of(sizes, job.mask);
  job.order = order.data();
  const int64_t work = sizes.steps() * sizes.dim * (sizes.input_dim + sizes.dim);
  const int64_t sharers = std::max<int64_t>(1, std::min<int64_t>({threads().count, work / small_work, sizes.batch}));
  const int64_t least = (sizes.batch + sequence_block - 1) / sequence_block, blocks = (least + sharers - 1) / sharers * sharers;
  std::atomic<int64_t> next{0};
  parallel(sharers, 1, [&](int64_t, int64_t, int) {
    thread_local Workspace workspace;
    float* const own = workspace.reserve(sequence_room(sizes.input_dim, sizes.dim));
    for (int64_t block; (block = next.fetch_add(1, std::memory_order_relaxed)) < blocks;) {
      const int64_t first = sizes.batch * block / blocks;
      run(job, own, first, sizes.batch * (block + 1) / blocks - first);
    }
  });
}

// What a call packs, and what its steps leave for the products at the end, one behind the other.
class Parts {
 public:
  explicit Parts(int64_t floats) {
    thread_local Workspace workspace;
    next_ = workspace.reserve(floats);
  }
  float* take(int64_t floats) {
    float* const taken = next_;
    next_ += floats;
    return taken;
  }

 private:
  float* next_;
};

int64_t packed_size(int64_t depth, int64_t width, int64_t dim) { return depth * width / dim * padded(dim); }

const float* packed_gates(Parts& parts, const float* weight, int64_t depth, int64_t dim, int64_t gates) {
  float* const packed = parts.take(packed_size(depth, gates * dim, dim));
  sequence_steps().pack_gates(weight, depth, dim, gates, packed);
  return packed;
}

// op(weight) [depth, width]
const float* packed_columns(Parts& parts, const float* weight, bool turned, int64_t depth, int64_t width) {
  float* const packed = parts.take(packed_size(depth, width, width));
  sequence_steps().pack_columns(weight, turned ? depth : width, turned, depth, width, packed);
  return packed;
}

// Where the factors of each row of the batch end: one for each step that is not skipped.
std::vector<int64_t> ends_of(const Sizes& sizes, const float* mask) {
  std::vector<int64_t> ends(sizes.batch);
  int64_t end = 0;
  for (int64_t row = 0; row < sizes.batch; row++) {
    end += sizes.time;
    if (mask) end -= std::count(mask + row * sizes.time, mask + (row + 1) * sizes.time, 0.0f);
    ends[row] = end;
  }
  return ends;
}

// Rows of (inputs, 1) begin where a cache line does.
int64_t inputs_ld(int64_t inputs) { return padded(inputs + 1); }

int64_t factors_size(int64_t steps, int64_t inputs, int64_t width) { return steps * (inputs_ld(inputs) + width) + (inputs + 1) * width; }

Factors take_factors(Parts& parts, int64_t steps, int64_t inputs, int64_t width) {
  const int64_t ld = inputs_ld(inputs);
  float* const rows = parts.take(steps * ld);
  return {rows, ld, parts.take(steps * width), width};
}

struct Gradient {
  int64_t rows;
  float* out;
};

// Gradients of weights that stand one above the other, the last one a bias.
void weight_gradients(Parts& parts, const Factors& factors, int64_t steps, std::initializer_list<Gradient> gradients) {
  int64_t rows = 0;
  for (const Gradient& gradient : gradients) rows += gradient.rows;
  float* const all = parts.take(rows * factors.width);
  thread_local Workspace workspace;
  const Product product{true, false, rows, factors.width, steps, factors.inputs, factors.ld, factors.slopes, factors.width, 0, all, factors.width};
  sgemm(threads(), product, workspace.reserve(sgemm_workspace(threads(), product)));
  const float* from = all;
  for (const auto& [count, out] : gradients) {
    std::copy_n(from, count * factors.width, out);
    from += count * factors.width;
  }
}

int64_t last_of(const std::vector<int64_t>& ends) { return ends.empty() ? 0 : ends.back(); }

// Arguments of a call one after the other, each with a name and a length.
class Reading {
 public:
  Reading(const Napi::CallbackInfo& info, const char* op) : arguments_(info, op) {}

  const float* floats(const char* name, std::initializer_list<int64_t> sizes) { return arguments_.floats(next_++, name, product(sizes)); }
  const float* floats_if_given(const char* name, std::initializer_list<int64_t> sizes) { return arguments_.floats_if_given(next_++, name, product(sizes)); }
  float* out_floats(const char* name, std::initializer_list<int64_t> sizes) { return arguments_.out_floats(next_++, name, product(sizes)); }
  float* out_floats_if_given(const char* name, std::initializer_list<int64_t> sizes) { return arguments_.out_floats_if_given(next_++, name, product(sizes)); }
  // The sizes stand behind the arguments that are read, whose lengths they tell.
  Sizes sizes(size_t at) const { return sizes_at(arguments_, at); }
  void skip_sizes() { next_ += 4; }

 private:
  Arguments arguments_;
  size_t next_ = 0;
};

// What all jobs begin with.
template <class Job>
Job job_on(Reading& read, const Sizes& sizes) {
  Job job{};
  job.time = sizes.time;
  job.input_dim = sizes.input_dim;
  job.dim = sizes.dim;
  job.input = read.floats("input", {sizes.batch, sizes.time, sizes.input_dim});
  return job;
}

Napi::Value lstm_forward(const Napi::CallbackInfo& info, const char* op, bool multiplicative) {
  Reading read(info, op);
  const Sizes sizes = read.sizes(multiplicative ? 10 : 7);
  const auto [batch, time, input_dim, dim] = sizes;
  const int64_t gates = 4 * dim;
  auto job = job_on<SequenceForward>(read, sizes);
  const float* const weight = read.floats("weight", {input_dim, gates});
  job.bias = read.floats("bias", {gates});
  const float* const recurrent = read.floats("recurrent", {dim, gates});
  job.hidden = read.floats("hidden", {batch, dim});
  job.cell = read.floats("cell", {batch, dim});
  const float* multiplying = nullptr;
  if (multiplicative) {
    job.multiplier = read.floats("multiplier", {batch, time, dim});
    multiplying = read.floats("recurrentMultiplier", {dim, dim});
    job.recurrent_bias = read.floats("recurrentMultiplierBias", {dim});
  }
  job.mask = read.floats_if_given("mask", {batch, time});
  read.skip_sizes();
  job.hidden_states = read.out_floats_if_given("outHidden", {batch, time, dim});
  job.cell_states = read.out_floats_if_given("outCell", {batch, time, dim});
  job.kept = read.out_floats_if_given("outKept", {batch, time, multiplicative ? 5 * dim : gates});
  Parts parts(packed_size(input_dim + dim, gates, dim) + packed_size(dim, dim, dim));
  job.weight = packed_gates(parts, weight, input_dim, dim, 4);
  job.recurrent = packed_gates(parts, recurrent, dim, dim, 4);
  if (multiplicative) job.multiplying = packed_columns(parts, multiplying, false, dim, dim);
  over_blocks(sizes, job, sequence_steps().lstm);
  return info.Env().Undefined();
}

Napi::Value lstm_backward(const Napi::CallbackInfo& info, const char* op, bool multiplicative) {
  Reading read(info, op);
  const Sizes sizes = read.sizes(multiplicative ? 13 : 11);
  const auto [batch, time, input_dim, dim] = sizes;
  const int64_t gates = 4 * dim;
  auto job = job_on<SequenceBackward>(read, sizes);
  const float* const weight = read.floats("weight", {input_dim, gates});
  const float* const recurrent = read.floats("recurrent", {dim, gates});
  job.hidden = read.floats("hidden", {batch, dim});
  job.cell = read.floats("cell", {batch, dim});
  const float* multiplying = nullptr;
  if (multiplicative) {
    job.multiplier = read.floats("multiplier", {batch, time, dim});
    multiplying = read.floats("recurrentMultiplier", {dim, dim});
  }
  job.mask = read.floats_if_given("mask", {batch, time});
  job.hidden_states = read.floats("hiddenStates", {batch, time, dim});
  job.cell_states = read.floats("cellStates", {batch, time, dim});
  job.kept = read.floats("kept", {batch, time, multiplicative ? 5 * dim : gates});
  job.hidden_slopes = read.floats_if_given("hiddenSlopes", {batch, time, dim});
  job.cell_slopes = read.floats_if_given("cellSlopes", {batch, time, dim});
  read.skip_sizes();
  job.of_input = read.out_floats("outInput", {batch, time, input_dim});
  float* const of_weight = read.out_floats("outWeight", {input_dim, gates});
  float* const of_bias = read.out_floats("outBias", {gates});
  float* const of_recurrent = read.out_floats("outRecurrent", {dim, gates});
  job.of_hidden = read.out_floats("outHidden", {batch, dim});
  job.of_cell = read.out_floats("outCell", {batch, dim});
  float *of_multiplying = nullptr, *of_multiplying_bias = nullptr;
  if (multiplicative) {
    job.of_multiplier = read.out_floats("outMultiplier", {batch, time, dim});
    of_multiplying = read.out_floats("outRecurrentMultiplier", {dim, dim});
    of_multiplying_bias = read.out_floats("outRecurrentMultiplierBias", {dim});
  }
  const std::vector<int64_t> ends = ends_of(sizes, job.mask);
  const int64_t real = last_of(ends);
  Parts parts(packed_size(gates, input_dim, input_dim) + packed_size(gates + dim, dim, dim) + factors_size(real, input_dim + dim, gates) +
              factors_size(real, dim, dim));
  job.ends = ends.data();
  job.weight = packed_columns(parts, weight, true, gates, input_dim);
  job.recurrent = packed_columns(parts, recurrent, true, gates, dim);
  if (multiplicative) {
    job.multiplying = packed_columns(parts, multiplying, true, dim, dim);
    job.of_state = take_factors(parts, real, dim, dim);
  }
  job.factors = take_factors(parts, real, input_dim + dim, gates);
  over_blocks(sizes, job, sequence_steps().lstm_back);
  weight_gradients(parts, job.factors, real, {{input_dim, of_weight}, {dim, of_recurrent}, {1, of_bias}});
  if (multiplicative) weight_gradients(parts, job.of_state, real, {{dim, of_multiplying}, {1, of_multiplying_bias}});
  return info.Env().Undefined();
}

// lstmSequence(input, weight, bias, recurrent, hidden, cell, mask, batch, time, inputDim, dim, outHidden?, outCell?, outKept?)
Napi::Value lstm_sequence(const Napi::CallbackInfo& info) { return lstm_forward(info, "lstmSequence", false); }

// lstmSequenceGradient(input, weight, recurrent, hidden, cell, mask, hiddenStates, cellStates, kept, hiddenSlopes?, cellSlopes?, batch, time, inputDim, dim,
//                      outInput, outWeight, outBias, outRecurrent, outHidden, outCell)
Napi::Value lstm_sequence_gradient(const Napi::CallbackInfo& info) { return lstm_backward(info, "lstmSequenceGradient", false); }

// mLstmSequence(input, weight, bias, recurrent, hidden, cell, multiplier, recurrentMultiplier, recurrentMultiplierBias, mask, batch, time, inputDim, dim,
//               outHidden?, outCell?, outKept?)
Napi::Value m_lstm_sequence(const Napi::CallbackInfo& info) { return lstm_forward(info, "mLstmSequence", true); }

// mLstmSequenceGradient(input, weight, recurrent, hidden, cell, multiplier, recurrentMultiplier, mask, hiddenStates, cellStates, kept, hiddenSlopes?,
//                       cellSlopes?, batch, time, inputDim, dim, outInput, outWeight, outBias, outRecurrent, outHidden, outCell, outMultiplier,
//                       outRecurrentMultiplier, outRecurrentMultiplierBias)
Napi::Value m_lstm_sequence_gradient(const Napi::CallbackInfo& info) { return lstm_backward(info, "mLstmSequenceGradient", true); }

// gruSequence(input, weight, bias, recurrent, recurrentBias, hidden, mask, batch, time, inputDim, dim, outHidden, outKept?)
Napi::Value gru_sequence(const Napi::CallbackInfo& info) {
  Reading read(info, "gruSequence");
  const Sizes sizes = read.sizes(7);
  const auto [batch, time, input_dim, dim] = sizes;
  const int64_t gates = 3 * dim;
  auto job = job_on<SequenceForward>(read, sizes);
  const float* const weight = read.floats("weight", {input_dim, gates});
  job.bias = read.floats("bias", {gates});
  const float* const recurrent = read.floats("recurrent", {dim, gates});
  job.recurrent_bias = read.floats("recurrentBias", {gates});
  job.hidden = read.floats("hidden", {batch, dim});
  job.mask = read.floats_if_given("mask", {batch, time});
  read.skip_sizes();
  job.hidden_states = read.out_floats("outHidden", {batch, time, dim});
  job.kept = read.out_floats_if_given("outKept", {batch, time, 4, dim});
  Parts parts(packed_size(input_dim + dim, gates, dim));
  job.weight = packed_gates(parts, weight, input_dim, dim, 3);
  job.recurrent = packed_gates(parts, recurrent, dim, dim, 3);
  over_blocks(sizes, job, sequence_steps().gru);
  return info.Env().Undefined();
}

// gruSequenceGradient(input, weight, recurrent, hidden, mask, hiddenStates, kept, hiddenSlopes, batch, time, inputDim, dim,
//                     outInput, outWeight, outBias, outRecurrent, outRecurrentBias, outHidden)
Napi::Value gru_sequence_gradient(const Napi::CallbackInfo& info) {
  Reading read(info, "gruSequenceGradient");
  const Sizes sizes = read.sizes(8);
  const auto [batch, time, input_dim, dim] = sizes;
  const int64_t gates = 3 * dim;
  auto job = job_on<SequenceBackward>(read, sizes);
  const float* const weight = read.floats("weight", {input_dim, gates});
  const float* const recurrent = read.floats("recurrent", {dim, gates});
  job.hidden = read.floats("hidden", {batch, dim});
  job.mask = read.floats_if_given("mask", {batch, time});
  job.hidden_states = read.floats("hiddenStates", {batch, time, dim});
  job.kept = read.floats("kept", {batch, time, 4, dim});
  job.hidden_slopes = read.floats("hiddenSlopes", {batch, time, dim});
  read.skip_sizes();
  job.of_input = read.out_floats("outInput", {batch, time, input_dim});
  float* const of_weight = read.out_floats("outWeight", {input_dim, gates});
  float* const of_bias = read.out_floats("outBias", {gates});
  float* const of_recurrent = read.out_floats("outRecurrent", {dim, gates});
  float* const of_recurrent_bias = read.out_floats("outRecurrentBias", {gates});
  job.of_hidden = read.out_floats("outHidden", {batch, dim});
  const std::vector<int64_t> ends = ends_of(sizes, job.mask);
  const int64_t real = last_of(ends);
  Parts parts(packed_size(gates, input_dim, input_dim) + packed_size(gates, dim, dim) + factors_size(real, input_dim, gates) + factors_size(real, dim, gates));
  job.ends = ends.data();
  job.weight = packed_columns(parts, weight, true, gates, input_dim);
  job.recurrent = packed_columns(parts, recurrent, true, gates, dim);
  job.factors = take_factors(parts, real, input_dim, gates);
  job.of_state = take_factors(parts, real, dim, gates);
  over_blocks(sizes, job, sequence_steps().gru_back);
  weight_gradients(parts, job.factors, real, {{input_dim, of_weight}, {1, of_bias}});
  weight_gradients(parts, job.of_state, real, {{dim, of_recurrent}, {1, of_recurrent_bias}});
  return info.Env().Undefined();
}

const Registration lstm("lstmSequence", lstm_sequence);
const Registration lstm_gradient("lstmSequenceGradient", lstm_sequence_gradient);
const Registration m_lstm("mLstmSequence", m_lstm_sequence);
const Registration m_lstm_gradient("mLstmSequenceGradient", m_lstm_sequence_gradient);
const Registration gru("gruSequence", gru_sequence);
const Registration gru_gradient("gruSequenceGradient", gru_sequence_gradient);

}  // namespace
}  // namespace footlight
