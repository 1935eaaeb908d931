#pragma once

#include <stdint.h>

#if !defined(__GNUC__)
#include <atomic>
#endif

namespace footlight {

// Hands out the numbers from 0 on, each once, to any threads: whoever is free takes the next piece of work.
class Counter {
 public:
#if defined(__GNUC__)
  int64_t take() { return __atomic_fetch_add(&next_, 1, __ATOMIC_RELAXED); }

 private:
  int64_t next_ = 0;
#else
  int64_t take() { return next_.fetch_add(1, std::memory_order_relaxed); }

 private:
  std::atomic<int64_t> next_{0};
#endif
};

}  // namespace footlight
