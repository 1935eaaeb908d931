// Every number is the one that JavaScript computes. So no product may be added to with a single rounding, as compilers like to where processors can.
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#elif defined(__GNUC__)
#pragma GCC optimize("fp-contract=off")
#elif defined(_MSC_VER)
#pragma fp_contract(off)
#include <math.h>
#include <string.h>
#define __builtin_memcpy memcpy
#define __builtin_sqrt sqrt
#endif

#include "kernels/random.h"

#include "kernels/arithmetic.h"

namespace footlight {
namespace {

double to_double(uint64_t bits) {
  double x;
  __builtin_memcpy(&x, &bits, sizeof(x));
  return x;
}

uint64_t to_bits(double x) {
  uint64_t bits;
  __builtin_memcpy(&bits, &x, sizeof(bits));
  return bits;
}

// fdlibm's logarithm, which is that of V8 to the last bit, of numbers above 0 that are finite and not denormal. C libraries have others.
double logarithm(double x) {
  const uint64_t bits = to_bits(x), mantissa = (bits >> 32) & 0xfffff;  // its upper 20 bits
  const uint64_t above = (mantissa + 0x95f64) & 0x100000;               // whether it is above √2
  const double f = to_double((bits & 0xfffffffffffff) | ((above << 32) ^ 0x3ff0000000000000)) - 1.0;
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

constexpr int64_t grain = 1 << 11;

// Every point is written, and the next one over it unless it was within: half of all branches would be mispredicted.
void draw_points(Sfc32& generator, NormalWorkspace& points, int64_t count) {
  auto& [x, y, square] = points;
  Sfc32 local = generator;
  for (int64_t at = 0; at < count;) {
    x[at] = 2 * local.next() - 1;
    y[at] = 2 * local.next() - 1;
    square[at] = x[at] * x[at] + y[at] * y[at];
    at += (square[at] < 1) & (square[at] != 0);
  }
  generator = local;
}

}  // namespace

void fill_uniform(float* out, int64_t length, Sfc32& generator, double low, double width) {
  for (int64_t at = 0; at < length; at++) out[at] = static_cast<float>(low + width * generator.next());
}

void fill_normal(const Threads& threads, float* out, int64_t length, Sfc32& generator, double mean, double deviation, NormalWorkspace& workspace) {
  constexpr int64_t pairs = NormalWorkspace::pairs;
  double *const x = workspace.x, *const y = workspace.y, *const square = workspace.square;
  for (int64_t from = 0; from < length; from += 2 * pairs) {
    const int64_t left = min(length - from, 2 * pairs), count = (left + 1) / 2;
    draw_points(generator, workspace, count);
    parallel(threads, count, grain, [&](int64_t begin, int64_t end, int) {
      for (int64_t at = begin; at < end; at++) square[at] = __builtin_sqrt(-2 * logarithm(square[at]) / square[at]);
      float* to = out + from;
      for (int64_t at = begin; at < end; at++) {
        to[2 * at] = static_cast<float>(mean + deviation * (x[at] * square[at]));
        if (2 * at + 1 < left) to[2 * at + 1] = static_cast<float>(mean + deviation * (y[at] * square[at]));
      }
    });
  }
}

void fill_mask(float* out, int64_t length, Sfc32& generator, double rate) {
  const float values[] = {static_cast<float>(1 / (1 - rate)), 0.0f};  // a branch would often be mispredicted
  for (int64_t at = 0; at < length; at++) out[at] = values[generator.next() < rate];
}

}  // namespace footlight
