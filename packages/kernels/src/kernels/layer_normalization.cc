#include "kernels/layer_normalization.h"

#include "kernels/arithmetic.h"
#include "kernels/parts.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/layer_normalization.cc"
#include "simd/foreach_target.h"
#include "simd/vector-inl.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

// Σ x
FOOTLIGHT_INLINE float sum(const float* x, int64_t n) {
  Lanes sums = {};
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES) sums += load<Lanes>(x + i);
  float total = sum_lanes(sums);
  for (; i < n; i++) total += x[i];
  return total;
}

// Σ (x − mean)²
FOOTLIGHT_INLINE float sum_squares(const float* x, float mean, int64_t n) {
  Lanes sums = {};
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    const Lanes centered = load<Lanes>(x + i) - mean;
    sums += centered * centered;
  }
  float total = sum_lanes(sums);
  for (; i < n; i++) total += (x[i] - mean) * (x[i] - mean);
  return total;
}

FOOTLIGHT_TARGET void normalize_row(const float* x, const float* weight, const float* bias, float epsilon, int64_t dim, float* out, float* statistics) {
  const float mean = sum(x, dim) / (float)dim;
  const float factor = 1.0f / sqrt(sum_squares(x, mean, dim) / (float)dim + epsilon);
  int64_t i = 0;
  for (; i + LANES <= dim; i += LANES)
    store(out + i, (load<Lanes>(x + i) - mean) * factor * load<Lanes>(weight + i) + load<Lanes>(bias + i));
  for (; i < dim; i++) out[i] = (x[i] - mean) * factor * weight[i] + bias[i];
  if (!statistics) return;
  statistics[0] = mean;
  statistics[1] = factor;
}

// `weight_sums` and `bias_sums` [dim] are added to.
FOOTLIGHT_TARGET void differentiate_row(const float* x, const float* weight, const float* statistics, const float* gradients, int64_t dim, float* out,
                                        float* weight_sums, float* bias_sums) {
  const float mean = statistics[0], factor = statistics[1];
  Lanes sums = {}, products = {};
  int64_t i = 0;
  for (; i + LANES <= dim; i += LANES) {
    const Lanes gradient = load<Lanes>(gradients + i), normal = (load<Lanes>(x + i) - mean) * factor, own = gradient * load<Lanes>(weight + i);
    sums += own;
    products += own * normal;
    store(weight_sums + i, load<Lanes>(weight_sums + i) + gradient * normal);
    store(bias_sums + i, load<Lanes>(bias_sums + i) + gradient);
  }
  float sum = sum_lanes(sums), product = sum_lanes(products);
  for (; i < dim; i++) {
    const float normal = (x[i] - mean) * factor;
    sum += gradients[i] * weight[i];
    product += gradients[i] * weight[i] * normal;
    weight_sums[i] += gradients[i] * normal;
    bias_sums[i] += gradients[i];
  }
  sum /= (float)dim;
  product /= (float)dim;
  i = 0;
  for (; i + LANES <= dim; i += LANES) {
    const Lanes normal = (load<Lanes>(x + i) - mean) * factor;
    store(out + i, (load<Lanes>(gradients + i) * load<Lanes>(weight + i) - sum - normal * product) * factor);
  }
  for (; i < dim; i++) out[i] = (gradients[i] * weight[i] - sum - (x[i] - mean) * factor * product) * factor;
}

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
namespace {

constexpr int64_t block_rows = 128;  // rows whose weight gradients are added up one after the other

int64_t count_blocks(const LayerNormalization& job) { return divide_up(job.rows, block_rows); }
int64_t grain_of_rows(const LayerNormalization& job) { return grain_of_entries(1 << 14, job.dim); }

}  // namespace

void layer_normalization(const Threads& threads, const LayerNormalization& job, const float* bias, float* out, float* statistics) {
  const auto normalize_row = FOOTLIGHT_DISPATCH(normalize_row);
  parallel(threads, job.rows, grain_of_rows(job), [&](int64_t begin, int64_t end, int) {
    for (int64_t row = begin; row < end; row++)
      normalize_row(job.x + row * job.dim, job.weight, bias, static_cast<float>(job.epsilon), job.dim, out + row * job.dim,
                    statistics ? statistics + 2 * row : nullptr);
  });
}

void layer_normalization_gradient(const Threads& threads, const LayerNormalization& job, const float* statistics, const float* gradients,
                                  const LayerNormalizationGradients& out, void* workspace) {
  const auto differentiate_row = FOOTLIGHT_DISPATCH(differentiate_row);
  const int64_t dim = job.dim, blocks = count_blocks(job);
  float* const sums = static_cast<float*>(workspace);  // [block, 2, dim]
  parallel(threads, blocks, divide_up(grain_of_rows(job), block_rows), [&](int64_t begin, int64_t end, int) {
    for (int64_t block = begin; block < end; block++) {
      float *const weight_sums = sums + 2 * block * dim, *const bias_sums = weight_sums + dim;
      for (int64_t i = 0; i < 2 * dim; i++) weight_sums[i] = 0.0f;
      for (int64_t row = block * block_rows; row < min(job.rows, (block + 1) * block_rows); row++)
        differentiate_row(job.x + row * dim, job.weight, statistics + 2 * row, gradients + row * dim, dim, out.x + row * dim, weight_sums, bias_sums);
    }
  });
  for (int64_t i = 0; i < dim; i++) out.weight[i] = out.bias[i] = 0.0f;
  for (int64_t block = 0; block < blocks; block++)
    for (int64_t i = 0; i < dim; i++) {
      out.weight[i] += sums[2 * block * dim + i];
      out.bias[i] += sums[(2 * block + 1) * dim + i];
    }
}

size_t layer_normalization_gradient_workspace(const LayerNormalization& job) {
  Parts parts;
  parts.take<float>(2 * count_blocks(job) * job.dim);
  return parts.used();
}
#endif

}  // namespace footlight
