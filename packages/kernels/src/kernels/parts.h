#pragma once

#include <stddef.h>
#include <stdint.h>

#include "kernels/arithmetic.h"

namespace footlight {

// Takes arrays from a workspace, each from a multiple of 64 bytes on. With no memory it counts what it would take.
class Parts {
 public:
  explicit Parts(void* workspace = nullptr) : memory_(static_cast<uint8_t*>(workspace)) {}

  template <class T>
  T* take(int64_t count) {
    T* const taken = memory_ ? reinterpret_cast<T*>(memory_ + used_) : nullptr;
    used_ += static_cast<uint64_t>(round_up(count * static_cast<int64_t>(sizeof(T)), 64));
    return taken;
  }

  // More than all memory where addresses cannot count what was taken.
  size_t used() const { return used_ < SIZE_MAX ? static_cast<size_t>(used_) : SIZE_MAX; }

 private:
  uint8_t* memory_;
  uint64_t used_ = 0;
};

}  // namespace footlight
