#pragma once

#include <stdint.h>

#include "threading/threads.h"

namespace footlight {

// What happens to C once its sums are complete, while it still is in the cache.
struct Epilogue {
  const float* bias = nullptr;                             // [n], added to each row
  void (*activation)(float* values, int64_t n) = nullptr;  // in place, on a part of a row
};

// C [m, n] = op(A) [m, k] · op(B) [k, n] + beta · C, row-major, as tfjs's matMul; lda, ldb and ldc are the row lengths of the arrays as stored; beta is 0 or 1.
struct Product {
  bool transpose_a, transpose_b;
  int64_t m, n, k;
  const float* a;
  int64_t lda;
  const float* b;
  int64_t ldb;
  float beta;
  float* c;
  int64_t ldc;
  Epilogue epilogue = {};
};

// The order of each sum depends on k and n alone: the same bytes with any number of threads, and for each row whatever the others are. The workspace begins where
// a cache line does.
void sgemm(const Threads& threads, const Product& product, float* workspace);
int64_t sgemm_workspace(const Threads& threads, const Product& product);  // floats

// The same with A and B rounded to bf16, products added up in fp32.
void bgemm(const Threads& threads, const Product& product, float* workspace);
int64_t bgemm_workspace(const Threads& threads, const Product& product);  // floats

}  // namespace footlight
