#include "elementwise.h"

#include "arguments.h"
#include "instruction_sets.h"
#include "parallel.h"
#include "registry.h"
#include "walk.h"

namespace footlight {
namespace {

#define FOOTLIGHT_BODY "elementwise_loops.inc"
#include "instruction_sets.inc"

constexpr int64_t grain = 1 << 15;  // entries below which a second thread costs more than it brings

#define FOOTLIGHT_NAME(name, expression) #name,
const char* const unary_names[] = {FOOTLIGHT_UNARY(FOOTLIGHT_NAME)};
const char* const binary_names[] = {FOOTLIGHT_BINARY(FOOTLIGHT_NAME)};
const char* const compare_names[] = {FOOTLIGHT_COMPARE(FOOTLIGHT_NAME)};
#undef FOOTLIGHT_NAME

template <size_t count>
constexpr int64_t size(const char* const (&)[count]) {
  return static_cast<int64_t>(count);
}

template <size_t count>
Napi::Array listed(Napi::Env env, const char* const (&names)[count]) {
  Napi::Array list = Napi::Array::New(env, count);
  for (size_t code = 0; code < count; code++) list.Set(static_cast<uint32_t>(code), Napi::String::New(env, names[code]));
  return list;
}

Napi::Value elementwise_names(const Napi::CallbackInfo& info) {
  Napi::Object names = Napi::Object::New(info.Env());
  names.Set("unary", listed(info.Env(), unary_names));
  names.Set("binary", listed(info.Env(), binary_names));
  names.Set("compare", listed(info.Env(), compare_names));
  return names;
}

// unary(code, x, out, p, q)
Napi::Value unary(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "unary");
  const int64_t code = arguments.integer(0, "code", 0, size(unary_names) - 1);
  const int64_t n = arguments.length(1);
  const float* x = arguments.floats(1, "x", n);
  float* out = arguments.out_floats(2, "out", n, {"x"});
  const float p = static_cast<float>(arguments.number(3, "p")), q = static_cast<float>(arguments.number(4, "q"));
  const auto loop = FOOTLIGHT_CHOSEN(unary_loops)[code];
  parallel(n, grain, [&](int64_t begin, int64_t end, int) { loop(x + begin, out + begin, end - begin, p, q); });
  return info.Env().Undefined();
}

// a, b and their walk at arguments 1, 2 and 4; without a walk the lengths agree or one is 1.
Walk walk_of_pair(const Arguments& arguments, int64_t count) {
  const int64_t a = arguments.length(1), b = arguments.length(2);
  if (!arguments.given(4)) {
    if ((a != count && a != 1) || (b != count && b != 1))
      arguments.fail("walk", "one for arrays of different lengths", std::to_string(a) + ", " + std::to_string(b) + " and " + std::to_string(count));
    return Walk::flat(count, a == 1 && count != 1 ? 0 : 1, b == 1 && count != 1 ? 0 : 1);
  }
  const Walk walk = Walk::of(arguments, 4, "walk");
  if (walk.count() != count) arguments.fail("out", std::to_string(walk.count()) + " numbers", std::to_string(count));
  walk.check(arguments, "a", walk.first, 0, a);
  walk.check(arguments, "b", walk.second, 0, b);
  return walk;
}

// Which of a and b the result may be written over: what is read in the order in which it is written.
InPlace in_place(const Walk& walk) {
  return {walk.in_order(walk.first) ? "a" : nullptr, walk.in_order(walk.second) ? "b" : nullptr};
}

template <class T, class R, class Loop>
void over_pairs(const Walk& walk, const T* a, const T* b, R* out, Loop loop) {
  const int64_t step_a = walk.first[walk.rank - 1], step_b = walk.second[walk.rank - 1];
  parallel(walk.count(), grain, [&](int64_t begin, int64_t end, int) {
    walk.run(begin, end, [&](int64_t at, int64_t n, int64_t from_a, int64_t from_b) {
      loop(a + from_a, step_a, b + from_b, step_b, out + at, n);
    });
  });
}

// binary(code, a, b, out, walk?)
Napi::Value binary(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "binary");
  const int64_t code = arguments.integer(0, "code", 0, size(binary_names) - 1);
  const int64_t count = arguments.length(3);
  const float* a = arguments.floats(1, "a", arguments.length(1));
  const float* b = arguments.floats(2, "b", arguments.length(2));
  const Walk walk = count > 0 ? walk_of_pair(arguments, count) : Walk::flat(0, 1, 1);
  float* out = arguments.out_floats(3, "out", count, in_place(walk));
  if (count > 0) over_pairs(walk, a, b, out, FOOTLIGHT_CHOSEN(binary_loops)[code]);
  return info.Env().Undefined();
}

// compare(code, a, b, out, walk?)
Napi::Value compare(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "compare");
  const int64_t code = arguments.integer(0, "code", 0, size(compare_names) - 1);
  const int64_t count = arguments.length(3), count_a = arguments.length(1), count_b = arguments.length(2);
  const Walk walk = count > 0 ? walk_of_pair(arguments, count) : Walk::flat(0, 1, 1);
  uint8_t* out = arguments.out_bytes(3, "out", count, in_place(walk));
  if (count == 0) return info.Env().Undefined();
  if (arguments.is_bytes(1))
    over_pairs(walk, arguments.bytes(1, "a", count_a), arguments.bytes(2, "b", count_b), out, FOOTLIGHT_CHOSEN(compare_bytes)[code]);
  else if (arguments.is_ints(1))
    over_pairs(walk, arguments.ints(1, "a", count_a), arguments.ints(2, "b", count_b), out, FOOTLIGHT_CHOSEN(compare_ints)[code]);
  else
    over_pairs(walk, arguments.floats(1, "a", count_a), arguments.floats(2, "b", count_b), out, FOOTLIGHT_CHOSEN(compare_floats)[code]);
  return info.Env().Undefined();
}

// select(chosen, a, b, out)
Napi::Value select_entries(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "select");
  const int64_t n = arguments.length(3);
  const uint8_t* chosen = arguments.bytes(0, "chosen", n);
  const float* a = arguments.floats(1, "a", n);
  const float* b = arguments.floats(2, "b", n);
  float* out = arguments.out_floats(3, "out", n, {"a", "b"});
  const auto loop = FOOTLIGHT_CHOSEN(select);
  parallel(n, grain, [&](int64_t begin, int64_t end, int) { loop(chosen + begin, a + begin, b + begin, out + begin, end - begin); });
  return info.Env().Undefined();
}

const Offer offers[] = {{"elementwiseNames", elementwise_names}, {"unary", unary}, {"binary", binary}, {"compare", compare}, {"select", select_entries}};

}  // namespace
}  // namespace footlight
