#pragma once

#include "kernels/bilinear.h"
#include "threading/threads.h"

namespace footlight {

// One step of an optimizer (SGD, momentum, Adagrad, Adam, AdamW as in packages/engine/src/optimizers): of the job only its rule, `factors` and `step` count.

// On all entries of a parameter.
void optimizer_dense(const Threads& threads, const BilinearJob& job, const BilinearTable& table, const float* gradient, int64_t size);

// Gradients of some rows of a parameter [rows, dim].
struct RowGradients {
  int64_t rows, dim, places;
  const int32_t* ids;  // [place]
  float* gradients;    // [place, dim], overwritten
};
// Gradients of a row that occurs more than once are summed in their order. Without `dense` the other rows do not change. `slot_of_row` [rows] may contain
// anything, and is −1 at the rows of the ids afterwards; unless the ids ascend, which needs no scratch memory.
void optimizer_rows(const Threads& threads, const BilinearJob& job, const BilinearTable& table, const RowGradients& given, bool dense, int32_t* slot_of_row,
                    int32_t* workspace);
// Numbers of its workspace.
constexpr int64_t optimizer_rows_workspace(int64_t places) { return 4 * places + 2; }

}  // namespace footlight
