#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <memory>

#include "binding/addon/arguments.h"
#include "threading/thread_pool.h"
#include "binding/addon/registration.h"

// Every number is the one that JavaScript computes. So no product may be added to with a single rounding, as compilers like to where processors can.
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#elif defined(__GNUC__)
#pragma GCC optimize("fp-contract=off")
#elif defined(_MSC_VER)
#pragma fp_contract(off)
#endif

namespace footlight {
namespace {

// core's generator, in the order of its state.
struct Sfc32 {
  uint32_t a, b, c, counter;

  uint32_t bits() {
    const uint32_t sum = a + b + counter++;
    a = b ^ (b >> 9);
    b = c + (c << 3);
    c = ((c << 21) | (c >> 11)) + sum;
    return sum;
  }
  double next() { return bits() * 0x1p-32; }
};

double double_of(uint64_t bits) {
  double x;
  std::memcpy(&x, &bits, sizeof(x));
  return x;
}

uint64_t bits_of(double x) {
  uint64_t bits;
  std::memcpy(&bits, &x, sizeof(bits));
  return bits;
}

// fdlibm's logarithm, which is that of V8 to the last bit, of numbers above 0 that are finite and not denormal. C libraries have others.
double logarithm(double x) {
  const uint64_t bits = bits_of(x), mantissa = (bits >> 32) & 0xfffff;  // its upper 20 bits
  const uint64_t above = (mantissa + 0x95f64) & 0x100000;               // whether it is above √2
  const double f = double_of((bits & 0xfffffffffffff) | ((above << 32) ^ 0x3ff0000000000000)) - 1.0;
  const uint64_t exponent = (bits >> 52) + (above >> 20);  // 1023 too many
  const double k = static_cast<double>(static_cast<int64_t>(exponent) - 1023);
  const double k_high = k * 6.93147180369123816490e-01, k_low = k * 1.90821492927058770002e-10;

  const double s = f / (2.0 + f), z = s * s, w = z * z;
  const double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double odd =
      z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const double rest = odd + even, half = 0.5 * f * f;

  if (((mantissa + 2) & 0xfffff) < 3) return k_high - ((f * f * (0.5 - 0.33333333333333333 * f) - k_low) - f);
  if (mantissa - 0x6147a <= 0x6b851 - 0x6147a) return k_high - ((half - (s * (half + rest) + k_low)) - f);
  return k_high - ((s * (f - rest) - k_low) - f);
}

constexpr int64_t pairs_at_once = 1 << 14;  // few enough for the cache, enough for threads to share
constexpr int64_t grain = 1 << 11;

// Points within the unit circle, by Marsaglia's polar method, and their squared distance from its centre.
struct Pairs {
  double x[pairs_at_once], y[pairs_at_once], square[pairs_at_once];

  // Every point is written, and the next one over it unless it was within: half of all branches would be guessed wrong.
  void draw(Sfc32& rng, int64_t count) {
    Sfc32 local = rng;
    for (int64_t at = 0; at < count;) {
      x[at] = 2 * local.next() - 1;
      y[at] = 2 * local.next() - 1;
      square[at] = x[at] * x[at] + y[at] * y[at];
      at += (square[at] < 1) & (square[at] != 0);
    }
    rng = local;
  }

  // `square` becomes what makes the points normally distributed.
  void scale(int64_t begin, int64_t end) {
    for (int64_t at = begin; at < end; at++) square[at] = std::sqrt(-2 * logarithm(square[at]) / square[at]);
  }
};

void fill_normal(float* out, int64_t length, Sfc32& rng, double mean, double deviation) {
  const std::unique_ptr<Pairs> room(new Pairs);  // with anything in it
  Pairs& pairs = *room;
  for (int64_t from = 0; from < length; from += 2 * pairs_at_once) {
    const int64_t left = std::min(length - from, 2 * pairs_at_once), count = (left + 1) / 2;
    pairs.draw(rng, count);
    parallel(count, grain, [&](int64_t begin, int64_t end, int) {
      pairs.scale(begin, end);
      float* to = out + from;
      for (int64_t at = begin; at < end; at++) {
        to[2 * at] = static_cast<float>(mean + deviation * (pairs.x[at] * pairs.square[at]));
        if (2 * at + 1 < left) to[2 * at + 1] = static_cast<float>(mean + deviation * (pairs.y[at] * pairs.square[at]));
      }
    });
  }
}

// Takes the state of the generator from an argument, hands it to `draw` and puts back what it has become.
template <class Draw>
void with_state(const Arguments& arguments, size_t at, const Draw& draw) {
  int32_t* state = arguments.out_ints(at, "state", 4);
  Sfc32 rng;
  std::memcpy(&rng, state, sizeof(rng));
  draw(rng);
  std::memcpy(state, &rng, sizeof(rng));
}

// fillUniform(out, state, low, high)
Napi::Value fill_uniform_with(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "fillUniform");
  const int64_t length = arguments.length(0);
  float* out = arguments.out_floats(0, "out", length);
  const double low = arguments.number(2, "low"), width = arguments.number(3, "high") - low;
  with_state(arguments, 1, [&](Sfc32& rng) {
    for (int64_t at = 0; at < length; at++) out[at] = static_cast<float>(low + width * rng.next());
  });
  return info.Env().Undefined();
}

// fillNormal(out, state, mean, deviation)
Napi::Value fill_normal_with(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "fillNormal");
  const int64_t length = arguments.length(0);
  float* out = arguments.out_floats(0, "out", length);
  const double mean = arguments.number(2, "mean"), deviation = arguments.number(3, "deviation");
  with_state(arguments, 1, [&](Sfc32& rng) { fill_normal(out, length, rng, mean, deviation); });
  return info.Env().Undefined();
}

// fillMask(out, state, rate): 0 with probability `rate`, else 1 / (1 − rate)
Napi::Value fill_mask_with(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "fillMask");
  const int64_t length = arguments.length(0);
  float* out = arguments.out_floats(0, "out", length);
  const double rate = arguments.number(2, "rate");
  const float values[] = {static_cast<float>(1 / (1 - rate)), 0.0f};  // a branch would often be guessed wrong
  with_state(arguments, 1, [&](Sfc32& rng) {
    for (int64_t at = 0; at < length; at++) out[at] = values[rng.next() < rate];
  });
  return info.Env().Undefined();
}

const Registration uniform("fillUniform", fill_uniform_with);
const Registration normal("fillNormal", fill_normal_with);
const Registration mask("fillMask", fill_mask_with);

}  // namespace
}  // namespace footlight
