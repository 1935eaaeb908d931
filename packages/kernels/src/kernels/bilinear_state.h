#pragma once

#include <stddef.h>
#include <stdint.h>

#include "kernels/bilinear.h"
#include "kernels/parts.h"
#include "threading/threads.h"

namespace footlight {

// Memory that a state keeps from step to step, in blocks that grow. Whoever owns the state owns the memory.
struct BilinearMemory {
  enum Block { rows, factors, draw_weights, step, first_batch, second_batch, blocks };

  void* owner;
  // A block of at least so many bytes, from a multiple of 8 on, with the content that it had; the rest is 0. nullptr if there is no memory for it.
  void* (*reserve)(void* owner, Block block, size_t bytes);
};

// What a factorization is: of the job the fields from `dim` to `shrinks`, without `draw_weights`.
struct BilinearSettings {
  int64_t users, items;
  bool biases, harmonic;
  BilinearJob job;

  size_t slots() const { return job.rule == BilinearRule::sgd ? 0 : job.rule == BilinearRule::adam ? 2 : 1; }
};

struct BilinearQueries {
  int64_t count, negatives;  // queries, and negatives of each
  const int32_t *user_of, *positive_of, *negative_of;
};

// What a factorization keeps from step to step. A step is prepared, begun and run. The next one may be prepared while one runs; all else waits for it. Functions
// that return false have found no memory and changed nothing.
class BilinearState {
 public:
  // `in_background`: whether a step may run on another thread, which leaves one of `threads` to prepare the next.
  bool create(const BilinearSettings& settings, const Threads& threads, bool in_background, const BilinearMemory& memory);

  // Takes over what the next step is about, in memory of its own, and groups it.
  bool prepare(const BilinearQueries& queries);
  bool prepared() const { return prepared_; }

  // The tables of the next step, or of a flush. Users and items have biases, or both have no weights there.
  void set_tables(const BilinearTable& users, const BilinearTable& items, const BilinearTable& user_biases, const BilinearTable& item_biases);

  // Begins the prepared step.
  bool begin(const BilinearFactors& factors);
  // Runs the step that was begun last; its mean loss before the update.
  float run(const Threads& threads);

  // Brings all rows up to date: what a dense rule put off.
  void flush(const Threads& threads);

  // Whether a step has all threads, and nothing else is done meanwhile.
  bool alone() const { return alone_; }
  const BilinearSettings& settings() const { return settings_; }
  const BilinearJob& job() const { return settings_.job; }

 private:
  // A batch of queries as it is when its step starts: in memory of its own.
  struct Batch {
    int64_t queries, negatives;                 // the latter per query
    int32_t *user_of, *positive_of, *negative_of;  // [query], [query], [query, negative]
    int32_t *candidates, *moved;                // items that are grouped; where few move, their places
    GroupingMemory user_memory, item_memory;
    BilinearGroups by_user, by_item;
  };

  int64_t count_grouped(int64_t queries, int64_t negatives) const { return few_move_ ? 2 * queries : queries * (1 + negatives); }
  void place_batch(Parts& parts, int64_t queries, int64_t negatives, Batch& batch) const;
  void place_step(Parts& parts, const Batch& batch, BilinearJob& job, float** item_gradients) const;
  bool reserve_draw_weights(int64_t negatives);
  float compute_rank_weight(int64_t rank) const;

  BilinearSettings settings_{};
  BilinearMemory memory_{};
  int32_t *slot_of_user_ = nullptr, *slot_of_item_ = nullptr;
  BilinearFactors* factors_ = nullptr;  // [step since the flush], counted from 1
  int32_t steps_ = 0;                   // since the flush
  float* draw_weights_ = nullptr;
  int64_t drawn_ = 0;
  bool alone_ = true;
  int32_t owners_ = 1;      // threads of a step; else one makes the next batch
  bool few_move_ = false;   // at most two candidates of a query have a gradient, and the others stay as they are
  Batch batches_[2] = {};   // the one whose step runs, and the next
  int next_ = 0;
  bool prepared_ = false;
  BilinearJob step_{};      // the one that was begun last
  MovedItems moved_{};
  float* item_gradients_ = nullptr;
};

}  // namespace footlight
