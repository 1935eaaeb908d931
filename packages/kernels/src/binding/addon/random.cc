#include "kernels/random.h"

#include <cstring>
#include <memory>

#include "binding/addon/arguments.h"
#include "binding/addon/registration.h"
#include "threading/thread_pool.h"

namespace footlight {
namespace {

// Reads the state of the generator from an argument, hands it to `draw` and writes it back.
template <class Draw>
void with_state(const Arguments& arguments, size_t at, const Draw& draw) {
  int32_t* state = arguments.out_ints(at, "state", 4);
  Sfc32 generator;
  std::memcpy(&generator, state, sizeof(generator));
  draw(generator);
  std::memcpy(state, &generator, sizeof(generator));
}

// fillUniform(out, state, low, high)
Napi::Value uniform(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "fillUniform");
  const int64_t length = arguments.length(0);
  float* out = arguments.out_floats(0, "out", length);
  const double low = arguments.number(2, "low"), width = arguments.number(3, "high") - low;
  with_state(arguments, 1, [&](Sfc32& generator) { fill_uniform(out, length, generator, low, width); });
  return info.Env().Undefined();
}

// fillNormal(out, state, mean, deviation)
Napi::Value normal(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "fillNormal");
  const int64_t length = arguments.length(0);
  float* out = arguments.out_floats(0, "out", length);
  const double mean = arguments.number(2, "mean"), deviation = arguments.number(3, "deviation");
  const std::unique_ptr<NormalWorkspace> workspace(new NormalWorkspace);  // with anything in it
  with_state(arguments, 1, [&](Sfc32& generator) { fill_normal(threads(), out, length, generator, mean, deviation, *workspace); });
  return info.Env().Undefined();
}

// fillMask(out, state, rate)
Napi::Value mask(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "fillMask");
  const int64_t length = arguments.length(0);
  float* out = arguments.out_floats(0, "out", length);
  const double rate = arguments.number(2, "rate");
  with_state(arguments, 1, [&](Sfc32& generator) { fill_mask(out, length, generator, rate); });
  return info.Env().Undefined();
}

const Registration registrations[] = {{"fillUniform", uniform}, {"fillNormal", normal}, {"fillMask", mask}};

}  // namespace
}  // namespace footlight
