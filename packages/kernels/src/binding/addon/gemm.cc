#include <algorithm>

#include "binding/addon/arguments.h"
#include "kernels/gemm.h"
#include "threading/thread_pool.h"
#include "binding/addon/registration.h"

namespace footlight {
namespace {

using Gemm = void (*)(bool, bool, int64_t, int64_t, int64_t, const float*, int64_t, const float*, int64_t, float, float*, int64_t, const Epilogue&);

Napi::Value multiply_matrices(const Napi::CallbackInfo& info, const char* name, Gemm gemm) {
  const Arguments given(info, name);
  const bool transpose_a = given.flag(0, "transposeA"), transpose_b = given.flag(1, "transposeB");
  const int64_t m = given.integer(2, "m", 0), n = given.integer(3, "n", 0), k = given.integer(4, "k", 0);
  const float* a = given.floats(5, "a", product({m, k}));
  const float* b = given.floats(6, "b", product({k, n}));
  float* c = given.out_floats(7, "outC", product({m, n}));
  const bool add = given.given(8) && given.flag(8, "add");
  Epilogue epilogue;
  epilogue.bias = given.floats_if_given(9, "bias", n);
  if (m == 0 || n == 0) return info.Env().Undefined();
  gemm(transpose_a, transpose_b, m, n, k, a, transpose_a ? m : k, b, transpose_b ? k : n, add ? 1.0f : 0.0f, c, n, epilogue);
  return info.Env().Undefined();
}

// sgemm(transposeA, transposeB, m, n, k, a, b, outC, add?, bias?)
Napi::Value sgemm_of(const Napi::CallbackInfo& info) { return multiply_matrices(info, "sgemm", sgemm); }
Napi::Value bgemm_of(const Napi::CallbackInfo& info) { return multiply_matrices(info, "bgemm", bgemm); }

// batchedSgemm(transposeA, transposeB, batch, m, n, k, a, strideA, b, strideB, outC, add?)
Napi::Value batched_sgemm(const Napi::CallbackInfo& info) {
  const Arguments given(info, "batchedSgemm");
  const bool transpose_a = given.flag(0, "transposeA"), transpose_b = given.flag(1, "transposeB");
  const int64_t batch = given.integer(2, "batch", 0), m = given.integer(3, "m", 0), n = given.integer(4, "n", 0), k = given.integer(5, "k", 0);
  const auto stride = [&](size_t at, const char* name, int64_t size) {
    const int64_t value = given.integer(at, name, 0);
    if (value != 0 && value != size) given.fail(name, "0 or " + std::to_string(size), std::to_string(value));
    return value;
  };
  const int64_t stride_a = stride(7, "strideA", product({m, k})), stride_b = stride(9, "strideB", product({k, n}));
  const float* a = given.floats(6, "a", product({stride_a == 0 ? 1 : batch, m, k}));
  const float* b = given.floats(8, "b", product({stride_b == 0 ? 1 : batch, k, n}));
  float* c = given.out_floats(10, "outC", product({batch, m, n}));
  const float beta = given.given(11) && given.flag(11, "add") ? 1.0f : 0.0f;
  if (batch == 0 || m == 0 || n == 0) return info.Env().Undefined();
  const int64_t lda = transpose_a ? m : k, ldb = transpose_b ? k : n;
  if (stride_b == 0 && stride_a != 0 && !transpose_a) {
    sgemm(false, transpose_b, batch * m, n, k, a, lda, b, ldb, beta, c, n);
    return info.Env().Undefined();
  }
  // Many small products are shared out whole; a product inside of `parallel` runs on the spot.
  const bool many = batch >= 4 * threads().count;
  const auto some = [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; i++)
      sgemm(transpose_a, transpose_b, m, n, k, a + i * stride_a, lda, b + i * stride_b, ldb, beta, c + i * m * n, n);
  };
  if (many) parallel(batch, std::max<int64_t>(1, (1 << 18) / (m * n * k + 1)), some);
  else some(0, batch, 0);
  return info.Env().Undefined();
}

const Registration registrations[] = {{"sgemm", sgemm_of}, {"bgemm", bgemm_of}, {"batchedSgemm", batched_sgemm}};

}  // namespace
}  // namespace footlight
