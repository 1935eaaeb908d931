#include "threading/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
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

int chosen_count() {
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

// Where a thread waits: spinning for a moment, since what it waits for is usually near, then asleep.
class SpinThenSleep {
 public:
  template <class Condition>
  void wait(const Condition& there) {
    for (int spin = 0; spin < 20000; spin++) {
      if (there()) return;
      relax();
    }
    std::unique_lock<std::mutex> lock(mutex_);
    sleeping_.fetch_add(1, std::memory_order_seq_cst);
    wake_.wait(lock, there);
    sleeping_.fetch_sub(1, std::memory_order_relaxed);
  }

  // After what makes the condition true, in sequentially consistent order.
  void wake() {
    if (sleeping_.load(std::memory_order_seq_cst) == 0) return;
    { std::lock_guard<std::mutex> lock(mutex_); }  // nobody is between looking at the condition and falling asleep
    wake_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<int> sleeping_{0};
};

// One caller at a time hands out pieces. Whoever is free takes one, so that a worker that the system has not woken yet, or has put aside, holds nobody up: where
// others want the processors too, the caller does all pieces itself. Each thread takes the piece of its own number if that is left, since its cache may hold what
// the same piece of the call before has read and written.
class Pool {
 public:
  explicit Pool(int workers) : taken_by_(workers + 1) {
    for (int worker = 1; worker <= workers; worker++) workers_.emplace_back([this, worker] { serve(worker); });
  }

  // Must not run during a call of run.
  ~Pool() {
    ended_.store(true, std::memory_order_seq_cst);
    idle_.wake();
    for (std::thread& worker : workers_) worker.join();
  }

  void run(int pieces, Threads::Piece piece, const void* work) {
    std::lock_guard<std::mutex> one(callers_);
    piece_ = piece;
    work_ = work;
    pieces_ = pieces;
    error_ = nullptr;
    unfinished_.store(pieces, std::memory_order_relaxed);
    tickets_.store(tickets_of(++call_, pieces), std::memory_order_seq_cst);
    idle_.wake();
    while (take(0)) {
    }
    for (int spin = 0; unfinished_.load(std::memory_order_acquire) > 0; spin++) {
      if (spin < 5000) relax();
      else std::this_thread::yield();  // the one that has the last piece may be waiting for this processor
    }
    if (error_) std::rethrow_exception(error_);
  }

 private:
  // The call in the upper half, so that tickets of another call never look alike; then how many pieces are left to take.
  static uint64_t tickets_of(uint64_t call, int pieces) { return call << 32 | static_cast<uint64_t>(pieces); }

  bool open() const { return (tickets_.load(std::memory_order_seq_cst) & 0xffffffff) != 0; }

  // Takes a piece and does it; false if there is none. The caller cannot return before it is done, so what `work_` points to is there, and the call is this one.
  bool take(int thread) {
    uint64_t tickets = tickets_.load(std::memory_order_acquire);
    do {
      if ((tickets & 0xffffffff) == 0) return false;
    } while (!tickets_.compare_exchange_weak(tickets, tickets - 1, std::memory_order_acq_rel, std::memory_order_acquire));
    do_piece(chosen_piece(thread));
    unfinished_.fetch_sub(1, std::memory_order_release);
    return true;
  }

  // As many tickets as pieces: who holds one finds a piece.
  int chosen_piece(int thread) {
    int piece = thread < pieces_ ? thread : 0;
    while (taken_by_[piece].exchange(call_, std::memory_order_relaxed) == call_) piece = piece + 1 < pieces_ ? piece + 1 : 0;
    return piece;
  }

  void serve(int worker) {
    for (;;) {
      idle_.wait([this] { return open() || ended_.load(std::memory_order_seq_cst); });
      if (ended_.load(std::memory_order_relaxed)) return;
      while (take(worker)) {
      }
    }
  }

  void do_piece(int own) {
    inside = true;
    try {
      piece_(work_, own);
    } catch (...) {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!error_) error_ = std::current_exception();
    }
    inside = false;
  }

  std::mutex callers_, mutex_;
  SpinThenSleep idle_;
  std::atomic<bool> ended_{false};
  std::atomic<uint64_t> tickets_{0};
  std::atomic<int> unfinished_{0};
  Threads::Piece piece_ = nullptr;
  const void* work_ = nullptr;
  int pieces_ = 0;
  uint64_t call_ = 0;
  std::vector<std::atomic<uint64_t>> taken_by_;  // [piece]: the last call in which it was
  std::exception_ptr error_;
  std::vector<std::thread> workers_;  // the last: they begin when all else is there
};

// Something that all environments share: made when it is needed, until `end`. A process that exits leaves it as it is, since its threads may be at work.
template <class T>
class Shared {
 public:
  template <class Make>
  T& get(const Make& make) {
    if (T* const there = value_.load(std::memory_order_acquire)) return *there;
    std::lock_guard<std::mutex> lock(mutex_);
    if (!value_.load(std::memory_order_relaxed)) value_.store(make(), std::memory_order_release);
    return *value_.load(std::memory_order_relaxed);
  }
  void end() { delete value_.exchange(nullptr, std::memory_order_acq_rel); }

 private:
  std::mutex mutex_;
  std::atomic<T*> value_{nullptr};
};

Shared<Pool>& shared_pool() {
  static auto* const shared = new Shared<Pool>;
  return *shared;
}

Pool& pool() {
  return shared_pool().get([] { return new Pool(threads().count - 1); });
}

// What is started, one after the other, on a thread.
class Background {
 public:
  // Does what is left.
  ~Background() {
    add({});
    thread_.join();
  }

  void add(std::function<void()> work) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      works_.push_back(std::move(work));
    }
    waiting_.fetch_add(1, std::memory_order_seq_cst);
    idle_.wake();
  }

 private:
  void serve() {
    for (;;) {
      idle_.wait([this] { return waiting_.load(std::memory_order_seq_cst) > 0; });
      waiting_.fetch_sub(1, std::memory_order_seq_cst);
      std::function<void()> work;
      {
        std::lock_guard<std::mutex> lock(mutex_);
        work = std::move(works_.front());
        works_.pop_front();
      }
      if (!work) return;
      work();
    }
  }

  std::mutex mutex_;
  std::deque<std::function<void()>> works_;
  std::atomic<int> waiting_{0};
  SpinThenSleep idle_;
  std::thread thread_{[this] { serve(); }};  // the last: it begins when all else is there
};

Shared<Background>& shared_background() {
  static auto* const shared = new Shared<Background>;
  return *shared;
}

struct Environments {
  std::mutex mutex;
  int64_t count = 0;
};

Environments& environments() {
  static auto* const all = new Environments;
  return *all;
}

}  // namespace

struct BackgroundTask::State {
  std::atomic<bool> runs{false};
  std::exception_ptr error;
  SpinThenSleep idle;

  void wait() {
    idle.wait([this] { return !runs.load(std::memory_order_seq_cst); });
  }
};

BackgroundTask::BackgroundTask() : state_(std::make_shared<State>()) {}
BackgroundTask::~BackgroundTask() { state_->wait(); }

void BackgroundTask::start(std::function<void()> work) {
  wait();
  state_->runs.store(true, std::memory_order_seq_cst);
  // The state is held here, too: its owner may be gone as soon as it sees that nothing runs.
  try {
    shared_background().get([] { return new Background; }).add([state = state_, work = std::move(work)] {
      try {
        work();
      } catch (...) {
        state->error = std::current_exception();
      }
      state->runs.store(false, std::memory_order_seq_cst);
      state->idle.wake();
    });
  } catch (...) {  // no thread or no memory
    state_->runs.store(false, std::memory_order_seq_cst);
    throw;
  }
}

void BackgroundTask::wait() {
  state_->wait();
  if (const std::exception_ptr error = std::exchange(state_->error, nullptr)) std::rethrow_exception(error);
}

void enter_threads() {
  std::lock_guard<std::mutex> lock(environments().mutex);
  environments().count++;
}

void leave_threads() {
  std::lock_guard<std::mutex> lock(environments().mutex);
  if (--environments().count > 0) return;
  shared_background().end();  // first: what it does may need the pool
  shared_pool().end();
}

const Threads& threads() {
  static const Threads all = {chosen_count(), [](int pieces, Threads::Piece piece, const void* work) {
                                if (!inside) return pool().run(pieces, piece, work);
                                for (int own = 0; own < pieces; own++) piece(work, own);
                              }};
  return all;
}

}  // namespace footlight
