#pragma once

#include <cstdint>

namespace footlight {

// A part of op(A) or op(B) as it lies in memory: entry (line, step) stands at from[line · line_stride + step · step_stride]; lines are rows of op(A) or
// columns of op(B), steps run over k.
struct GemmSource {
  const float* from;
  int64_t line_stride, step_stride;
};

// The inner loops for one instruction set. Panels hold `height` lines side by side, step by step; lines beyond the last are zero. With bf16 two steps are
// packed into one 32-bit word.
struct GemmTiles {
  int64_t a_height, b_height;
  int64_t steps_per_word;
  void (*pack_a)(const GemmSource& source, int64_t lines, int64_t steps, float* panel);
  void (*pack_b)(const GemmSource& source, int64_t lines, int64_t steps, float* panel);
  // rows ≤ a_height, columns ≤ b_height: C = A · B, or C += A · B.
  void (*multiply)(int64_t words, const float* a, const float* b, bool add, float* c, int64_t ldc, int64_t rows, int64_t columns);
};

const GemmTiles& gemm_tiles();
const GemmTiles* gemm_tiles_bf16();  // nullptr if this processor has no products of bf16

}  // namespace footlight
