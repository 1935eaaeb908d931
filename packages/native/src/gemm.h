#pragma once

#include <cstdint>

namespace footlight {

// C [m, n] = op(A) [m, k] · op(B) [k, n] + beta · C, row-major; lda, ldb, ldc are the lengths of the rows as stored; beta is 0 or 1. Shares the work over
// the pool. The same bytes for the same number of threads; sums run over k in the same order whatever the threads.
void sgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb, float beta,
           float* c, int64_t ldc);

// The same with A and B rounded to bf16 (8 bits of precision), products added up in fp32.
void bgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, const float* a, int64_t lda, const float* b, int64_t ldb, float beta,
           float* c, int64_t ldc);

}  // namespace footlight
