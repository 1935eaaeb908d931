#include <cstdint>

#include "arguments.h"
#include "registry.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace footlight {
namespace {

#if defined(__linux__) && defined(MADV_HUGEPAGE)

constexpr size_t page = size_t{1} << 21;
constexpr size_t worthwhile = 2 * page;  // what is rounded up to whole pages is little beside it

// Zeros at the start of a large page, or nullptr.
uint8_t* map_pages(size_t size) {
  void* const mapped = mmap(nullptr, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return nullptr;
  uint8_t* const start = static_cast<uint8_t*>(mapped);
  const size_t before = (page - reinterpret_cast<uintptr_t>(start) % page) % page;
  if (before > 0) munmap(start, before);
  munmap(start + before + size, page - before);
  madvise(start + before, size, MADV_HUGEPAGE);  // a wish: small pages do as well
  return start + before;
}

// An ArrayBuffer of such memory, or nothing where JavaScript may not have memory of others.
Napi::Value buffer_of_pages(Napi::Env env, size_t bytes) {
  const size_t size = (bytes + page - 1) / page * page;
  uint8_t* const data = map_pages(size);
  if (!data) return Napi::Value();
  napi_value buffer;
  const auto release = [](napi_env, void* memory, void* hint) { munmap(memory, reinterpret_cast<size_t>(hint)); };
  if (napi_create_external_arraybuffer(env, data, bytes, release, reinterpret_cast<void*>(size), &buffer) == napi_ok) return Napi::Value(env, buffer);
  munmap(data, size);
  return Napi::Value();
}

#else

constexpr size_t worthwhile = SIZE_MAX;
Napi::Value buffer_of_pages(Napi::Env, size_t) { return Napi::Value(); }

#endif

// zeros(length)
Napi::Value zeros(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "zeros");
  const size_t length = static_cast<size_t>(arguments.integer(0, "length", 0, INT64_C(1) << 36));
  if (length * sizeof(float) >= worthwhile) {
    const Napi::Value buffer = buffer_of_pages(info.Env(), length * sizeof(float));
    if (!buffer.IsEmpty()) return Napi::Float32Array::New(info.Env(), length, buffer.As<Napi::ArrayBuffer>(), 0);
  }
  return Napi::Float32Array::New(info.Env(), length);
}

const Offer offer("zeros", zeros);

}  // namespace
}  // namespace footlight
