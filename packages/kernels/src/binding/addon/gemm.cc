#include <algorithm>

#include "binding/addon/arguments.h"
#include "kernels/gemm.h"
#include "threading/thread_pool.h"
#include "binding/addon/registration.h"
#include "binding/addon/workspace.h"

namespace footlight {
namespace {

// Memory of the calling thread for packed blocks.
float* reserve(int64_t floats) {
  thread_local Workspace workspace;
  return workspace.reserve(floats);
}

void multiply_float(const Threads& threads, const Product& p) { sgemm(threads, p, reserve(sgemm_workspace(threads, p))); }
void multiply_bf16(const Threads& threads, const Product& p) { bgemm(threads, p, reserve(bgemm_workspace(threads, p))); }

using Multiply = void (*)(const Threads& threads, const Product& product);

Napi::Value multiply_matrices(const Napi::CallbackInfo& info, const char* name, Multiply multiply) {
  const Arguments given(info, name);
  const bool transpose_a = given.flag_if_given(0, "transposeA"), transpose_b = given.flag_if_given(1, "transposeB");
  const int64_t m = given.integer(2, "rows", 0), n = given.integer(3, "columns", 0), k = given.integer(4, "inner", 0);
  const float* a = given.floats(5, "a", product({m, k}));
  const float* b = given.floats(6, "b", product({k, n}));
  float* c = given.out_floats(7, "out", product({m, n}));
  const bool add = given.flag_if_given(8, "accumulate");
  Epilogue epilogue;
  epilogue.bias = given.floats_if_given(9, "bias", n);
  if (m == 0 || n == 0) return info.Env().Undefined();
  multiply(threads(), {transpose_a, transpose_b, m, n, k, a, transpose_a ? m : k, b, transpose_b ? k : n, add ? 1.0f : 0.0f, c, n, epilogue});
  return info.Env().Undefined();
}

// sgemm(transposeA?, transposeB?, rows, columns, inner, a, b, out, accumulate?, bias?)
Napi::Value multiply_floats(const Napi::CallbackInfo& info) { return multiply_matrices(info, "sgemm", multiply_float); }
Napi::Value multiply_rounded(const Napi::CallbackInfo& info) { return multiply_matrices(info, "bgemm", multiply_bf16); }

// batchedSgemm(transposeA?, transposeB?, batch, rows, columns, inner, a, strideA, b, strideB, out, accumulate?)
Napi::Value batched_sgemm(const Napi::CallbackInfo& info) {
  const Arguments given(info, "batchedSgemm");
  const bool transpose_a = given.flag_if_given(0, "transposeA"), transpose_b = given.flag_if_given(1, "transposeB");
  const int64_t batch = given.integer(2, "batch", 0), m = given.integer(3, "rows", 0);
  const int64_t n = given.integer(4, "columns", 0), k = given.integer(5, "inner", 0);
  const auto stride = [&](size_t at, const char* name, int64_t size) {
    const int64_t value = given.integer(at, name, 0);
    if (value != 0 && value != size) given.fail(name, "0 or " + std::to_string(size), std::to_string(value));
    return value;
  };
  const int64_t stride_a = stride(7, "strideA", product({m, k})), stride_b = stride(9, "strideB", product({k, n}));
  const float* a = given.floats(6, "a", product({stride_a == 0 ? 1 : batch, m, k}));
  const float* b = given.floats(8, "b", product({stride_b == 0 ? 1 : batch, k, n}));
  float* c = given.out_floats(10, "out", product({batch, m, n}));
  const float beta = given.flag_if_given(11, "accumulate") ? 1.0f : 0.0f;
  if (batch == 0 || m == 0 || n == 0) return info.Env().Undefined();
  const int64_t lda = transpose_a ? m : k, ldb = transpose_b ? k : n;
  if (stride_b == 0 && stride_a != 0 && !transpose_a) {
    multiply_float(threads(), {false, transpose_b, batch * m, n, k, a, lda, b, ldb, beta, c, n});
    return info.Env().Undefined();
  }
  const auto multiply_some = [&](const Threads& sharing, int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++)
      multiply_float(sharing, {transpose_a, transpose_b, m, n, k, a + i * stride_a, lda, b + i * stride_b, ldb, beta, c + i * m * n, n});
  };
  // Many small products are shared out whole.
  if (batch >= 4 * threads().count)
    parallel(batch, std::max<int64_t>(1, (1 << 18) / (m * n * k + 1)), [&](int64_t begin, int64_t end, int) { multiply_some(one_thread, begin, end); });
  else multiply_some(threads(), 0, batch);
  return info.Env().Undefined();
}

const Registration registrations[] = {{"sgemm", multiply_floats}, {"bgemm", multiply_rounded}, {"batchedSgemm", batched_sgemm}};

}  // namespace
}  // namespace footlight
