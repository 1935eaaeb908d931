#pragma once

#include <stdint.h>

#include "threading/threads.h"

namespace footlight {

// Training steps of a factorization (bilinearSteps of the engine), of queries with one positive item and several negatives each:
//   s = p·q + b_user + b_item;  the mean of a ranking loss of each query's scores;  its gradient;  a step of an optimizer on the rows that occur

enum class BilinearLoss { pointwise, bpr, sigmoid_bpr, hinge, adaptive_hinge, warp, logistic, sampled_softmax };
enum class BilinearRule { sgd, momentum, adagrad, adam };  // AdamW is Adam with decay

// What changes from step to step: the learning rate, and with Adam the rate over 1 − β₁ᵗ, 1 / √(1 − β₂ᵗ), and what decay leaves of a weight.
struct BilinearFactors {
  float rate, size, correction, shrinkage;
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
  float one_minus_beta1, one_minus_beta2;   // 1 − β₁ and 1 − β₂, taken before rounding: of 1 − 0.999 a float would lose four digits
  double double_beta1, sqrt_beta2;
  bool dense;           // rows without gradient move too, and are caught up with
  bool idle_rows_stay;  // a lazy rule that does nothing to a row whose gradient is zero
  bool shrinks;         // factors.shrinkage is not 1
  BilinearSide users, items;
  const BilinearFactors* factors;  // [step since the last flush]
  int32_t step;                    // this one, an index of factors

  int64_t queries, negatives;  // of this batch, and negatives per query
  const int32_t* user_of;      // [query]
  const int32_t* positive_of;  // [query]
  const int32_t* negative_of;  // [query, negative]
  BilinearGroups by_user;      // places are queries
  BilinearGroups by_item;      // places are query × (1 + negative) + candidate, the positive first
  float* score_gradients;      // [query, 1 + negative]: scores, then their gradients in the batch's mean loss
  float* losses;               // [query]
  float* user_gradients;       // [slot of by_user, dim]
  float* user_bias_gradients;  // [slot of by_user]
};

// Memory for grouping places; each [place], but starts [place + 1] and owned [owner + 1].
struct GroupingMemory {
  int32_t *slot_of_place, *places, *found, *sizes, *owners, *rows, *starts, *owned;
};

// Groups places 0 … count − 1 by the row that they name, and shares the rows out over owners. `slot_of_row` is 0 everywhere before and after.
BilinearGroups group_places(const int32_t* ids, int64_t count, int32_t owners, int32_t* slot_of_row, const GroupingMemory& memory);

// Where the items that move are grouped once that is known: losses of which at most two candidates of a query have a gradient, with rules that leave rows without
// gradient as they are.
struct MovedItems {
  int32_t *ids, *places;  // [2 · query]
  int32_t* slot_of_item;  // [item], as in group_places
  GroupingMemory grouping;
};

// One step; returns the mean loss before it. `job.by_item` is read unless `moved` is given. Every row is summed by one owner in the order of places, so that the
// result does not depend on the number of threads. `item_gradients` [owner, bilinear_gradient_stride(dim)].
float bilinear_step(const Threads& threads, BilinearJob job, int32_t owners, float* item_gradients, const MovedItems* moved);
constexpr int64_t bilinear_gradient_stride(int64_t dim) { return (dim + 31) / 16 * 16; }  // threads write to cache lines of their own

// Brings all rows up to date with step `job.step`: what a dense rule has put off.
void bilinear_flush(const Threads& threads, const BilinearJob& job, int64_t users, int64_t items);

}  // namespace footlight
