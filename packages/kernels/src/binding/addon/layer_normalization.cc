#include "kernels/layer_normalization.h"

#include "binding/addon/arguments.h"
#include "binding/addon/registration.h"
#include "binding/addon/workspace.h"
#include "threading/thread_pool.h"

namespace footlight {
namespace {

LayerNormalization read_job(const Arguments& arguments) {
  LayerNormalization job{};
  job.rows = arguments.integer(2, "rows", 0);
  job.dim = arguments.integer(3, "dim", 1, 1 << 20);
  job.epsilon = arguments.number(4, "epsilon");
  job.x = arguments.floats(0, "x", product({job.rows, job.dim}));
  job.weight = arguments.floats(1, "weight", job.dim);
  return job;
}

// layerNormalization(x, weight, rows, dim, epsilon, bias, out, outStatistics)
Napi::Value normalize(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "layerNormalization");
  const LayerNormalization job = read_job(arguments);
  const float* bias = arguments.floats(5, "bias", job.dim);
  float* out = arguments.out_floats(6, "out", product({job.rows, job.dim}));
  float* statistics = arguments.out_floats_if_given(7, "outStatistics", product({job.rows, 2}));
  layer_normalization(threads(), job, bias, out, statistics);
  return info.Env().Undefined();
}

// layerNormalizationGradient(x, weight, rows, dim, epsilon, statistics, gradients, outXGradient, outWeightGradient, outBiasGradient)
Napi::Value differentiate(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "layerNormalizationGradient");
  const LayerNormalization job = read_job(arguments);
  const float* statistics = arguments.floats(5, "statistics", product({job.rows, 2}));
  const float* gradients = arguments.floats(6, "gradients", product({job.rows, job.dim}));
  LayerNormalizationGradients out{};
  out.x = arguments.out_floats(7, "outXGradient", product({job.rows, job.dim}));
  out.weight = arguments.out_floats(8, "outWeightGradient", job.dim);
  out.bias = arguments.out_floats(9, "outBiasGradient", job.dim);
  const std::unique_ptr<double[]> workspace = allocate_bytes(layer_normalization_gradient_workspace(job));
  layer_normalization_gradient(threads(), job, statistics, gradients, out, workspace.get());
  return info.Env().Undefined();
}

const Registration registrations[] = {{"layerNormalization", normalize}, {"layerNormalizationGradient", differentiate}};

}  // namespace
}  // namespace footlight
