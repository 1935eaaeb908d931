#pragma once

#include <napi.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <stdexcept>
#include <string>

#include "binding/addon/sizes.h"

namespace footlight {

// Arguments that an operation does not take. The boundary to JavaScript makes a TypeError of it.
struct Refusal : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Names of arguments whose memory an array may be, all of it, from the same number on.
struct InPlace {
  const char *first = nullptr, *second = nullptr;
};

// What JavaScript handed to an operation, checked before any memory is touched. Errors name the operation, the argument, what was expected and what came.
// Arrays that are written (out_…) overlap no other array of the call: else ids would change after they have been checked. Nothing here runs JavaScript, so what
// was checked stays so until the operation returns.
class Arguments {
 public:
  Arguments(const Napi::CallbackInfo& info, const char* op) : info_(info), op_(op) {}

  // A Float32Array with exactly `length` numbers.
  const float* floats(size_t at, const char* name, int64_t length) const { return floats(info_[at], name, length); }
  const float* floats(const Napi::Value& value, const char* name, int64_t length) const {
    return static_cast<const float*>(memory(value, name, length, floats_kind, nullptr));
  }
  // The same, or nullptr if the argument is undefined or null.
  const float* floats_if_given(size_t at, const char* name, int64_t length) const { return given(at) ? floats(at, name, length) : nullptr; }
  float* out_floats(size_t at, const char* name, int64_t length, const InPlace& in_place = {}) const { return out_floats(info_[at], name, length, in_place); }
  float* out_floats(const Napi::Value& value, const char* name, int64_t length, const InPlace& in_place = {}) const {
    return static_cast<float*>(memory(value, name, length, floats_kind, &in_place));
  }
  float* out_floats_if_given(size_t at, const char* name, int64_t length) const { return given(at) ? out_floats(at, name, length) : nullptr; }

  const int32_t* ints(size_t at, const char* name, int64_t length) const {
    return static_cast<const int32_t*>(memory(info_[at], name, length, ints_kind, nullptr));
  }
  int32_t* out_ints(size_t at, const char* name, int64_t length, const InPlace& in_place = {}) const {
    return static_cast<int32_t*>(memory(info_[at], name, length, ints_kind, &in_place));
  }
  const uint8_t* bytes(size_t at, const char* name, int64_t length) const {
    return static_cast<const uint8_t*>(memory(info_[at], name, length, bytes_kind, nullptr));
  }
  uint8_t* out_bytes(size_t at, const char* name, int64_t length, const InPlace& in_place = {}) const {
    return static_cast<uint8_t*>(memory(info_[at], name, length, bytes_kind, &in_place));
  }
  bool is_bytes(size_t at) const { return view_of(info_[at]).type == napi_uint8_array; }
  bool is_ints(size_t at) const { return view_of(info_[at]).type == napi_int32_array; }

  // Ids from 0 to below `limit`.
  const int32_t* ids(size_t at, const char* name, int64_t length, int64_t limit) const { return ids(info_[at], name, length, limit); }
  const int32_t* ids(const Napi::Value& value, const char* name, int64_t length, int64_t limit) const {
    const int32_t* values = static_cast<const int32_t*>(memory(value, name, length, ints_kind, nullptr));
    const uint32_t most = static_cast<uint32_t>(std::clamp<int64_t>(limit, 0, INT64_C(1) << 31));  // below it lies no negative number
    bool fine = true;
    for (int64_t i = 0; i < length; i++) fine &= static_cast<uint32_t>(values[i]) < most;
    for (int64_t i = 0; !fine && i < length; i++)
      if (values[i] < 0 || values[i] >= limit)
        fail(name, "ids from 0 to " + std::to_string(limit - 1), std::to_string(values[i]) + " at position " + std::to_string(i));
    return values;
  }
  // Where each of `count` lists begins among the entries, and where the last one ends.
  const int32_t* offsets(size_t at, const char* name, int64_t count, int64_t entries) const {
    if (count < 0) fail(name, "an Int32Array of at least one number", described(info_[at]));
    const int32_t* values = ints(at, name, add(count, 1));
    bool fine = values[0] == 0 && values[count] == entries;
    for (int64_t i = 0; i < count; i++) fine &= values[i] <= values[i + 1];
    if (!fine) fail(name, "0, then ascending to the " + std::to_string(entries) + " entries", "others");
    return values;
  }

  int64_t integer(size_t at, const char* name, int64_t low, int64_t high = INT64_C(1) << 40) const { return integer(info_[at], name, low, high); }
  int64_t integer(const Napi::Value& value, const std::string& name, int64_t low, int64_t high) const {
    const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : std::nan("");
    if (!(number >= static_cast<double>(low) && number <= static_cast<double>(high)) || number != std::floor(number))
      fail(name, "an integer from " + std::to_string(low) + " to " + std::to_string(high), described(value));
    return static_cast<int64_t>(number);
  }
  double number(size_t at, const char* name) const {
    if (!info_[at].IsNumber()) fail(name, "a number", described(info_[at]));
    return info_[at].As<Napi::Number>().DoubleValue();
  }
  // The same, or `otherwise` if the argument is undefined or null.
  double number_if_given(size_t at, const char* name, double otherwise) const { return given(at) ? number(at, name) : otherwise; }
  bool flag_if_given(size_t at, const char* name) const { return given(at) && flag(at, name); }
  bool flag(size_t at, const char* name) const {
    if (!info_[at].IsBoolean()) fail(name, "true or false", described(info_[at]));
    return info_[at].As<Napi::Boolean>().Value();
  }
  bool given(size_t at) const { return !info_[at].IsUndefined() && !info_[at].IsNull(); }
  // Numbers in a typed array of any kind; 0 if it is none.
  int64_t length(size_t at) const { return length(info_[at]); }
  int64_t length(const Napi::Value& value) const { return view_of(value).length; }

  // A value in words, without running JavaScript.
  std::string described(size_t at) const { return described(info_[at]); }
  std::string described(const Napi::Value& value) const {
    switch (value.Type()) {
      case napi_undefined: return "undefined";
      case napi_null: return "null";
      case napi_boolean:
      case napi_number: return value.ToString().Utf8Value();
      case napi_string: return '"' + beginning(value) + '"';
      case napi_symbol: return "a symbol";
      case napi_function: return "a function";
      case napi_bigint: return "a bigint";
      default: break;
    }
    if (value.IsTypedArray()) {
      static const char* const kinds[] = {"an Int8Array", "a Uint8Array", "a Uint8ClampedArray", "an Int16Array", "a Uint16Array", "an Int32Array",
                                          "a Uint32Array", "a Float32Array", "a Float64Array", "a BigInt64Array", "a BigUint64Array"};
      const View view = view_of(value);
      const size_t kind = static_cast<size_t>(view.type);
      return std::string(kind < std::size(kinds) ? kinds[kind] : "a typed array") + " of " + std::to_string(view.length) + " numbers";
    }
    return value.IsArray() ? "an array" : "an object";
  }

  [[noreturn]] void fail(const std::string& name, const std::string& expected, const std::string& received) const {
    throw Refusal(std::string(op_) + "(" + name + "): expected " + expected + ", received " + received + ".");
  }

 private:
  struct Kind {
    napi_typedarray_type type;
    const char* name;
    size_t bytes;
  };
  static constexpr Kind floats_kind{napi_float32_array, "a Float32Array", 4}, ints_kind{napi_int32_array, "an Int32Array", 4},
      bytes_kind{napi_uint8_array, "a Uint8Array", 1};

  struct View {
    napi_typedarray_type type = napi_int8_array;  // no operation takes it
    int64_t length = 0;
    void* data = nullptr;
    bool shared = false;  // other threads may write to it
  };

  // Memory of an argument, whose name stays until the operation has read all of them.
  struct Range {
    const char* name;
    uintptr_t begin, end;
    bool written;
    InPlace in_place;
  };
  static constexpr size_t most_ranges = 40;

  View view_of(const Napi::Value& value) const {
    View view;
    if (value.IsEmpty() || !value.IsTypedArray()) return view;
    size_t length = 0, offset = 0;
    napi_value buffer = nullptr;
    if (napi_get_typedarray_info(info_.Env(), value, &view.type, &length, &view.data, &buffer, &offset) != napi_ok) return {};
    bool own = false;
    view.shared = napi_is_arraybuffer(info_.Env(), buffer, &own) != napi_ok || !own;
    view.length = static_cast<int64_t>(length);
    return view;
  }

  void* memory(const Napi::Value& value, const char* name, int64_t length, const Kind& kind, const InPlace* written) const {
    const View view = view_of(value);
    if (view.type != kind.type) fail(name, kind.name, described(value));
    if (view.length != length) fail(name, std::to_string(length) + " numbers", std::to_string(view.length));
    if (view.shared) fail(name, std::string(kind.name) + " on an ArrayBuffer", "one on a SharedArrayBuffer, which other threads may change");
    if (length == 0) return nullptr;
    const uintptr_t begin = reinterpret_cast<uintptr_t>(view.data);
    take({name, begin, begin + static_cast<uintptr_t>(length) * kind.bytes, written != nullptr, written ? *written : InPlace{}});
    return view.data;
  }

  void take(const Range& range) const {
    for (size_t i = 0; i < count_; i++) {
      check_overlap(range, ranges_[i]);
      check_overlap(ranges_[i], range);
    }
    if (count_ == most_ranges) fail(range.name, "at most " + std::to_string(most_ranges) + " arrays", "more");
    ranges_[count_++] = range;
  }
  void check_overlap(const Range& out, const Range& other) const {
    if (!out.written || out.end <= other.begin || other.end <= out.begin) return;
    const auto is = [&](const char* name) { return name && std::strcmp(other.name, name) == 0; };
    if (out.begin == other.begin && out.end == other.end && (is(out.in_place.first) || is(out.in_place.second))) return;
    fail(out.name, "memory that no other argument reads or writes", std::string("memory that ") + other.name + " has, too");
  }

  // At most 60 bytes of a text, cut between characters.
  static std::string beginning(const Napi::Value& value) {
    std::string text = value.As<Napi::String>().Utf8Value();
    size_t end = 60;
    if (text.size() <= end) return text;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) end--;
    return text.substr(0, end) + "…";
  }

  const Napi::CallbackInfo& info_;
  const char* op_;
  mutable Range ranges_[most_ranges];
  mutable size_t count_ = 0;
};

}  // namespace footlight
