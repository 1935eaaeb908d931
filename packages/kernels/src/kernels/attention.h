#pragma once

#include <stddef.h>
#include <stdint.h>

#include "threading/threads.h"

namespace footlight {

// Scaled dot-product attention, as attention of the engine defines it (packages/engine/src/ops/attention.ts). For each sequence and head, with d = dim / heads:
//   s_tj = q_t · k_j / √d,  a_tj = e^(s_tj) / Σ_j' e^(s_tj'),  y_t = Σ_j m_tj a_tj v_j
// over the sources j of the sequence whose mask is not 0 and, if causal, which are not later than t; a step without any gets zeros. The factors m are those of
// AttentionDropout. Sequences lie one after the other and may have different lengths: padding that is left out costs nothing. Scores are made for a few steps
// at a time and never stored whole; the backward pass makes them again (Dao et al. 2022, FlashAttention, https://arxiv.org/abs/2205.14135). Each thread takes
// pairs of a sequence and a head.

struct AttentionSizes {
  int64_t batch, dim, heads;
  const int32_t *step_offsets, *source_offsets;  // [batch + 1]: where the steps and the sources of each sequence begin, and where the last ones end
  bool causal;
};

// The factor m of head h, step s of all and source j of its sequence is 0 where mix(mix(seed + (s · heads + h) · 0x9e3779b9) + j · 0x9e3779b9) is below `threshold`,
// else `scale`, in arithmetic modulo 2^32. mix: x ^= x >> 16, x *= 0x21f0aaad, x ^= x >> 15, x *= 0xd35a2d97, x ^= x >> 15.
struct AttentionDropout {
  uint32_t seed = 0, threshold = 0;  // threshold 0: no dropout
  float scale = 1.0f;
};

// Dropout of a rate from 0 to below 1.
AttentionDropout attention_dropout(double rate, double seed);

struct AttentionForward {
  const float* queries;  // [step, dim]
  const float* keys;     // [source, dim]
  const float* values;   // [source, dim]
  const float* mask;     // [source], 0 where a source is padding, or nullptr
  AttentionDropout dropout;
  float* out;          // [step, dim]
  float* normalizers;  // [step, heads, 2]: the largest score and log Σ e^(score − largest), for the backward pass, or nullptr
};

struct AttentionBackward {
  const float *queries, *keys, *values, *mask, *normalizers;  // as above
  AttentionDropout dropout;
  const float* out;                      // [step, dim], of the forward pass
  const float* gradients;                // [step, dim], of `out`
  float* query_gradients;                // [step, dim]
  float *key_gradients, *value_gradients;  // [source, dim]
};

// The same bytes with any number of threads. A workspace begins where a cache line does.
void attention(const Threads& threads, const AttentionSizes& sizes, const AttentionForward& job, void* workspace);
size_t attention_workspace(const Threads& threads, const AttentionSizes& sizes);  // bytes

void attention_gradient(const Threads& threads, const AttentionSizes& sizes, const AttentionBackward& job, void* workspace);
size_t attention_gradient_workspace(const Threads& threads, const AttentionSizes& sizes);  // bytes

}  // namespace footlight
