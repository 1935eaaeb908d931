#include "kernels/random.h"

#include "binding/wasm/workspace.h"

namespace footlight {
namespace {

// Hands the state of the generator to `draw` and writes it back.
template <class Draw>
void with_state(int32_t* state, const Draw& draw) {
  Sfc32 generator;
  __builtin_memcpy(&generator, state, sizeof(generator));
  draw(generator);
  __builtin_memcpy(state, &generator, sizeof(generator));
}

}  // namespace

FOOTLIGHT_EXPORT(fillUniform) void footlight_fill_uniform(float* out, int32_t* state, double low, double high, double length) {
  with_state(state, [&](Sfc32& generator) { fill_uniform(out, whole(length), generator, low, high - low); });
}

FOOTLIGHT_EXPORT(fillNormal) double footlight_fill_normal(float* out, int32_t* state, double mean, double deviation, double length) {
  NormalWorkspace* const workspace = reserve<NormalWorkspace>(1);
  if (!workspace) return short_of_memory;
  with_state(state, [&](Sfc32& generator) { fill_normal(threads(), out, whole(length), generator, mean, deviation, *workspace); });
  return 0;
}

FOOTLIGHT_EXPORT(fillMask) void footlight_fill_mask(float* out, int32_t* state, double rate, double length) {
  with_state(state, [&](Sfc32& generator) { fill_mask(out, whole(length), generator, rate); });
}

}  // namespace footlight
