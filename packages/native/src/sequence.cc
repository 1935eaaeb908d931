#include "sequence.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <numeric>
#include <vector>

#include "arguments.h"
#include "gemm.h"
#include "parallel.h"
#include "registry.h"

namespace footlight {
namespace {

// Memory that stays from call to call, from the start of a cache line on.
class Room {
 public:
  float* of(int64_t floats) {
    if (size_ < floats + 16) {
      memory_.reset(new float[floats + 16]);
      size_ = floats + 16;
    }
    return reinterpret_cast<float*>((reinterpret_cast<uintptr_t>(memory_.get()) + 63) & ~uintptr_t{63});
  }

 private:
  std::unique_ptr<float[]> memory_;
  int64_t size_ = 0;
};

struct Sizes {
  int64_t batch, time, dim;

  int64_t steps() const { return batch * time; }
};

Sizes sizes_at(const Arguments& arguments, size_t at) {
  const int64_t most = 1 << 22;
  return {arguments.integer(at, "batch", 0, most), arguments.integer(at + 1, "time", 1, most), arguments.integer(at + 2, "dim", 1, 1 << 14)};
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
  const int64_t work = sizes.batch * sizes.time * sizes.dim * sizes.dim;
  const int64_t sharers = std::max<int64_t>(1, std::min<int64_t>({threads(), work / small_work, sizes.batch}));
  const int64_t least = (sizes.batch + sequence_block - 1) / sequence_block, blocks = (least + sharers - 1) / sharers * sharers;
  std::atomic<int64_t> next{0};
  parallel(sharers, 1, [&](int64_t, int64_t, int) {
    thread_local Room room;
    float* const own = room.of(sequence_room(sizes.dim));
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
    thread_local Room room;
    next_ = room.of(floats);
  }
  float* take(int64_t floats) {
    float* const taken = next_;
    next_ += floats;
    return taken;
  }

 private:
  float* next_;
};

// Gradient of a weight that every step multiplies its input by; of a bias, which multiplies 1.
void weight_gradient(const Sizes& sizes, const float* inputs, const float* slopes, int64_t width, float* out) {
  sgemm(true, false, sizes.dim, width, sizes.steps(), inputs, sizes.dim, slopes, width, 0, out, width);
}

void bias_gradient(const Sizes& sizes, const float* slopes, int64_t width, float* out) {
  thread_local Room room;
  float* const ones = room.of(sizes.steps());
  std::fill(ones, ones + sizes.steps(), 1.0f);
  sgemm(false, false, 1, width, sizes.steps(), ones, sizes.steps(), slopes, width, 0, out, width);
}

// lstmSequence(gates, recurrent, hidden, cell, mask, batch, time, dim, outStates, outKept?)
Napi::Value lstm_sequence(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "lstmSequence");
  const Sizes sizes = sizes_at(arguments, 5);
  const auto [batch, time, dim] = sizes;
  SequenceForward job{};
  job.time = time;
  job.dim = dim;
  job.gates = arguments.floats(0, "gates", batch * time * 4 * dim);
  const float* const recurrent = arguments.floats(1, "recurrent", dim * 4 * dim);
  job.hidden = arguments.floats(2, "hidden", batch * dim);
  job.cell = arguments.floats(3, "cell", batch * dim);
  job.mask = arguments.floats_if_given(4, "mask", batch * time);
  job.states = arguments.floats(8, "outStates", batch * time * 2 * dim);
  job.kept = arguments.floats_if_given(9, "outKept", batch * time * 4 * dim);
  float* const packed = Parts(dim * 4 * padded(dim)).take(0);
  sequence_steps().pack_gates(recurrent, dim, 4, packed);
  job.recurrent = packed;
  over_blocks(sizes, job, sequence_steps().lstm);
  return info.Env().Undefined();
}

// lstmSequenceGradient(recurrent, hidden, cell, mask, states, kept, slopes, batch, time, dim, outGates, outRecurrent, outHidden, outCell)
Napi::Value lstm_sequence_gradient(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "lstmSequenceGradient");
  const Sizes sizes = sizes_at(arguments, 7);
  const auto [batch, time, dim] = sizes;
  SequenceBackward job{};
  job.time = time;
  job.dim = dim;
  const float* const recurrent = arguments.floats(0, "recurrent", dim * 4 * dim);
  job.hidden = arguments.floats(1, "hidden", batch * dim);
  job.cell = arguments.floats(2, "cell", batch * dim);
  job.mask = arguments.floats_if_given(3, "mask", batch * time);
  job.states = arguments.floats(4, "states", batch * time * 2 * dim);
  job.kept = arguments.floats(5, "kept", batch * time * 4 * dim);
  job.slopes = arguments.floats(6, "slopes", batch * time * 2 * dim);
  job.of_gates = arguments.floats(10, "outGates", batch * time * 4 * dim);
  float* const of_recurrent = arguments.floats(11, "outRecurrent", dim * 4 * dim);
  job.of_hidden = arguments.floats(12, "outHidden", batch * dim);
  job.of_cell = arguments.floats(13, "outCell", batch * dim);
  Parts parts(4 * dim * padded(dim) + sizes.steps() * dim);
  float* const packed = parts.take(4 * dim * padded(dim));
  job.before = parts.take(sizes.steps() * dim);
  sequence_steps().pack_columns(recurrent, 4 * dim, true, 4 * dim, dim, packed);
  job.recurrent = packed;
  over_blocks(sizes, job, sequence_steps().lstm_back);
  weight_gradient(sizes, job.before, job.of_gates, 4 * dim, of_recurrent);
  return info.Env().Undefined();
}

// mLstmSequence(gates, recurrent, hidden, cell, multiplier, recurrentMultiplier, recurrentMultiplierBias, mask, batch, time, dim, outStates, outKept?)
Napi::Value m_lstm_sequence(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "mLstmSequence");
  const Sizes sizes = sizes_at(arguments, 8);
  const auto [batch, time, dim] = sizes;
  SequenceForward job{};
  job.time = time;
  job.dim = dim;
  job.gates = arguments.floats(0, "gates", batch * time * 4 * dim);
  const float* const recurrent = arguments.floats(1, "recurrent", dim * 4 * dim);
  job.hidden = arguments.floats(2, "hidden", batch * dim);
  job.cell = arguments.floats(3, "cell", batch * dim);
  job.multiplier = arguments.floats(4, "multiplier", batch * time * dim);
  const float* const multiplying = arguments.floats(5, "recurrentMultiplier", dim * dim);
  job.bias = arguments.floats(6, "recurrentMultiplierBias", dim);
  job.mask = arguments.floats_if_given(7, "mask", batch * time);
  job.states = arguments.floats(11, "outStates", batch * time * 2 * dim);
  job.kept = arguments.floats_if_given(12, "outKept", batch * time * 5 * dim);
  Parts parts(5 * dim * padded(dim));
  float *const packed = parts.take(4 * dim * padded(dim)), *const packed_multiplying = parts.take(dim * padded(dim));
  sequence_steps().pack_gates(recurrent, dim, 4, packed);
  sequence_steps().pack_columns(multiplying, dim, false, dim, dim, packed_multiplying);
  job.recurrent = packed;
  job.multiplying = packed_multiplying;
  over_blocks(sizes, job, sequence_steps().lstm);
  return info.Env().Undefined();
}

// mLstmSequenceGradient(recurrent, hidden, cell, multiplier, recurrentMultiplier, mask, states, kept, slopes, batch, time, dim,
//                       outGates, outRecurrent, outHidden, outCell, outMultiplier, outRecurrentMultiplier, outRecurrentMultiplierBias)
Napi::Value m_lstm_sequence_gradient(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "mLstmSequenceGradient");
  const Sizes sizes = sizes_at(arguments, 9);
  const auto [batch, time, dim] = sizes;
  SequenceBackward job{};
  job.time = time;
  job.dim = dim;
  const float* const recurrent = arguments.floats(0, "recurrent", dim * 4 * dim);
  job.hidden = arguments.floats(1, "hidden", batch * dim);
  job.cell = arguments.floats(2, "cell", batch * dim);
  job.multiplier = arguments.floats(3, "multiplier", batch * time * dim);
  const float* const multiplying = arguments.floats(4, "recurrentMultiplier", dim * dim);
  job.mask = arguments.floats_if_given(5, "mask", batch * time);
  job.states = arguments.floats(6, "states", batch * time * 2 * dim);
  job.kept = arguments.floats(7, "kept", batch * time * 5 * dim);
  job.slopes = arguments.floats(8, "slopes", batch * time * 2 * dim);
  job.of_gates = arguments.floats(12, "outGates", batch * time * 4 * dim);
  float* const of_recurrent = arguments.floats(13, "outRecurrent", dim * 4 * dim);
  job.of_hidden = arguments.floats(14, "outHidden", batch * dim);
  job.of_cell = arguments.floats(15, "outCell", batch * dim);
  job.of_multiplier = arguments.floats(16, "outMultiplier", batch * time * dim);
  float* const of_multiplying = arguments.floats(17, "outRecurrentMultiplier", dim * dim);
  float* const of_bias = arguments.floats(18, "outRecurrentMultiplierBias", dim);
  Parts parts(5 * dim * padded(dim) + 3 * sizes.steps() * dim);
  float *const packed = parts.take(4 * dim * padded(dim)), *const packed_multiplying = parts.take(dim * padded(dim));
  job.before = parts.take(sizes.steps() * dim);
  job.of_products = parts.take(sizes.steps() * dim);
  job.intermediate = parts.take(sizes.steps() * dim);
  sequence_steps().pack_columns(recurrent, 4 * dim, true, 4 * dim, dim, packed);
  sequence_steps().pack_columns(multiplying, dim, true, dim, dim, packed_multiplying);
  job.recurrent = packed;
  job.multiplying = packed_multiplying;
  over_blocks(sizes, job, sequence_steps().lstm_back);
  weight_gradient(sizes, job.intermediate, job.of_gates, 4 * dim, of_recurrent);
  weight_gradient(sizes, job.before, job.of_products, dim, of_multiplying);
  bias_gradient(sizes, job.of_products, dim, of_bias);
  return info.Env().Undefined();
}

// gruSequence(gates, recurrent, recurrentBias, hidden, mask, batch, time, dim, outStates, outKept?)
Napi::Value gru_sequence(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "gruSequence");
  const Sizes sizes = sizes_at(arguments, 5);
  const auto [batch, time, dim] = sizes;
  SequenceForward job{};
  job.time = time;
  job.dim = dim;
  job.gates = arguments.floats(0, "gates", batch * time * 3 * dim);
  const float* const recurrent = arguments.floats(1, "recurrent", dim * 3 * dim);
  job.bias = arguments.floats(2, "recurrentBias", 3 * dim);
  job.hidden = arguments.floats(3, "hidden", batch * dim);
  job.mask = arguments.floats_if_given(4, "mask", batch * time);
  job.states = arguments.floats(8, "outStates", batch * time * dim);
  job.kept = arguments.floats_if_given(9, "outKept", batch * time * 4 * dim);
  float* const packed = Parts(dim * 3 * padded(dim)).take(0);
  sequence_steps().pack_gates(recurrent, dim, 3, packed);
  job.recurrent = packed;
  over_blocks(sizes, job, sequence_steps().gru);
  return info.Env().Undefined();
}

// gruSequenceGradient(recurrent, hidden, mask, states, kept, slopes, batch, time, dim, outGates, outRecurrent, outRecurrentBias, outHidden)
Napi::Value gru_sequence_gradient(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "gruSequenceGradient");
  const Sizes sizes = sizes_at(arguments, 6);
  const auto [batch, time, dim] = sizes;
  SequenceBackward job{};
  job.time = time;
  job.dim = dim;
  const float* const recurrent = arguments.floats(0, "recurrent", dim * 3 * dim);
  job.hidden = arguments.floats(1, "hidden", batch * dim);
  job.mask = arguments.floats_if_given(2, "mask", batch * time);
  job.states = arguments.floats(3, "states", batch * time * dim);
  job.kept = arguments.floats(4, "kept", batch * time * 4 * dim);
  job.slopes = arguments.floats(5, "slopes", batch * time * dim);
  job.of_gates = arguments.floats(9, "outGates", batch * time * 3 * dim);
  float* const of_recurrent = arguments.floats(10, "outRecurrent", dim * 3 * dim);
  float* const of_bias = arguments.floats(11, "outRecurrentBias", 3 * dim);
  job.of_hidden = arguments.floats(12, "outHidden", batch * dim);
  Parts parts(3 * dim * padded(dim) + 4 * sizes.steps() * dim);
  float* const packed = parts.take(3 * dim * padded(dim));
  job.before = parts.take(sizes.steps() * dim);
  job.of_products = parts.take(sizes.steps() * 3 * dim);
  sequence_steps().pack_columns(recurrent, 3 * dim, true, 3 * dim, dim, packed);
  job.recurrent = packed;
  over_blocks(sizes, job, sequence_steps().gru_back);
  weight_gradient(sizes, job.before, job.of_products, 3 * dim, of_recurrent);
  bias_gradient(sizes, job.of_products, 3 * dim, of_bias);
  return info.Env().Undefined();
}

const Offer lstm("lstmSequence", lstm_sequence);
const Offer lstm_gradient("lstmSequenceGradient", lstm_sequence_gradient);
const Offer m_lstm("mLstmSequence", m_lstm_sequence);
const Offer m_lstm_gradient("mLstmSequenceGradient", m_lstm_sequence_gradient);
const Offer gru("gruSequence", gru_sequence);
const Offer gru_gradient("gruSequenceGradient", gru_sequence_gradient);

}  // namespace
}  // namespace footlight
