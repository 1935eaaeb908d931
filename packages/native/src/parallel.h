#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace footlight {

// Threads that share the work, the calling one included: FOOTLIGHT_THREADS, else the processors that this process may use.
int threads();

// Cuts [0, count) into at most threads() contiguous pieces of at least `grain` and runs work(begin, end, piece) on each; returns when all are done.
// The pieces depend on count, grain and threads() alone, so that sums made per piece are the same at every run. `piece` counts from 0, is below
// threads(), and no two pieces run with the same number at the same time: scratch memory may be kept by it. Work inside of work runs on the spot.
void parallel(int64_t count, int64_t grain, const std::function<void(int64_t begin, int64_t end, int piece)>& work);

// A thread that does one thing after the other while its owner goes on. What it does may share work over the pool.
class Background {
 public:
  Background();
  ~Background();  // waits
  // Waits for what was started before; what that threw is thrown here.
  void start(std::function<void()> work);
  void wait();

 private:
  class Thread;
  std::unique_ptr<Thread> thread_;
};

}  // namespace footlight
