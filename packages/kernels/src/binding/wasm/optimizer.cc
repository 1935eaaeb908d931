#include "kernels/optimizer.h"

#include "binding/wasm/workspace.h"

namespace footlight {
namespace {

// What JavaScript computed of an optimizer, in the order of wasm-optimizer.js.
struct Optimizer {
  BilinearJob job{};
  BilinearFactors factors{};

  explicit Optimizer(const double* numbers) {
    job.rule = static_cast<BilinearRule>(static_cast<int>(numbers[0]));
    job.beta1 = static_cast<float>(numbers[1]);
    job.beta2 = static_cast<float>(numbers[2]);
    job.one_minus_beta1 = static_cast<float>(1 - numbers[1]);
    job.one_minus_beta2 = static_cast<float>(1 - numbers[2]);
    job.epsilon = static_cast<float>(numbers[3]);
    job.l2 = static_cast<float>(numbers[4]);
    job.momentum = static_cast<float>(numbers[5]);
    job.idle_rows_stay = job.l2 == 0 && (job.rule == BilinearRule::sgd || job.rule == BilinearRule::adagrad);
    factors = {static_cast<float>(numbers[6]), static_cast<float>(numbers[7]), static_cast<float>(numbers[8]), static_cast<float>(numbers[9])};
    job.factors = &factors;
  }
};

}  // namespace

FOOTLIGHT_EXPORT(optimizerDense)
void footlight_optimizer_dense(const double* numbers, float* weights, float* first, float* second, const float* gradient, double size) {
  const Optimizer optimizer(numbers);
  optimizer_dense(threads(), optimizer.job, {weights, {first, second}}, gradient, whole(size));
}

FOOTLIGHT_EXPORT(optimizerRows)
double footlight_optimizer_rows(const double* numbers, float* weights, float* first, float* second, const int32_t* ids, float* gradients, int32_t* scratch,
                                int32_t dense, double rows, double dim, double places) {
  const Optimizer optimizer(numbers);
  int32_t* const workspace = reserve<int32_t>(optimizer_rows_workspace(whole(places)));
  if (!workspace) return short_of_memory;
  optimizer_rows(threads(), optimizer.job, {weights, {first, second}}, {whole(rows), whole(dim), whole(places), ids, gradients},
                 dense && !optimizer.job.idle_rows_stay, scratch, workspace);
  return 0;
}

}  // namespace footlight
