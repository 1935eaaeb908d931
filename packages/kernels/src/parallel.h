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

// An environment of JavaScript that may call us begins, and ends. When the last one ends, all threads finish what they were given and end.
void enter_threads();
void leave_threads();

// Something that is done on another thread while its owner goes on, one thing at a time. What it does may share work over the pool. All errands of a process are
// done by one thread, in the order in which they are started.
class Errand {
 public:
  Errand();
  ~Errand();  // waits
  // Waits for what was started before; what that threw is thrown here.
  void start(std::function<void()> work);
  void wait();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace footlight
