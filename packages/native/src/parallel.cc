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

// One caller at a time hands out pieces. Whoever is free takes the next one, so that a worker that the system has not woken yet, or has put aside, holds nobody
// up: where others want the processors too, the caller does all pieces itself. Workers spin for a moment after a piece, since the next call is usually near,
// then sleep.
class Pool {
 public:
  explicit Pool(int workers) {
    for (int worker = 0; worker < workers; worker++) workers_.emplace_back([this] { serve(); });
  }

  void run(int pieces, const std::function<void(int)>& piece) {
    std::lock_guard<std::mutex> one(callers_);
    piece_ = &piece;
    error_ = nullptr;
    unfinished_.store(pieces, std::memory_order_relaxed);
    tickets_.store(tickets_of(call_++, pieces), std::memory_order_seq_cst);
    if (sleeping_.load(std::memory_order_seq_cst) > 0) {
      { std::lock_guard<std::mutex> lock(mutex_); }  // nobody is between looking at the tickets and falling asleep
      wake_.notify_all();
    }
    while (take()) {
    }
    for (int spin = 0; unfinished_.load(std::memory_order_acquire) > 0; spin++) {
      if (spin < 5000) relax();
      else std::this_thread::yield();  // the one that has the last piece may be waiting for this processor
    }
    if (error_) std::rethrow_exception(error_);
  }

 private:
  // The call in the upper half, so that tickets of another call never look alike; then how many pieces are left to take. The last is taken first.
  static uint64_t tickets_of(uint64_t call, int pieces) { return call << 32 | static_cast<uint64_t>(pieces); }

  bool open() const { return (tickets_.load(std::memory_order_seq_cst) & 0xffffffff) != 0; }

  // Takes a piece and does it; false if there is none. The caller cannot return before it is done, so what `piece_` points to is there.
  bool take() {
    uint64_t tickets = tickets_.load(std::memory_order_acquire);
    do {
      if ((tickets & 0xffffffff) == 0) return false;
    } while (!tickets_.compare_exchange_weak(tickets, tickets - 1, std::memory_order_acq_rel, std::memory_order_acquire));
    work(static_cast<int>(tickets & 0xffffffff) - 1);
    unfinished_.fetch_sub(1, std::memory_order_release);
    return true;
  }

  void serve() {
    for (;;) {
      wait();
      while (take()) {
      }
    }
  }

  void wait() {
    for (int spin = 0; spin < 20000; spin++) {
      if (open()) return;
      relax();
    }
    std::unique_lock<std::mutex> lock(mutex_);
    sleeping_.fetch_add(1, std::memory_order_seq_cst);
    wake_.wait(lock, [&] { return open(); });
    sleeping_.fetch_sub(1, std::memory_order_relaxed);
  }

  void work(int own) {
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
  std::atomic<uint64_t> tickets_{0};
  std::atomic<int> unfinished_{0}, sleeping_{0};
  const std::function<void(int)>* piece_ = nullptr;
  uint64_t call_ = 0;
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
