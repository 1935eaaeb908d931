#include "binding/wasm/export.h"
#include "binding/wasm/threads.h"
#include "kernels/gemm.h"

namespace footlight {
namespace {

Product describe(int transpose_a, int transpose_b, double m, double n, double k, const float* a, const float* b, float* c, int add, const float* bias) {
  const int64_t rows = (int64_t)m, columns = (int64_t)n, depth = (int64_t)k;
  return {transpose_a != 0, transpose_b != 0, rows, columns, depth, a, transpose_a ? rows : depth, b, transpose_b ? depth : columns, add ? 1.0f : 0.0f, c, columns, {bias, nullptr}};
}

}  // namespace

FOOTLIGHT_EXPORT(sgemm_workspace)
double sgemm_workspace_floats(int transpose_a, int transpose_b, double m, double n, double k) {
  return (double)sgemm_workspace(threads(), describe(transpose_a, transpose_b, m, n, k, nullptr, nullptr, nullptr, 0, nullptr));
}

FOOTLIGHT_EXPORT(sgemm)
void multiply(int transpose_a, int transpose_b, double m, double n, double k, const float* a, const float* b, float* c, int add, const float* bias, float* workspace) {
  sgemm(threads(), describe(transpose_a, transpose_b, m, n, k, a, b, c, add, bias), workspace);
}

}  // namespace footlight
