#pragma once

#include <stdint.h>

namespace footlight {

// The threads that share the work of a kernel, the calling one included. Whoever calls a kernel brings them: the addon a pool, WebAssembly its workers, a call
// inside of other work none but itself.
struct Threads {
  using Piece = void (*)(const void* work, int piece);

  int count;
  // Runs piece(work, 0) … piece(work, pieces − 1), in any order and several at once, and returns when all are done; pieces ≤ count.
  void (*run)(int pieces, Piece piece, const void* work);
};

// The calling thread alone.
constexpr Threads one_thread = {1, nullptr};

// Cuts [0, count) into at most threads.count contiguous pieces of at least `grain` and runs work(begin, end, piece) on each; returns when all are done.
// The pieces depend on count, grain and threads.count alone, so that sums made per piece are the same at every run. `piece` counts from 0, is below
// threads.count, and no two pieces run with the same number at the same time: a workspace may be kept by it.
template <class Work>
void parallel(const Threads& threads, int64_t count, int64_t grain, const Work& work) {
  if (count <= 0) return;
  struct Pieces {
    const Work& work;
    int64_t count;
    int pieces;
    // count · piece / pieces, where the product may be too large
    int64_t start(int piece) const { return count / pieces * piece + count % pieces * piece / pieces; }
    static void run(const void* self, int piece) {
      const Pieces& own = *static_cast<const Pieces*>(self);
      own.work(own.start(piece), own.start(piece + 1), piece);
    }
  };
  const int64_t most = count / (grain > 1 ? grain : 1);
  const Pieces pieces{work, count, most < 1 ? 1 : most < threads.count ? static_cast<int>(most) : threads.count};
  if (pieces.pieces == 1) Pieces::run(&pieces, 0);
  else threads.run(pieces.pieces, Pieces::run, &pieces);
}

}  // namespace footlight
