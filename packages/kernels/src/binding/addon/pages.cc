#include <cstdint>
#include <new>

#include "binding/addon/arguments.h"
#include "binding/addon/blocks.h"
#include "binding/addon/registration.h"

namespace footlight {
namespace {

// An array on a block of ours, or nothing where JavaScript may not have memory of others.
Napi::Value array_on_block(Napi::Env env, size_t length) {
  const Block block = make_block(length * sizeof(float));
  if (!block.data) throw std::bad_alloc();
  const auto release = [](napi_env, void* data, void* id) { drop_block({static_cast<uint8_t*>(data), reinterpret_cast<uintptr_t>(id)}); };
  napi_value buffer;
  const napi_status status =
      napi_create_external_arraybuffer(env, block.data, length * sizeof(float), release, reinterpret_cast<void*>(static_cast<uintptr_t>(block.id)), &buffer);
  if (status == napi_ok) return Napi::Float32Array::New(env, length, Napi::ArrayBuffer(env, buffer), 0);
  drop_block(block);
  bool pending = false;
  napi_value ignored;  // JavaScript's own constructor explains what is too long
  if (napi_is_exception_pending(env, &pending) == napi_ok && pending) napi_get_and_clear_last_exception(env, &ignored);
  return Napi::Value();
}

// zeros(length)
Napi::Value zeros(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "zeros");
  const size_t length = static_cast<size_t>(arguments.integer(0, "length", 0, INT64_C(1) << 36));
  if (length > 0) {
    const Napi::Value array = array_on_block(info.Env(), length);
    if (!array.IsEmpty()) return array;
  }
  // Not by Node-API: it ends the process where memory is short.
  return info.Env().Global().Get("Float32Array").As<Napi::Function>().New({Napi::Number::New(info.Env(), static_cast<double>(length))});
}

const Registration registration("zeros", zeros);

}  // namespace
}  // namespace footlight
