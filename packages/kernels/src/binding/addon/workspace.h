#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace footlight {

// Memory with anything in it; std::bad_alloc if there is not that much. (Under sanitizers, plain `new` ends the process.)
template <class T>
std::unique_ptr<T[]> allocate(int64_t count) {
  if (count < 0 || static_cast<uint64_t>(count) > PTRDIFF_MAX / sizeof(T)) throw std::bad_alloc();
  std::unique_ptr<T[]> memory(new (std::nothrow) T[static_cast<size_t>(count)]);
  if (!memory) throw std::bad_alloc();
  return memory;
}

// The same for a number of bytes, from a multiple of 8 on.
inline std::unique_ptr<double[]> allocate_bytes(size_t bytes) { return allocate<double>(static_cast<int64_t>(bytes / sizeof(double)) + 1); }

// Memory for a kernel that is kept from call to call, from the start of a cache line on.
class Workspace {
 public:
  float* reserve(int64_t floats) {
    if (size_ < floats + 16) {
      memory_.reset();
      size_ = 0;
      memory_ = allocate<float>(floats + 16);
      size_ = floats + 16;
    }
    return reinterpret_cast<float*>((reinterpret_cast<uintptr_t>(memory_.get()) + 63) & ~uintptr_t{63});
  }

 private:
  std::unique_ptr<float[]> memory_;
  int64_t size_ = 0;
};

}  // namespace footlight
