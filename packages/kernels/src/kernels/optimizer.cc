// The optimizers' rules on stretches of a parameter.

#include "kernels/optimizer.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/optimizer.cc"
#include "simd/foreach_target.h"
#include "kernels/optimizer_rules-inl.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

FOOTLIGHT_TARGET void update_stretch(const BilinearJob& job, const BilinearTable& table, int64_t at, int64_t n, const float* g) {
  switch (job.rule) {
    case BilinearRule::sgd: steps_on_row<BilinearRule::sgd>(job, table, at, n, g, job.step, job.step); break;
    case BilinearRule::momentum: steps_on_row<BilinearRule::momentum>(job, table, at, n, g, job.step, job.step); break;
    case BilinearRule::adagrad: steps_on_row<BilinearRule::adagrad>(job, table, at, n, g, job.step, job.step); break;
    case BilinearRule::adam: steps_on_row<BilinearRule::adam>(job, table, at, n, g, job.step, job.step); break;
  }
}

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
UpdateEntries update_entries() { return FOOTLIGHT_DISPATCH(update_stretch); }
#endif

}  // namespace footlight
