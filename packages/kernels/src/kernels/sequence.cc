#include "kernels/sequence.h"

#include "kernels/arithmetic.h"
#include "kernels/bag.h"
#include "kernels/gemm.h"
#include "kernels/parts.h"
#include "kernels/sequence_steps.h"
#include "simd/targets.h"
#include "threading/counter.h"

namespace footlight {
namespace {

// Waking another thread costs more than this many multiplications.
constexpr int64_t small_work = 1 << 18;

int64_t count_skipped(const SequenceSizes& sizes, const float* mask, int64_t row) {
  const float* const own = mask + row * sizes.time;
  int64_t skipped = 0;
  while (skipped < sizes.time && own[skipped] == 0.0f) skipped++;
  return skipped;
}

// Rows that skip few steps at the beginning first, so that blocks skip what all of their rows skip. Sequences are padded on the left. starts [time + 2].
void order_rows(const SequenceSizes& sizes, const float* mask, int32_t* order, int32_t* starts) {
  if (!mask) {
    for (int64_t row = 0; row < sizes.batch; row++) order[row] = static_cast<int32_t>(row);
    return;
  }
  for (int64_t skipped = 0; skipped < sizes.time + 2; skipped++) starts[skipped] = 0;
  for (int64_t row = 0; row < sizes.batch; row++) starts[count_skipped(sizes, mask, row) + 1]++;
  for (int64_t skipped = 0; skipped < sizes.time; skipped++) starts[skipped + 1] += starts[skipped];
  for (int64_t row = 0; row < sizes.batch; row++) order[starts[count_skipped(sizes, mask, row)]++] = static_cast<int32_t>(row);
}

// Steps that are not skipped of rows [0, row).
int64_t count_steps(const SequenceSizes& sizes, const float* mask) {
  if (!mask) return sizes.steps();
  int64_t count = 0;
  for (int64_t step = 0; step < sizes.steps(); step++) count += mask[step] != 0.0f;
  return count;
}

// Where the factors of each row of the batch end: one for each step that is not skipped.
void find_ends(const SequenceSizes& sizes, const float* mask, int64_t* ends) {
  int64_t end = 0;
  for (int64_t row = 0; row < sizes.batch; row++) {
    for (int64_t step = row * sizes.time; step < (row + 1) * sizes.time; step++) end += !mask || mask[step] != 0.0f;
    ends[row] = end;
  }
}

int64_t count_sharers(const Threads& threads, const SequenceSizes& sizes) {
  const int64_t work = sizes.steps() * sizes.dim * (sizes.input_dim + sizes.dim);
  return max(1, min(min(threads.count, work / small_work), sizes.batch));
}

// Floats of the workspace of a thread, which begins where a cache line does.
int64_t thread_stride(const SequenceSizes& sizes) { return round_up(sequence_block_workspace(sizes.input_dim, sizes.dim), 16) + 16; }

// What both passes need: the order of rows, and memory for each thread.
struct Common {
  int32_t *order, *starts;
  float* blocks;

  Common(Parts& parts, const Threads& threads, const SequenceSizes& sizes) {
    order = parts.take<int32_t>(sizes.batch);
    starts = parts.take<int32_t>(sizes.time + 2);
    blocks = parts.take<float>(count_sharers(threads, sizes) * thread_stride(sizes));
  }
};

// Whoever is free takes the next block.
template <class Job>
void run_blocks(const Threads& threads, const SequenceSizes& sizes, Job& job, const Common& common,
                void (*run)(const Job& job, float* workspace, int64_t first, int64_t rows)) {
  if (sizes.batch == 0) return;
  order_rows(sizes, job.mask, common.order, common.starts);
  job.order = common.order;
  const int64_t sharers = count_sharers(threads, sizes);
  const int64_t blocks = round_up(divide_up(sizes.batch, sequence_block), sharers);
  Counter next;
  parallel(threads, sharers, 1, [&](int64_t, int64_t, int piece) {
    float* const own = common.blocks + piece * thread_stride(sizes);
    for (int64_t block; (block = next.take()) < blocks;) {
      const int64_t first = sizes.batch * block / blocks;
      run(job, own, first, sizes.batch * (block + 1) / blocks - first);
    }
  });
}

float* take_packed(Parts& parts, int64_t depth, int64_t width, int64_t dim) { return parts.take<float>(depth * width / dim * padded(dim)); }

struct ForwardMemory : Common {
  float *weight, *recurrent, *recurrent_multiplier, *projected;

  ForwardMemory(Parts& parts, const Threads& threads, const SequenceSizes& sizes, const SequenceForward& job) : Common(parts, threads, sizes) {
    const int64_t most_gates = 4 * sizes.dim;
    weight = take_packed(parts, sizes.input_dim, most_gates, sizes.dim);
    recurrent = take_packed(parts, sizes.dim, most_gates, sizes.dim);
    recurrent_multiplier = job.recurrent_multiplier ? take_packed(parts, sizes.dim, sizes.dim, sizes.dim) : nullptr;
    projected = job.rows ? parts.take<float>(job.rows * 4 * padded(sizes.dim)) : nullptr;
  }
};

void project_rows(const Threads& threads, const SequenceSizes& sizes, const SequenceForward& job, int64_t gates) {
  const int64_t blocks = divide_up(job.rows, sequence_block), work = sequence_block * sizes.input_dim * gates * sizes.dim;
  parallel(threads, blocks, 1 + small_work / work, [&](int64_t begin, int64_t end, int) {
    for (int64_t block = begin; block < end; block++) {
      const int64_t first = block * sequence_block;
      sequence_steps().project(job, gates, first, min(sequence_block, job.rows - first));
    }
  });
}

void run_forward(const Threads& threads, const SequenceSizes& sizes, SequenceForward job, void* workspace, int64_t gates,
                 void (*run)(const SequenceForward& job, float* workspace, int64_t first, int64_t rows)) {
  Parts parts(workspace);
  const ForwardMemory memory(parts, threads, sizes, job);
  const SequenceSteps& steps = sequence_steps();
  steps.pack_gates(job.weight, sizes.input_dim, sizes.dim, gates, memory.weight);
  steps.pack_gates(job.recurrent, sizes.dim, sizes.dim, gates, memory.recurrent);
  if (job.recurrent_multiplier) steps.pack_columns(job.recurrent_multiplier, sizes.dim, false, sizes.dim, sizes.dim, memory.recurrent_multiplier);
  job.weight = memory.weight;
  job.recurrent = memory.recurrent;
  job.recurrent_multiplier = memory.recurrent_multiplier;
  job.projected = memory.projected;
  if (job.rows) project_rows(threads, sizes, job, gates);
  run_blocks(threads, sizes, job, memory, run);
}

// What a gradient of weights is made of: factors of `steps` steps.
struct FactorsMemory : Factors {
  int64_t rows, steps;
  float* weight_gradients;  // [rows, width]: of weights that stand one above the other, the last one a bias

  FactorsMemory(Parts& parts, int64_t steps, int64_t depth, int64_t slopes_width) : rows(depth + 1), steps(steps) {
    ld = padded(rows);  // rows begin where a cache line does
    width = slopes_width;
    inputs = parts.take<float>(steps * ld);
    gradients = parts.take<float>(steps * width);
    weight_gradients = parts.take<float>(rows * width);
  }

  Product product() const { return {true, false, rows, width, steps, inputs, ld, gradients, width, 0, weight_gradients, width}; }
};

// With an index: the steps of each row of the input, by their places among the factors, and the sums over them.
struct RowsMemory {
  int64_t rows, width;
  int32_t *offsets, *steps;  // [rows + 1], [steps]
  float* sums;               // [rows, width]

  RowsMemory(Parts& parts, int64_t rows, int64_t steps, int64_t width)
      : rows(rows), width(width), offsets(parts.take<int32_t>(rows + 1)), steps(parts.take<int32_t>(steps)), sums(parts.take<float>(rows * width)) {}

  Product input_gradient(const SequenceSizes& sizes, const float* weight, float* out) const {
    return {false, true, rows, sizes.input_dim, width, sums, width, weight, width, 0, out, sizes.input_dim};
  }
  Product weight_gradient(const SequenceSizes& sizes, const float* input, float* out) const {
    return {true, false, sizes.input_dim, width, rows, input, sizes.input_dim, sums, width, 0, out, width};
  }
};

// mLSTM has as many gradients of its state as the layer is wide, GRU as many as it has gates; LSTM has none.
struct BackwardMemory : Common {
  int64_t* ends;
  float *weight, *recurrent, *recurrent_multiplier;
  FactorsMemory factors, state_factors;
  RowsMemory rows;
  float* product;

  BackwardMemory(Parts& parts, const Threads& threads, const SequenceSizes& sizes, const SequenceBackward& job, int64_t gates, int64_t depth, int64_t state_width)
      : Common(parts, threads, sizes),
        ends(parts.take<int64_t>(sizes.batch)),
        weight(job.rows ? nullptr : take_packed(parts, gates, sizes.input_dim, sizes.input_dim)),
        recurrent(take_packed(parts, gates, sizes.dim, sizes.dim)),
        recurrent_multiplier(job.recurrent_multiplier ? take_packed(parts, sizes.dim, sizes.dim, sizes.dim) : nullptr),
        factors(parts, count_steps(sizes, job.mask), depth, gates),
        state_factors(parts, state_width ? factors.steps : 0, sizes.dim, state_width),
        rows(parts, job.rows ? job.rows : 0, job.rows ? factors.steps : 0, gates) {
    int64_t most = max(sgemm_workspace(threads, factors.product()), state_width ? sgemm_workspace(threads, state_factors.product()) : 0);
    if (job.rows) {
      most = max(most, sgemm_workspace(threads, rows.input_gradient(sizes, nullptr, nullptr)));
      most = max(most, sgemm_workspace(threads, rows.weight_gradient(sizes, nullptr, nullptr)));
    }
    product = parts.take<float>(most);
  }
};

BackwardMemory lstm_memory(Parts& parts, const Threads& threads, const SequenceSizes& sizes, const SequenceBackward& job) {
  return BackwardMemory(parts, threads, sizes, job, 4 * sizes.dim, (job.rows ? 0 : sizes.input_dim) + sizes.dim, job.recurrent_multiplier ? sizes.dim : 0);
}

BackwardMemory gru_memory(Parts& parts, const Threads& threads, const SequenceSizes& sizes, const SequenceBackward& job) {
  return BackwardMemory(parts, threads, sizes, job, 3 * sizes.dim, sizes.input_dim, 3 * sizes.dim);
}

void run_backward(const Threads& threads, const SequenceSizes& sizes, SequenceBackward job, const BackwardMemory& memory, int64_t gates,
                  void (*run)(const SequenceBackward& job, float* workspace, int64_t first, int64_t rows)) {
  const SequenceSteps& steps = sequence_steps();
  find_ends(sizes, job.mask, memory.ends);
  if (!job.rows) steps.pack_columns(job.weight, gates, true, gates, sizes.input_dim, memory.weight);
  steps.pack_columns(job.recurrent, gates, true, gates, sizes.dim, memory.recurrent);
  if (job.recurrent_multiplier) steps.pack_columns(job.recurrent_multiplier, sizes.dim, true, sizes.dim, sizes.dim, memory.recurrent_multiplier);
  job.ends = memory.ends;
  job.weight = memory.weight;
  job.recurrent = memory.recurrent;
  job.recurrent_multiplier = memory.recurrent_multiplier;
  job.factors = memory.factors;
  job.state_factors = memory.state_factors;
  run_blocks(threads, sizes, job, memory, run);
}

struct WeightRows {
  int64_t rows;
  float* out;
};

// The gradients of weights that stand one above the other.
template <int weights>
void write_gradients(const Threads& threads, const BackwardMemory& memory, const FactorsMemory& factors, const WeightRows (&gradients)[weights]) {
  sgemm(threads, factors.product(), memory.product);
  const float* from = factors.weight_gradients;
  for (const auto& [rows, out] : gradients) {
    __builtin_memcpy(out, from, rows * factors.width * sizeof(float));
    from += rows * factors.width;
  }
}

// Lists the steps that are not skipped by the row that they read, each in the order of time.
void group_steps(const SequenceSizes& sizes, const SequenceBackward& job, const RowsMemory& memory) {
  const auto reads = [&](int64_t step) { return !job.mask || job.mask[step] != 0.0f; };
  __builtin_memset(memory.offsets, 0, (memory.rows + 1) * sizeof(int32_t));
  for (int64_t step = 0; step < sizes.steps(); step++)
    if (reads(step)) memory.offsets[job.index[step]]++;
  int32_t total = 0;
  for (int64_t row = 0; row <= memory.rows; row++) memory.offsets[row] = total += memory.offsets[row];
  for (int64_t step = sizes.steps() - 1, place = total - 1; step >= 0; step--)
    if (reads(step)) memory.steps[--memory.offsets[job.index[step]]] = static_cast<int32_t>(place--);
}

// Gradients of the input and its weights, from those of the gates.
void write_row_gradients(const Threads& threads, const SequenceSizes& sizes, const SequenceBackward& job, const BackwardMemory& memory, float* weight_gradient) {
  const RowsMemory& rows = memory.rows;
  group_steps(sizes, job, rows);
  sum_rows(threads, memory.factors.gradients, rows.width, {rows.rows, rows.offsets, rows.steps, nullptr}, rows.sums);
  sgemm(threads, rows.input_gradient(sizes, job.weight, job.input_gradient), memory.product);
  sgemm(threads, rows.weight_gradient(sizes, job.input, weight_gradient), memory.product);
}

}  // namespace

size_t sequence_forward_workspace(const Threads& threads, const SequenceSizes& sizes, const SequenceForward& job) {
  Parts parts;
  const ForwardMemory measured(parts, threads, sizes, job);
  return parts.used();
}

void lstm_sequence(const Threads& threads, const SequenceSizes& sizes, SequenceForward job, void* workspace) {
  run_forward(threads, sizes, job, workspace, 4, sequence_steps().lstm);
}

void gru_sequence(const Threads& threads, const SequenceSizes& sizes, SequenceForward job, void* workspace) {
  run_forward(threads, sizes, job, workspace, 3, sequence_steps().gru);
}

size_t lstm_sequence_gradient_workspace(const Threads& threads, const SequenceSizes& sizes, const SequenceBackward& job) {
  Parts parts;
  lstm_memory(parts, threads, sizes, job);
  return parts.used();
}

size_t gru_sequence_gradient_workspace(const Threads& threads, const SequenceSizes& sizes, const SequenceBackward& job) {
  Parts parts;
  gru_memory(parts, threads, sizes, job);
  return parts.used();
}

void lstm_sequence_gradient(const Threads& threads, const SequenceSizes& sizes, SequenceBackward job, const SequenceWeightGradients& out, void* workspace) {
  Parts parts(workspace);
  const BackwardMemory memory = lstm_memory(parts, threads, sizes, job);
  run_backward(threads, sizes, job, memory, 4 * sizes.dim, sequence_steps().lstm_back);
  if (job.rows) {
    const WeightRows state_weights[] = {{sizes.dim, out.recurrent}, {1, out.bias}};
    write_gradients(threads, memory, memory.factors, state_weights);
    write_row_gradients(threads, sizes, job, memory, out.weight);
    return;
  }
  const WeightRows gate_weights[] = {{sizes.input_dim, out.weight}, {sizes.dim, out.recurrent}, {1, out.bias}};
  write_gradients(threads, memory, memory.factors, gate_weights);
  if (!job.recurrent_multiplier) return;
  const WeightRows state_weights[] = {{sizes.dim, out.recurrent_multiplier}, {1, out.recurrent_multiplier_bias}};
  write_gradients(threads, memory, memory.state_factors, state_weights);
}

void gru_sequence_gradient(const Threads& threads, const SequenceSizes& sizes, SequenceBackward job, const SequenceWeightGradients& out, void* workspace) {
  Parts parts(workspace);
  const BackwardMemory memory = gru_memory(parts, threads, sizes, job);
  run_backward(threads, sizes, job, memory, 3 * sizes.dim, sequence_steps().gru_back);
  const WeightRows input_weights[] = {{sizes.input_dim, out.weight}, {1, out.bias}};
  write_gradients(threads, memory, memory.factors, input_weights);
  const WeightRows state_weights[] = {{sizes.dim, out.recurrent}, {1, out.recurrent_bias}};
  write_gradients(threads, memory, memory.state_factors, state_weights);
}

}  // namespace footlight
