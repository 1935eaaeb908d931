#include "threading/thread_pool.h"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "check.h"

using footlight::parallel;

static int64_t sum_of(int64_t count, int64_t grain) {
  std::vector<int64_t> sums(footlight::threads().count, 0);
  parallel(count, grain, [&](int64_t begin, int64_t end, int piece) {
    for (int64_t i = begin; i < end; i++) sums[piece] += i;
  });
  int64_t total = 0;
  for (const int64_t sum : sums) total += sum;
  return total;
}

void test_thread_pool() {
  for (int64_t repeat = 0; repeat < 2000; repeat++) check(sum_of(repeat, 1) == repeat * (repeat - 1) / 2, "each number once, whatever the count");
  check(sum_of(1000, 400) == 499500, "each number once with few pieces");

  std::atomic<int64_t> inner{0};
  parallel(8, 1, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; i++) parallel(100, 1, [&](int64_t from, int64_t to, int) { inner += to - from; });
  });
  check(inner == 800, "work inside of work is done");

  bool thrown = false;
  try {
    parallel(64, 1, [](int64_t, int64_t, int) { throw std::runtime_error("no"); });
  } catch (const std::runtime_error&) {
    thrown = true;
  }
  check(thrown && sum_of(100, 1) == 4950, "an exception reaches the caller, and the pool works on");

  int64_t done = 0;
  {
    footlight::BackgroundTask errand;
    for (int64_t repeat = 0; repeat < 2000; repeat++) errand.start([&done, repeat] { done += repeat + sum_of(4, 1); });
    errand.wait();
    check(done == 1999000 + 2000 * 6, "errands are done one after the other, with the pool, too");
    errand.start([] { throw std::runtime_error("no"); });
    thrown = false;
    try {
      errand.wait();
    } catch (const std::runtime_error&) {
      thrown = true;
    }
    errand.wait();
    errand.start([&done] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));  // longer than anybody spins
      done = -1;
    });
    check(thrown, "an exception reaches who waits, once");
  }
  check(done == -1, "no errand outlives its owner");

  std::vector<footlight::BackgroundTask> errands(500);  // more than there should be threads
  std::atomic<int64_t> all{0};
  for (auto& errand : errands) errand.start([&all] { all++; });
  errands.clear();
  check(all == 500, "many owners may have errands at the same time");

  std::vector<std::thread> callers;
  std::atomic<int> right{0};
  for (int caller = 0; caller < 3; caller++)
    callers.emplace_back([&] {
      for (int repeat = 0; repeat < 100; repeat++) right += sum_of(1000, 10) == 499500;
    });
  for (auto& caller : callers) caller.join();
  check(right == 300, "several threads may call at the same time");

  // Environments come and go, as workers do; the threads end with the last one, and begin again.
  std::vector<std::thread> environments;
  for (int environment = 0; environment < 3; environment++)
    environments.emplace_back([&] {
      for (int repeat = 0; repeat < 50; repeat++) {
        footlight::enter_threads();
        footlight::BackgroundTask errand;
        errand.start([&right] { right += sum_of(1000, 10) == 499500; });
        right += sum_of(1000, 10) == 499500;
        if (repeat % 2 == 0) errand.wait();
        footlight::leave_threads();  // what was started is done, though its owner did not wait
      }
    });
  for (auto& environment : environments) environment.join();
  check(right == 600, "nothing is lost when threads end");
}
