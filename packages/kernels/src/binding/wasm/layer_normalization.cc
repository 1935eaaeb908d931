#include "kernels/layer_normalization.h"

#include "binding/wasm/workspace.h"

namespace footlight {

FOOTLIGHT_EXPORT(layerNormalization)
void footlight_layer_normalization(const float* x, const float* weight, double rows, double dim, double epsilon, const float* bias, float* out,
                                   float* statistics) {
  layer_normalization(threads(), {whole(rows), whole(dim), epsilon, x, weight}, bias, out, statistics);
}

FOOTLIGHT_EXPORT(layerNormalizationGradient)
double footlight_layer_normalization_gradient(const float* x, const float* weight, double rows, double dim, double epsilon, const float* statistics,
                                              const float* gradients, float* out_x, float* out_weight, float* out_bias) {
  const LayerNormalization job{whole(rows), whole(dim), epsilon, x, weight};
  void* const workspace = reserve<uint8_t>(static_cast<int64_t>(layer_normalization_gradient_workspace(job)));
  if (!workspace) return short_of_memory;
  layer_normalization_gradient(threads(), job, statistics, gradients, {out_x, out_weight, out_bias}, workspace);
  return 0;
}

}  // namespace footlight
