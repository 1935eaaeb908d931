#include "parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif

namespace footlight {
namespace {

thread_local bool inside = false;  // of a piece of work: nested calls run on the spot

int processors() {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) == 0) return std::max(1, CPU_COUNT(&set));
#endif
  return std::max(1u, std::thread::hardware_concurrency());
}

int chosen_threads() {
  const char* text = std::getenv("FOOTLIGHT_THREADS");
  const int asked = text ? std::atoi(text) : 0;
  return asked >= 1 ? std::min(asked, 256) : processors();
}

void relax() {
#if defined(__x86_64__) || defined(_M_X64)
  __builtin_ia32_pause();
#else
  std::this_thread::yield();
#endif
}

// One caller at a time hands out pieces; the workers spin for a moment after a piece, since the next call is usually near, then sleep.
class Pool {
 public:
  explicit Pool(int workers) {
    for (int worker = 0; worker < workers; worker++) workers_.emplace_back([this, worker] { serve(worker + 1); });
  }

  ~Pool() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
      generation_.fetch_add(1, std::memory_order_release);
    }
    wake_.notify_all();
    for (auto& worker : workers_) worker.join();
  }

  void run(int pieces, const std::function<void(int)>& piece) {
    std::lock_guard<std::mutex> one(callers_);
    piece_ = &piece;
    pieces_ = pieces;
    error_ = nullptr;
    pending_.store(static_cast<int>(workers_.size()), std::memory_order_relaxed);
    {
      std::lock_guard<std::mutex> lock(mutex_);
      generation_.fetch_add(1, std::memory_order_release);
    }
    if (sleeping_.load(std::memory_order_acquire) > 0) wake_.notify_all();
    work(0);
    while (pending_.load(std::memory_order_acquire) > 0) relax();
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void serve(int own) {
    uint64_t seen = 0;
    for (;;) {
      wait(seen);
      seen = generation_.load(std::memory_order_acquire);
      if (stop_) return;
      work(own);
      pending_.fetch_sub(1, std::memory_order_release);
    }
  }

  void wait(uint64_t seen) {
    for (int spin = 0; spin < 20000; spin++) {
      if (generation_.load(std::memory_order_acquire) != seen) return;
      relax();
    }
    std::unique_lock<std::mutex> lock(mutex_);
    sleeping_.fetch_add(1, std::memory_order_release);
    wake_.wait(lock, [&] { return generation_.load(std::memory_order_acquire) != seen; });
    sleeping_.fetch_sub(1, std::memory_order_release);
  }

  void work(int own) {
    if (own >= pieces_) return;
    inside = true;
    try {
      (*piece_)(own);
    } catch (...) {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!error_) error_ = std::current_exception();
    }
    inside = false;
  }

  std::vector<std::thread> workers_;
  std::mutex callers_, mutex_;
  std::condition_variable wake_;
  std::atomic<uint64_t> generation_{0};
  std::atomic<int> pending_{0}, sleeping_{0};
  std::atomic<bool> stop_{false};
  const std::function<void(int)>* piece_ = nullptr;
  int pieces_ = 0;
  std::exception_ptr error_;
};

Pool& pool() {
  static Pool* shared = new Pool(threads() - 1);  // lives as long as the process: its threads may outlive the environment that loaded us
  return *shared;
}

}  // namespace

int threads() {
  static const int count = chosen_threads();
  return count;
}

void parallel(int64_t count, int64_t grain, const std::function<void(int64_t, int64_t, int)>& work) {
  if (count <= 0) return;
  const int64_t most = std::max<int64_t>(1, count / std::max<int64_t>(1, grain));
  const int pieces = static_cast<int>(std::min<int64_t>(most, threads()));
  if (pieces == 1 || inside) {
    for (int piece = 0; piece < pieces; piece++) work(count * piece / pieces, count * (piece + 1) / pieces, piece);
    return;
  }
  pool().run(pieces, [&](int piece) { work(count * piece / pieces, count * (piece + 1) / pieces, piece); });
}

}  // namespace footlight
