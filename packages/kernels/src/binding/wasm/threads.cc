#include "binding/wasm/threads.h"

#include "binding/wasm/export.h"

// The threads share one memory, in which they find the pool. The caller is the thread whose JavaScript calls kernels: there is one, since each memory has its own.

namespace footlight {
namespace {

void run_here(int pieces, Threads::Piece piece, const void* work) {
  for (int own = 0; own < pieces; own++) piece(work, own);
}

Threads all = {1, run_here};

#if defined(__wasm_atomics__)

// JavaScript: milliseconds; whether a worker is alive, where the platform says so (else it is); and an exception that ends the call: a piece trapped (0), or a
// worker was lost (1).
extern "C" __attribute__((import_module("env"), import_name("clock"))) double read_clock();
extern "C" __attribute__((import_module("env"), import_name("isAlive"))) int is_alive(int thread);
extern "C" __attribute__((import_module("env"), import_name("fail"), noreturn)) void fail(int kind);

extern "C" char __heap_base;  // the stack of the caller ends before this address; those of the workers lie after it

bool on_worker() { return (uintptr_t)__builtin_frame_address(0) > (uintptr_t)&__heap_base; }

template <class T>
T read(const T* from) { return __atomic_load_n(from, __ATOMIC_SEQ_CST); }
template <class T>
void write(T* to, T value) { __atomic_store_n(to, value, __ATOMIC_SEQ_CST); }

constexpr int most_threads = 256;
constexpr int spins = 20000;  // some 20 µs: what a thread waits for is usually near
constexpr uint64_t count_mask = 0xffffffff;

// As the pool of the addon: who is free takes a piece, its own if that is left, so that a worker that sleeps or ended delays no other.
struct Pool {
  Threads::Piece piece;
  const void* work;
  int pieces;
  uint64_t call;
  uint64_t tickets;  // the call in the upper half, then how many pieces are left to take
  int unfinished;    // pieces; the caller sleeps here
  int caller_sleeps;
  int failed;        // pieces that trapped
  int calls;         // workers sleep here
  int sleeping;      // workers
  int ended;
  bool inside;       // the caller does a piece: nested calls run on the spot
  bool alone;        // a worker was lost
  bool may_sleep;    // the main thread of a page may not
  double patience = 60e3;
  uint64_t taken_by[most_threads];  // [piece]: the last call in which it was
  uint64_t busy_with[most_threads]; // [worker]: the call of which it takes or does a piece, else 0
};
Pool pool;

bool open() { return (read(&pool.tickets) & count_mask) != 0; }

int chosen_piece(int thread) {
  int piece = thread < pool.pieces ? thread : 0;
  while (__atomic_exchange_n(&pool.taken_by[piece], pool.call, __ATOMIC_RELAXED) == pool.call) piece = piece + 1 < pool.pieces ? piece + 1 : 0;
  return piece;
}

void finish_piece() {
  const int left = __atomic_sub_fetch(&pool.unfinished, 1, __ATOMIC_SEQ_CST);
  if (left == 0 && read(&pool.caller_sleeps)) __builtin_wasm_memory_atomic_notify(&pool.unfinished, 1);
}

// Takes a piece and does it; false if there is none.
bool take(int thread) {
  uint64_t tickets = read(&pool.tickets);
  bool taken = false;
  while (!taken && (tickets & count_mask) != 0) {
    write(&pool.busy_with[thread], tickets >> 32);  // before it takes a piece: who holds one is known to be busy
    taken = __atomic_compare_exchange_n(&pool.tickets, &tickets, tickets - 1, true, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  }
  if (taken) {
    pool.piece(pool.work, chosen_piece(thread));
    finish_piece();
  }
  write(&pool.busy_with[thread], uint64_t{0});
  return taken;
}

bool done_soon() {
  for (int spin = 0; spin < spins; spin++)
    if (read(&pool.unfinished) == 0) return true;
  return false;
}

// Whether all pieces that are unfinished belong to workers that were killed. Those of living ones are waited for: they write to the memory of the call, which the
// next one may use too. The call has no piece left to take.
bool lost_workers() {
  for (int thread = 1; thread < all.count; thread++)
    if (read(&pool.busy_with[thread]) == pool.call && is_alive(thread)) return false;
  return read(&pool.unfinished) != 0;
}

// Waits in slices, between which it looks for lost workers. Where the platform does not tell, who waits for twenty times as long as the own pieces took, and a
// minute, waits in vain.
void wait_for_workers(double began) {
  if (done_soon()) return;
  const double last = read_clock() + pool.patience + 20 * (read_clock() - began);
  while (const int left = read(&pool.unfinished)) {
    if (pool.may_sleep) {
      write(&pool.caller_sleeps, 1);
      __builtin_wasm_memory_atomic_wait32(&pool.unfinished, left, 20'000'000);
      write(&pool.caller_sleeps, 0);
    } else if (done_soon()) return;
    if (read_clock() < last && !lost_workers()) continue;
    pool.alone = true;
    fail(1);
  }
}

void share(int pieces, Threads::Piece piece, const void* work) {
  if (on_worker() || pool.inside || pool.alone) return run_here(pieces, piece, work);
  const double began = read_clock();
  pool.piece = piece;
  pool.work = work;
  pool.pieces = pieces;
  pool.failed = 0;
  pool.inside = true;
  write(&pool.unfinished, pieces);
  write(&pool.tickets, ++pool.call << 32 | (uint64_t)pieces);
  __atomic_add_fetch(&pool.calls, 1, __ATOMIC_SEQ_CST);
  if (read(&pool.sleeping) > 0) __builtin_wasm_memory_atomic_notify(&pool.calls, most_threads);
  while (take(0)) {
  }
  pool.inside = false;
  wait_for_workers(began);
  if (read(&pool.failed)) fail(0);
}

void wait_for_call() {
  for (int spin = 0; spin < spins; spin++)
    if (open() || read(&pool.ended)) return;
  __atomic_add_fetch(&pool.sleeping, 1, __ATOMIC_SEQ_CST);
  const int calls = read(&pool.calls);  // before the last look: what comes after it changes the number, or wakes
  if (!open() && !read(&pool.ended)) __builtin_wasm_memory_atomic_wait32(&pool.calls, calls, -1);
  __atomic_sub_fetch(&pool.sleeping, 1, __ATOMIC_SEQ_CST);
}

#endif

}  // namespace

const Threads& threads() { return all; }

#if defined(__wasm_atomics__)

FOOTLIGHT_EXPORT(set_threads) void set_threads(int count, int may_sleep) {
  all = {count, share};
  pool.may_sleep = may_sleep != 0;
}

// How long a call waits for its last piece, at least, until it fails.
FOOTLIGHT_EXPORT(set_patience) void set_patience(double milliseconds) { pool.patience = milliseconds; }

// What a worker does until the threads end.
FOOTLIGHT_EXPORT(serve) void serve(int thread) {
  write(&pool.busy_with[thread], uint64_t{0});  // its piece may have trapped
  while (!read(&pool.ended)) {
    while (take(thread)) {
    }
    wait_for_call();
  }
}

// After a trap in a worker's piece.
FOOTLIGHT_EXPORT(abandon_piece) void abandon_piece() {
  write(&pool.failed, 1);
  finish_piece();
}

// After a trap in the caller's piece, which is one of the unfinished ones: no thread begins another, and those that run come to their end.
FOOTLIGHT_EXPORT(recover) void recover() {
  if (!pool.inside) return;
  pool.inside = false;
  const uint64_t tickets = __atomic_exchange_n(&pool.tickets, pool.call << 32, __ATOMIC_SEQ_CST);
  __atomic_sub_fetch(&pool.unfinished, (int)(tickets & count_mask) + 1, __ATOMIC_SEQ_CST);
  wait_for_workers(read_clock());
}

// Whether a worker was lost, so that the caller does all work.
FOOTLIGHT_EXPORT(is_alone) int is_alone() { return pool.alone; }

FOOTLIGHT_EXPORT(end_threads) void end_threads() {
  write(&pool.ended, 1);
  __atomic_add_fetch(&pool.calls, 1, __ATOMIC_SEQ_CST);
  __builtin_wasm_memory_atomic_notify(&pool.calls, most_threads);
}

#endif

}  // namespace footlight
