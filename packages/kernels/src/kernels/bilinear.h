#pragma once

#include <stdint.h>

namespace footlight {

// What the phases of a bilinear training step work on. Plain memory only: the phases are compiled once per instruction set, and nothing that a linker might
// merge between them (templates and inline functions of the standard library) may appear in them.

enum class BilinearLoss { pointwise, bpr, sigmoid_bpr, hinge, adaptive_hinge, warp, logistic, sampled_softmax };
enum class BilinearRule { sgd, momentum, adagrad, adam };  // AdamW is Adam with decay

// What changes from step to step: the learning rate, and with Adam the rate over 1 − β₁ᵗ, 1 / √(1 − β₂ᵗ), and what decay leaves of a weight.
struct BilinearFactors {
  float rate, size, correction, kept;
};

struct BilinearTable {
  float* weights;
  float* slots[2];
};

// Users or items.
struct BilinearSide {
  BilinearTable vectors;  // [row, dim]
  BilinearTable biases;   // [row]; no weights: no biases
  int32_t* last;          // [row]: the step up to which a row is up to date, counted from the last flush; dense rules only
};

// Which places of a batch name which row: those of slot s are places[starts[s]] … places[starts[s + 1] − 1], in ascending order. Each row has an owner, in every
// batch the same; the slots of an owner stand together.
struct BilinearGroups {
  const int32_t* rows;    // [slot], no two alike
  const int32_t* starts;  // [slot + 1]
  const int32_t* places;  // [place]
  const int32_t* owned;   // [owner + 1]: where the slots of each owner begin
};

struct BilinearJob {
  int64_t dim;
  BilinearLoss loss;
  float margin, terms;
  const float* draw_weights;  // [negative], of warp
  BilinearRule rule;
  float beta1, beta2, epsilon, l2, momentum;
  float rest1, rest2;   // 1 − β₁ and 1 − β₂, taken before rounding: of 1 − 0.999 a float would lose four digits
  double fade1, fade2;  // β₁ and √β₂
  bool dense;           // rows without gradient move too, and are caught up with
  bool idle_rows_stay;  // a lazy rule that does nothing to a row whose gradient is zero
  bool shrinks;         // factors.kept is not 1
  BilinearSide users, items;
  const BilinearFactors* factors;  // [step since the last flush]
  int32_t step;                    // this one, an index of factors

  int64_t queries, negatives;  // of this batch, and negatives per query
  const int32_t* user_of;      // [query]
  const int32_t* positive_of;  // [query]
  const int32_t* negative_of;  // [query, negative]
  BilinearGroups by_user;      // places are queries
  BilinearGroups by_item;      // places are query × (1 + negative) + candidate, the positive first
  float* slopes;               // [query, 1 + negative]: scores, then their slopes in the batch's mean loss
  float* losses;               // [query]
  float* user_gradients;       // [slot of by_user, dim]
  float* user_bias_gradients;  // [slot of by_user]
};

// The phases, each on slots [begin, end) of its groups, or rows for `flush`. The order of one step:
//   ready_items   items that were left behind are caught up with (dense rules)
//   score_users   users are caught up with; scores, losses, slopes and the gradients of users, all at the old weights
//   update_items  gradients of items from the old users, and their update
//   update_users
// Every row is summed by one thread in the order of places, so the result does not hang on the number of threads.
struct BilinearPhases {
  void (*ready_items)(const BilinearJob& job, int64_t begin, int64_t end);
  void (*score_users)(const BilinearJob& job, int64_t begin, int64_t end);
  void (*update_items)(const BilinearJob& job, float* gradient, int64_t begin, int64_t end);  // scratch [dim]
  void (*update_users)(const BilinearJob& job, int64_t begin, int64_t end);
  void (*flush)(const BilinearJob& job, const BilinearSide& side, int64_t begin, int64_t end);  // up to and including job.step
};

// Those for this processor.
const BilinearPhases& bilinear_phases();

}  // namespace footlight
