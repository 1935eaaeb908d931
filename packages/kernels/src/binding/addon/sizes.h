#pragma once

#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>

namespace footlight {

// Sizes, strides and positions whose product or sum 64 bits do not hold. The boundary to JavaScript makes a RangeError of it.
struct TooLarge : std::length_error {
  TooLarge(int64_t a, const char* sign, int64_t b)
      : std::length_error("expected sizes of memory that exists, received " + std::to_string(a) + sign + std::to_string(b) + " numbers") {}
};

inline int64_t multiply(int64_t a, int64_t b) {
#if defined(__GNUC__) || defined(__clang__)
  int64_t product;
  if (__builtin_mul_overflow(a, b, &product)) throw TooLarge(a, " × ", b);
  return product;
#else
  const auto magnitude = [](int64_t x) { return x < 0 ? ~static_cast<uint64_t>(x) + 1 : static_cast<uint64_t>(x); };
  if (b != 0 && magnitude(a) > static_cast<uint64_t>(INT64_MAX) / magnitude(b)) throw TooLarge(a, " × ", b);
  return a * b;
#endif
}

inline int64_t add(int64_t a, int64_t b) {
  if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b) throw TooLarge(a, " + ", b);
  return a + b;
}

// Numbers in an array with these axes; 0 if one of them is 0, however long the others are.
inline int64_t product(std::initializer_list<int64_t> sizes) {
  for (const int64_t size : sizes)
    if (size == 0) return 0;
  int64_t count = 1;
  for (const int64_t size : sizes) count = multiply(count, size);
  return count;
}

}  // namespace footlight
