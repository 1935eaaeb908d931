#pragma once

// What is computed entry by entry: a name for JavaScript and the expression in x (and y, or the parameters p and q). The order is the code of each.
// Not-a-number goes through, as in JavaScript's Math; but its sign is 0, as in tfjs.

#define FOOTLIGHT_UNARY(X)                                       \
  X(abs, __builtin_fabsf(x))                                     \
  X(neg, -x)                                                     \
  X(square, x * x)                                               \
  X(reciprocal, 1.0f / x)                                        \
  X(relu, x < 0.0f ? 0.0f : x)                                   \
  X(relu6, x < 0.0f ? 0.0f : x > 6.0f ? 6.0f : x)                \
  X(leakyRelu, x < 0.0f ? p * x : x)                             \
  X(step, x > 0.0f ? 1.0f : x != x ? x : p)                      \
  X(clip, x > q ? q : x < p ? p : x)                             \
  X(sign, x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : 0.0f)             \
  X(sqrt, __builtin_sqrtf(x))                                    \
  X(rsqrt, 1.0f / __builtin_sqrtf(x))                            \
  X(exp, exponential(x))                                         \
  X(expm1, exponential_less_1(x))                                \
  X(log, logarithm(x))                                           \
  X(log1p, logarithm_of_1_and(x))                                \
  X(sigmoid, 1.0f / (1.0f + exponential(-x)))                    \
  X(tanh, hyperbolic_tangent(x))                                 \
  X(softplus, softened(x))                                       \
  X(elu, x >= 0.0f ? x : exponential_less_1(x))                  \
  X(scale, p * x)                                                \
  X(floor, floorf(x))                                            \
  X(ceil, ceilf(x))                                              \
  X(round, rintf(x))                                             \
  X(sin, sinf(x))                                                \
  X(cos, cosf(x))

#define FOOTLIGHT_BINARY(X)                         \
  X(add, x + y)                                     \
  X(sub, x - y)                                     \
  X(multiply, x * y)                                \
  X(realDiv, x / y)                                 \
  X(maximum, x > y || x != x ? x : y)               \
  X(minimum, x < y || x != x ? x : y)               \
  X(squaredDifference, (x - y) * (x - y))           \
  X(prelu, x < 0.0f ? y * x : x)                    \
  X(eluGrad, y >= 0.0f ? x : x * (y + 1.0f))        \
  X(pow, power(x, y))

#define FOOTLIGHT_COMPARE(X)   \
  X(equal, x == y)             \
  X(notEqual, x != y)          \
  X(less, x < y)               \
  X(lessEqual, x <= y)         \
  X(greater, x > y)            \
  X(greaterEqual, x >= y)      \
  X(logicalAnd, x != 0 && y != 0) \
  X(logicalOr, x != 0 || y != 0)
