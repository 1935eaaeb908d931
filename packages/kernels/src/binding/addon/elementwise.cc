#include "kernels/elementwise.h"

#include "binding/addon/arguments.h"
#include "binding/addon/registration.h"
#include "binding/addon/strides.h"
#include "threading/thread_pool.h"

namespace footlight {
namespace {

template <size_t count>
constexpr int64_t size(const char* const (&)[count]) {
  return static_cast<int64_t>(count);
}

template <size_t count>
Napi::Array to_list(Napi::Env env, const char* const (&names)[count]) {
  Napi::Array list = Napi::Array::New(env, count);
  for (size_t code = 0; code < count; code++) list.Set(static_cast<uint32_t>(code), Napi::String::New(env, names[code]));
  return list;
}

Napi::Value elementwise_names(const Napi::CallbackInfo& info) {
  Napi::Object names = Napi::Object::New(info.Env());
  names.Set("unary", to_list(info.Env(), unary_names));
  names.Set("binary", to_list(info.Env(), binary_names));
  names.Set("compare", to_list(info.Env(), compare_names));
  return names;
}

// unary(code, x, out, alpha?, beta?)
Napi::Value unary_entries(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "unary");
  const int64_t code = arguments.integer(0, "code", 0, size(unary_names) - 1);
  const int64_t n = arguments.length(1);
  const float* x = arguments.floats(1, "x", n);
  float* out = arguments.out_floats(2, "out", n, {"x"});
  const float alpha = static_cast<float>(arguments.number_if_given(3, "alpha", 0)), beta = static_cast<float>(arguments.number_if_given(4, "beta", 0));
  parallel(n, elementwise_grain, [&](int64_t begin, int64_t end, int) { unary(code, x, out, begin, end, alpha, beta); });
  return info.Env().Undefined();
}

// The strides of a and b, from arguments 1, 2 and 4; without argument 4 the lengths are equal or one is 1.
Strides read_pair(const Arguments& arguments, int64_t count) {
  const int64_t a = arguments.length(1), b = arguments.length(2);
  if (!arguments.given(4)) {
    if ((a != count && a != 1) || (b != count && b != 1))
      arguments.fail("strides", "one for arrays of different lengths", std::to_string(a) + ", " + std::to_string(b) + " and " + std::to_string(count));
    return Strides::flat(count, a == 1 && count != 1 ? 0 : 1, b == 1 && count != 1 ? 0 : 1);
  }
  const Strides strides = read_strides(arguments, 4, "strides");
  if (strides.count != count) arguments.fail("out", std::to_string(strides.count) + " numbers", std::to_string(count));
  check_inside(arguments, "a", strides, strides.first, 0, a);
  check_inside(arguments, "b", strides, strides.second, 0, b);
  return strides;
}

// Which of a and b the result may be written over: what is read in the order in which it is written.
InPlace in_place(const Strides& strides) {
  return {strides.in_order(strides.first) ? "a" : nullptr, strides.in_order(strides.second) ? "b" : nullptr};
}

// binary(code, a, b, out, strides?)
Napi::Value binary_entries(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "binary");
  const int64_t code = arguments.integer(0, "code", 0, size(binary_names) - 1);
  const int64_t count = arguments.length(3);
  const float* a = arguments.floats(1, "a", arguments.length(1));
  const float* b = arguments.floats(2, "b", arguments.length(2));
  const Strides strides = count > 0 ? read_pair(arguments, count) : Strides::flat(0, 1, 1);
  float* out = arguments.out_floats(3, "out", count, in_place(strides));
  parallel(count, elementwise_grain, [&](int64_t begin, int64_t end, int) { binary(code, a, b, out, strides, begin, end); });
  return info.Env().Undefined();
}

// compare(code, a, b, out, strides?)
Napi::Value compare_entries(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "compare");
  const int64_t code = arguments.integer(0, "code", 0, size(compare_names) - 1);
  const int64_t count = arguments.length(3), count_a = arguments.length(1), count_b = arguments.length(2);
  const Strides strides = count > 0 ? read_pair(arguments, count) : Strides::flat(0, 1, 1);
  uint8_t* out = arguments.out_bytes(3, "out", count, in_place(strides));
  if (count == 0) return info.Env().Undefined();
  const auto run = [&](const auto* a, const auto* b) {
    parallel(count, elementwise_grain, [&](int64_t begin, int64_t end, int) { compare(code, a, b, out, strides, begin, end); });
  };
  if (arguments.is_bytes(1)) run(arguments.bytes(1, "a", count_a), arguments.bytes(2, "b", count_b));
  else if (arguments.is_ints(1)) run(arguments.ints(1, "a", count_a), arguments.ints(2, "b", count_b));
  else run(arguments.floats(1, "a", count_a), arguments.floats(2, "b", count_b));
  return info.Env().Undefined();
}

// select(condition, a, b, out)
Napi::Value select_entries(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "select");
  const int64_t n = arguments.length(3);
  const uint8_t* condition = arguments.bytes(0, "condition", n);
  const float* a = arguments.floats(1, "a", n);
  const float* b = arguments.floats(2, "b", n);
  float* out = arguments.out_floats(3, "out", n, {"a", "b"});
  parallel(n, elementwise_grain, [&](int64_t begin, int64_t end, int) { select(condition, a, b, out, begin, end); });
  return info.Env().Undefined();
}

const Registration registrations[] = {
    {"elementwiseNames", elementwise_names}, {"unary", unary_entries}, {"binary", binary_entries}, {"compare", compare_entries}, {"select", select_entries}};

}  // namespace
}  // namespace footlight
