#pragma once

#include <cstdint>

namespace footlight {

// What happens to C once its sums are complete, while it still is in the cache.
struct Epilogue {
  const float* bias = nullptr;                             // [n], added to each row
  void (*activation)(float* values, int64_t n) = nullptr;  // in place, on a stretch of a row
};

// C [m, n] = op(A) [m, k] · op(B) [k, n] + beta · C, row-major; lda, ldb and ldc are the row lengths of the arrays as stored; beta is 0 or 1.
// Shares the work over the pool. The order of each sum depends on k and n alone: the same bytes with any number of threads, and for each row
// whatever the others are.
void sgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb, float beta,
           float* c, int64_t ldc);
void sgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb, float beta,
           float* c, int64_t ldc, const Epilogue& epilogue);

// The same with A and B rounded to bf16, products added up in fp32.
void bgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb, float beta,
           float* c, int64_t ldc);
void bgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb, float beta,
           float* c, int64_t ldc, const Epilogue& epilogue);

}  // namespace footlight
