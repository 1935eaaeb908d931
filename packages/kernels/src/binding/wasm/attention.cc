#include "kernels/attention.h"

#include "binding/wasm/workspace.h"

namespace footlight {
namespace {

AttentionSizes read_sizes(const int32_t* step_offsets, const int32_t* source_offsets, double batch, double dim, double heads, int32_t causal) {
  return {whole(batch), whole(dim), whole(heads), step_offsets, source_offsets, causal != 0};
}

}  // namespace

FOOTLIGHT_EXPORT(attention)
double footlight_attention(const float* queries, const float* keys, const float* values, const float* mask, const int32_t* step_offsets,
                           const int32_t* source_offsets, double dim, double heads, int32_t causal, double rate, double seed, float* out, float* normalizers,
                           double batch) {
  const AttentionSizes sizes = read_sizes(step_offsets, source_offsets, batch, dim, heads, causal);
  void* const workspace = reserve<uint8_t>(static_cast<int64_t>(attention_workspace(threads(), sizes)));
  if (!workspace) return short_of_memory;
  attention(threads(), sizes, {queries, keys, values, mask, attention_dropout(rate, seed), out, normalizers}, workspace);
  return 0;
}

FOOTLIGHT_EXPORT(attentionGradient)
double footlight_attention_gradient(const float* queries, const float* keys, const float* values, const float* mask, const int32_t* step_offsets,
                                    const int32_t* source_offsets, double dim, double heads, int32_t causal, double rate, double seed,
                                    const float* normalizers, const float* means, const float* gradients, float* query_gradients, float* key_gradients,
                                    float* value_gradients, double batch) {
  const AttentionSizes sizes = read_sizes(step_offsets, source_offsets, batch, dim, heads, causal);
  void* const workspace = reserve<uint8_t>(static_cast<int64_t>(attention_gradient_workspace(threads(), sizes)));
  if (!workspace) return short_of_memory;
  AttentionBackward job{queries, keys, values, mask, normalizers, attention_dropout(rate, seed), means, gradients, query_gradients, key_gradients,
                        value_gradients};
  attention_gradient(threads(), sizes, job, workspace);
  return 0;
}

}  // namespace footlight
