#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "threading/threads.h"

namespace footlight {

// The threads of this process: FOOTLIGHT_THREADS, else the processors that it may use. Work inside of their work runs on the spot.
const Threads& threads();

template <class Work>
void parallel(int64_t count, int64_t grain, const Work& work) {
  parallel(threads(), count, grain, work);
}

// An environment of JavaScript that may call us begins, and ends. When the last one ends, all threads finish what they were given and end.
void enter_threads();
void leave_threads();

// Work that runs on another thread while its owner goes on, one piece at a time. It may share its work over the pool. All background tasks of a process run on
// one thread, in the order in which they are started.
class BackgroundTask {
 public:
  BackgroundTask();
  ~BackgroundTask();  // waits
  // Waits for the work that was started before; rethrows its exception.
  void start(std::function<void()> work);
  void wait();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace footlight
