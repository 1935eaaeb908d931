#pragma once

#include <napi.h>

#include <cstdint>
#include <string>

namespace footlight {

// What JavaScript handed to an operation, checked before any memory is touched. Errors name the operation, the argument, what was expected and what came.
class Arguments {
 public:
  Arguments(const Napi::CallbackInfo& info, const char* op) : info_(info), op_(op) {}

  // A Float32Array with exactly `length` numbers.
  float* floats(size_t at, const char* name, int64_t length) const {
    return static_cast<float*>(memory(at, name, length, napi_float32_array, "Float32Array"));
  }
  // The same, or nullptr if the argument is undefined or null.
  float* floats_if_given(size_t at, const char* name, int64_t length) const { return given(at) ? floats(at, name, length) : nullptr; }

  int32_t* ints(size_t at, const char* name, int64_t length) const {
    return static_cast<int32_t*>(memory(at, name, length, napi_int32_array, "Int32Array"));
  }
  uint8_t* bytes(size_t at, const char* name, int64_t length) const {
    return static_cast<uint8_t*>(memory(at, name, length, napi_uint8_array, "Uint8Array"));
  }
  bool is_bytes(size_t at) const { return is_of(at, napi_uint8_array); }
  bool is_ints(size_t at) const { return is_of(at, napi_int32_array); }
  // Ids from 0 to below `limit`.
  const int32_t* ids(size_t at, const char* name, int64_t length, int64_t limit) const {
    const int32_t* values = ints(at, name, length);
    for (int64_t i = 0; i < length; i++)
      if (values[i] < 0 || values[i] >= limit)
        fail(name, "ids from 0 to " + std::to_string(limit - 1), std::to_string(values[i]) + " at position " + std::to_string(i));
    return values;
  }

  int64_t integer(size_t at, const char* name, int64_t low, int64_t high = INT64_C(1) << 40) const {
    const double value = info_[at].IsNumber() ? info_[at].As<Napi::Number>().DoubleValue() : -1e300;
    if (!(value >= static_cast<double>(low) && value <= static_cast<double>(high)) || value != static_cast<double>(static_cast<int64_t>(value)))
      fail(name, "an integer from " + std::to_string(low) + " to " + std::to_string(high), shown(at));
    return static_cast<int64_t>(value);
  }
  double number(size_t at, const char* name) const {
    if (!info_[at].IsNumber()) fail(name, "a number", shown(at));
    return info_[at].As<Napi::Number>().DoubleValue();
  }
  bool flag(size_t at, const char* name) const {
    if (!info_[at].IsBoolean()) fail(name, "true or false", shown(at));
    return info_[at].As<Napi::Boolean>().Value();
  }
  bool given(size_t at) const { return !info_[at].IsUndefined() && !info_[at].IsNull(); }
  // Numbers in a typed array of any kind; 0 if it is none.
  int64_t length(size_t at) const { return info_[at].IsTypedArray() ? static_cast<int64_t>(info_[at].As<Napi::TypedArray>().ElementLength()) : 0; }

  [[noreturn]] void fail(const char* name, const std::string& expected, const std::string& received) const {
    throw Napi::TypeError::New(info_.Env(), std::string(op_) + "(" + name + "): expected " + expected + ", received " + received + ".");
  }

 private:
  bool is_of(size_t at, napi_typedarray_type type) const {
    const Napi::Value value = info_[at];
    return value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == type;
  }
  void* memory(size_t at, const char* name, int64_t length, napi_typedarray_type type, const char* kind) const {
    const Napi::Value value = info_[at];
    const bool fits = value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == type;
    if (!fits) fail(name, std::string("a ") + kind, shown(at));
    const Napi::TypedArray array = value.As<Napi::TypedArray>();
    if (static_cast<int64_t>(array.ElementLength()) != length)
      fail(name, std::to_string(length) + " numbers", std::to_string(array.ElementLength()));
    return length == 0 ? nullptr : static_cast<uint8_t*>(array.ArrayBuffer().Data()) + array.ByteOffset();
  }
  std::string shown(size_t at) const {
    const Napi::Value value = info_[at];
    if (value.IsUndefined()) return "undefined";
    return value.ToString().Utf8Value().substr(0, 60);
  }

  const Napi::CallbackInfo& info_;
  const char* op_;
};

}  // namespace footlight
