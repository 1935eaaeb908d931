// The rules of the optimizers.

#if defined(FOOTLIGHT_OPTIMIZER_RULES_INL_H) == defined(FOOTLIGHT_TARGET_TOGGLE)
#ifdef FOOTLIGHT_OPTIMIZER_RULES_INL_H
#undef FOOTLIGHT_OPTIMIZER_RULES_INL_H
#else
#define FOOTLIGHT_OPTIMIZER_RULES_INL_H
#endif

#include "kernels/bilinear.h"
#include "simd/vector-inl.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

#if defined(__wasm__)
// Copies: for all that a compiler knows, what is written to a table might change the numbers of a job, and 16 registers load them again at each vector.
struct RuleNumbers {
  float beta1, beta2, epsilon, l2, momentum, one_minus_beta1, one_minus_beta2;
  const BilinearFactors* factors;
};
FOOTLIGHT_INLINE RuleNumbers numbers_of(const BilinearJob& job) {
  return {job.beta1, job.beta2, job.epsilon, job.l2, job.momentum, job.one_minus_beta1, job.one_minus_beta2, job.factors};
}
typedef const BilinearTable NearTable;
#else
typedef BilinearJob RuleNumbers;
FOOTLIGHT_INLINE const BilinearJob& numbers_of(const BilinearJob& job) { return job; }
typedef const BilinearTable& NearTable;
#endif

// One step of a rule on entries with gradient g; the mathematics of engine's optimizers.
template <BilinearRule rule, class T>
FOOTLIGHT_INLINE void apply(const RuleNumbers& job, const BilinearFactors& at, T& w, T& a, T& b, T g) {
  if (rule == BilinearRule::adam) w = w * at.shrinkage;
  g = g + w * job.l2;
  if (rule == BilinearRule::sgd) w = w - g * at.rate;
  if (rule == BilinearRule::momentum) {
    a = a * job.momentum + g;
    w = w - a * at.rate;
  }
  if (rule == BilinearRule::adagrad) {
    a = a + g * g;
    w = w - g * at.rate / (sqrt(a) + job.epsilon);
  }
  if (rule == BilinearRule::adam) {
    a = a * job.beta1 + g * job.one_minus_beta1;
    b = b * job.beta2 + g * g * job.one_minus_beta2;
    w = w - a * at.size / (sqrt(b) * at.correction + job.epsilon);
  }
}

template <BilinearRule rule>
constexpr int slots_of() {
  return rule == BilinearRule::sgd ? 0 : rule == BilinearRule::adam ? 2 : 1;
}

// Steps [from, to] of the rule on entries at `at`, the last of them with gradient g if there is one, the others without: all in registers.
template <BilinearRule rule, class T>
FOOTLIGHT_INLINE void steps_on(const RuleNumbers& job, const BilinearTable& table, int64_t at, const float* g, int32_t from, int32_t to) {
  T w = load<T>(table.weights + at), a{}, b{};
  if (slots_of<rule>() > 0) a = load<T>(table.slots[0] + at);
  if (slots_of<rule>() > 1) b = load<T>(table.slots[1] + at);
  const int32_t idle = g ? to - 1 : to;
  for (int32_t step = from; step <= idle; step++) apply<rule, T>(job, job.factors[step], w, a, b, T{});
  if (g) apply<rule, T>(job, job.factors[to], w, a, b, load<T>(g));
  store(table.weights + at, w);
  if (slots_of<rule>() > 0) store(table.slots[0] + at, a);
  if (slots_of<rule>() > 1) store(table.slots[1] + at, b);
}

template <BilinearRule rule>
FOOTLIGHT_INLINE void steps_on_row(const BilinearJob& job, const BilinearTable& far_table, int64_t at, int64_t n, const float* g, int32_t from, int32_t to) {
  const RuleNumbers& numbers = numbers_of(job);
  NearTable table = far_table;
  int64_t d = 0;
  for (; d + LANES <= n; d += LANES) steps_on<rule, Lanes>(numbers, table, at + d, g ? g + d : nullptr, from, to);
  for (; d < n; d++) steps_on<rule, float>(numbers, table, at + d, g ? g + d : nullptr, from, to);
}

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace
}  // namespace footlight

#endif
