#include "kernels/attention.h"

#include "binding/addon/arguments.h"
#include "binding/addon/registration.h"
#include "binding/addon/workspace.h"
#include "threading/thread_pool.h"

namespace footlight {
namespace {

void* reserve(size_t bytes) {
  thread_local Workspace workspace;
  return workspace.reserve(static_cast<int64_t>(bytes / sizeof(float)) + 1);
}

struct AttentionSteps {
  AttentionSizes sizes;
  int64_t steps, sources;
};

// stepOffsets, sourceOffsets, dim, heads, causal from `at` on; queries and keys are arguments 0 and 1.
AttentionSteps read_sizes(const Arguments& arguments, size_t at) {
  AttentionSteps read{};
  AttentionSizes& sizes = read.sizes;
  sizes.dim = arguments.integer(at + 2, "dim", 1, 1 << 14);
  sizes.heads = arguments.integer(at + 3, "heads", 1, 1 << 14);
  if (sizes.dim % sizes.heads != 0) arguments.fail("heads", "a divisor of dim, " + std::to_string(sizes.dim), std::to_string(sizes.heads));
  sizes.causal = arguments.flag_if_given(at + 4, "causal");
  sizes.batch = arguments.length(at) - 1;
  read.steps = arguments.length(0) / sizes.dim;
  read.sources = arguments.length(1) / sizes.dim;
  sizes.step_offsets = arguments.offsets(at, "stepOffsets", sizes.batch, read.steps);
  sizes.source_offsets = arguments.offsets(at + 1, "sourceOffsets", sizes.batch, read.sources);
  return read;
}

AttentionDropout read_dropout(const Arguments& arguments, size_t at) {
  const double rate = arguments.number_if_given(at, "dropout", 0);
  if (!(rate >= 0 && rate < 1)) arguments.fail("dropout", "a number from 0 to below 1", arguments.described(at));
  return attention_dropout(rate, arguments.given(at + 1) ? static_cast<double>(arguments.integer(at + 1, "seed", 0, UINT32_MAX)) : 0);
}

// attention(queries, keys, values, mask, stepOffsets, sourceOffsets, dim, heads, causal, dropout, seed, out, outNormalizers)
Napi::Value attend(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "attention");
  const auto [sizes, steps, sources] = read_sizes(arguments, 4);
  AttentionForward job{};
  job.queries = arguments.floats(0, "queries", product({steps, sizes.dim}));
  job.keys = arguments.floats(1, "keys", product({sources, sizes.dim}));
  job.values = arguments.floats(2, "values", product({sources, sizes.dim}));
  job.mask = arguments.floats_if_given(3, "mask", sources);
  job.dropout = read_dropout(arguments, 9);
  job.out = arguments.out_floats(11, "out", product({steps, sizes.dim}));
  job.normalizers = arguments.out_floats_if_given(12, "outNormalizers", product({steps, sizes.heads, 2}));
  attention(threads(), sizes, job, reserve(attention_workspace(threads(), sizes)));
  return info.Env().Undefined();
}

// attentionGradient(queries, keys, values, mask, stepOffsets, sourceOffsets, dim, heads, causal, dropout, seed, normalizers, means, gradients,
//                   outQueryGradients, outKeyGradients, outValueGradients)
Napi::Value differentiate(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "attentionGradient");
  const auto [sizes, steps, sources] = read_sizes(arguments, 4);
  const int64_t step_numbers = product({steps, sizes.dim}), source_numbers = product({sources, sizes.dim});
  AttentionBackward job{};
  job.queries = arguments.floats(0, "queries", step_numbers);
  job.keys = arguments.floats(1, "keys", source_numbers);
  job.values = arguments.floats(2, "values", source_numbers);
  job.mask = arguments.floats_if_given(3, "mask", sources);
  job.dropout = read_dropout(arguments, 9);
  job.normalizers = arguments.floats(11, "normalizers", product({steps, sizes.heads, 2}));
  job.out = arguments.floats(12, "means", step_numbers);
  job.gradients = arguments.floats(13, "gradients", step_numbers);
  job.query_gradients = arguments.out_floats(14, "outQueryGradients", step_numbers);
  job.key_gradients = arguments.out_floats(15, "outKeyGradients", source_numbers);
  job.value_gradients = arguments.out_floats(16, "outValueGradients", source_numbers);
  attention_gradient(threads(), sizes, job, reserve(attention_gradient_workspace(threads(), sizes)));
  return info.Env().Undefined();
}

const Registration registrations[] = {{"attention", attend}, {"attentionGradient", differentiate}};

}  // namespace
}  // namespace footlight
