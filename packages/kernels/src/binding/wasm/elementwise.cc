#include "kernels/elementwise.h"

#include "binding/wasm/workspace.h"
#include "binding/wasm/strides.h"

namespace footlight {

FOOTLIGHT_EXPORT(unary) void footlight_unary(double code, const float* x, float* out, double alpha, double beta, double length) {
  parallel(threads(), whole(length), elementwise_grain, [&](int64_t begin, int64_t end, int) {
    unary(whole(code), x, out, begin, end, static_cast<float>(alpha), static_cast<float>(beta));
  });
}

// Without packed strides, the first and the second stride are those of the only axis: 0 repeats one number.
static Strides read_pair(double count, const int32_t* packed, double rank, double first, double second) {
  return packed ? read_strides(packed, rank) : Strides::flat(whole(count), whole(first), whole(second));
}

FOOTLIGHT_EXPORT(binary)
void footlight_binary(double code, const float* a, const float* b, float* out, const int32_t* packed, double count, double rank, double first, double second) {
  const Strides strides = read_pair(count, packed, rank, first, second);
  parallel(threads(), whole(count), elementwise_grain,
           [&](int64_t begin, int64_t end, int) { binary(whole(code), a, b, out, strides, begin, end); });
}

template <class T>
static void compare_entries(double code, const void* a, const void* b, uint8_t* out, const Strides& strides) {
  parallel(threads(), strides.count, elementwise_grain, [&](int64_t begin, int64_t end, int) {
    compare(whole(code), static_cast<const T*>(a), static_cast<const T*>(b), out, strides, begin, end);
  });
}

// `type` is 0 for floats, 1 for ints, 2 for bytes.
FOOTLIGHT_EXPORT(compare)
void footlight_compare(double code, const void* a, const void* b, uint8_t* out, const int32_t* packed, double count, double rank, double first, double second,
                       double type) {
  if (count == 0) return;
  const Strides strides = read_pair(count, packed, rank, first, second);
  if (type == 2) compare_entries<uint8_t>(code, a, b, out, strides);
  else if (type == 1) compare_entries<int32_t>(code, a, b, out, strides);
  else compare_entries<float>(code, a, b, out, strides);
}

FOOTLIGHT_EXPORT(select) void footlight_select(const uint8_t* condition, const float* a, const float* b, float* out, double length) {
  parallel(threads(), whole(length), elementwise_grain, [&](int64_t begin, int64_t end, int) { select(condition, a, b, out, begin, end); });
}

// Names of the operations, separated by spaces: the length in bytes, and the text in the memory of the module.
template <size_t count>
static const char* join(const char* const (&names)[count], char* text) {
  char* to = text;
  for (const char* name : names) {
    if (to != text) *to++ = ' ';
    while (*name) *to++ = *name++;
  }
  *to = 0;
  return text;
}

// `kind` is 0 for unary, 1 for binary, 2 for compare.
FOOTLIGHT_EXPORT(elementwiseNames) const char* footlight_elementwise_names(int32_t kind) {
  static char text[1024];
  return kind == 0 ? join(unary_names, text) : kind == 1 ? join(binary_names, text) : join(compare_names, text);
}

}  // namespace footlight
