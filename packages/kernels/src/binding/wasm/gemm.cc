#include "kernels/gemm.h"

#include "binding/wasm/workspace.h"
#include "kernels/arithmetic.h"

namespace footlight {
namespace {

using Multiply = void (*)(const Threads& threads, const Product& product, float* workspace);
using Workspace = int64_t (*)(const Threads& threads, const Product& product);

double multiply_matrices(Multiply multiply, Workspace workspace, const Product& product) {
  if (product.m == 0 || product.n == 0) return 0;
  float* const memory = reserve(workspace(threads(), product));
  if (!memory) return short_of_memory;
  multiply(threads(), product, memory);
  return 0;
}

Product read_product(int32_t transpose_a, int32_t transpose_b, double m, double n, double k, const float* a, const float* b, float* c, int32_t add,
                     const float* bias) {
  Product product{transpose_a != 0, transpose_b != 0, whole(m), whole(n), whole(k), a, 0, b, 0, add ? 1.0f : 0.0f, c, whole(n)};
  product.lda = product.transpose_a ? product.m : product.k;
  product.ldb = product.transpose_b ? product.k : product.n;
  product.epilogue.bias = bias;
  return product;
}

}  // namespace

FOOTLIGHT_EXPORT(sgemm)
double footlight_sgemm(int32_t transpose_a, int32_t transpose_b, double m, double n, double k, const float* a, const float* b, float* c, int32_t add,
                       const float* bias) {
  return multiply_matrices(sgemm, sgemm_workspace, read_product(transpose_a, transpose_b, m, n, k, a, b, c, add, bias));
}

FOOTLIGHT_EXPORT(bgemm)
double footlight_bgemm(int32_t transpose_a, int32_t transpose_b, double m, double n, double k, const float* a, const float* b, float* c, int32_t add,
                       const float* bias) {
  return multiply_matrices(bgemm, bgemm_workspace, read_product(transpose_a, transpose_b, m, n, k, a, b, c, add, bias));
}

FOOTLIGHT_EXPORT(batchedSgemm)
double footlight_batched_sgemm(int32_t transpose_a, int32_t transpose_b, double batch, double m, double n, double k, const float* a, double stride_a,
                               const float* b, double stride_b, float* c, int32_t add) {
  const int64_t count = whole(batch);
  Product product = read_product(transpose_a, transpose_b, m, n, k, a, b, c, add, nullptr);
  if (count == 0 || product.m == 0 || product.n == 0) return 0;
  if (stride_b == 0 && stride_a != 0 && !transpose_a) {
    product.m *= count;
    return multiply_matrices(sgemm, sgemm_workspace, product);
  }
  const auto multiply_some = [&](const Threads& sharing, int64_t begin, int64_t end, float* workspace) {
    for (int64_t i = begin; i < end; i++) {
      Product one = product;
      one.a += i * whole(stride_a);
      one.b += i * whole(stride_b);
      one.c += i * product.m * product.n;
      sgemm(sharing, one, workspace);
    }
  };
  // Many small products are shared out whole, each thread with a part of the workspace.
  const bool shared = count >= 4 * threads().count;
  const int64_t part = round_up(sgemm_workspace(shared ? one_thread : threads(), product), 16);
  float* const workspace = reserve(shared ? part * threads().count : part);
  if (!workspace) return short_of_memory;
  if (shared)
    parallel(threads(), count, max(1, (1 << 18) / (product.m * product.n * product.k + 1)),
             [&](int64_t begin, int64_t end, int piece) { multiply_some(one_thread, begin, end, workspace + piece * part); });
  else multiply_some(threads(), 0, count, workspace);
  return 0;
}

}  // namespace footlight
