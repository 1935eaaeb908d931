#pragma once

#include <cstdint>
#include <memory>

namespace footlight {

// Memory for a kernel that is kept from call to call, from the start of a cache line on.
class Workspace {
 public:
  float* reserve(int64_t floats) {
    if (size_ < floats + 16) {
      memory_.reset();
      size_ = 0;
      memory_.reset(new float[floats + 16]);
      size_ = floats + 16;
    }
    return reinterpret_cast<float*>((reinterpret_cast<uintptr_t>(memory_.get()) + 63) & ~uintptr_t{63});
  }

 private:
  std::unique_ptr<float[]> memory_;
  int64_t size_ = 0;
};

}  // namespace footlight
