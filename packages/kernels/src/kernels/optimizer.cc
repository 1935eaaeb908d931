// The optimizers' rules on chunks of a parameter.

#include "kernels/optimizer.h"

#include "kernels/arithmetic.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/optimizer.cc"
#include "simd/foreach_target.h"
#include "kernels/optimizer_rules-inl.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

// One step of the job's rule on n entries from `at` on, with gradients g, or without any.
FOOTLIGHT_TARGET void update_entries(const BilinearJob& job, const BilinearTable& table, int64_t at, int64_t n, const float* g) {
  switch (job.rule) {
    case BilinearRule::sgd: steps_on_row<BilinearRule::sgd>(job, table, at, n, g, job.step, job.step); break;
    case BilinearRule::momentum: steps_on_row<BilinearRule::momentum>(job, table, at, n, g, job.step, job.step); break;
    case BilinearRule::adagrad: steps_on_row<BilinearRule::adagrad>(job, table, at, n, g, job.step, job.step); break;
    case BilinearRule::adam: steps_on_row<BilinearRule::adam>(job, table, at, n, g, job.step, job.step); break;
  }
}

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
namespace {

constexpr int64_t chunk = 4096;  // entries that are worth a thread; chunks begin at its multiples, so that threads do not change how entries are grouped

bool ascend(const int32_t* ids, int64_t count) {
  for (int64_t i = 1; i < count; i++)
    if (ids[i - 1] >= ids[i]) return false;
  return true;
}

// The places of each row, in their order: those of slot s are ordered[starts[s]] … ordered[starts[s + 1] − 1].
struct Slots {
  int64_t count;
  const int32_t *rows, *starts, *ordered;
};

// A slot is believed only if it leads back to the row, whatever the scratch memory contained before.
Slots group_places(const int32_t* ids, int64_t places, int32_t* slot_of_row, int32_t* workspace) {
  int32_t *const rows = workspace, *const slot_of_place = rows + places, *const ordered = slot_of_place + places, *const starts = ordered + places;
  int32_t count = 0;
  for (int64_t place = 0; place < places; place++) {
    int32_t& slot = slot_of_row[ids[place]];
    if (slot < 0 || slot >= count || rows[slot] != ids[place]) {
      slot = count;
      rows[count++] = ids[place];
    }
    slot_of_place[place] = slot;
  }
  for (int64_t slot = 0; slot < count + 2; slot++) starts[slot] = 0;
  for (int64_t place = 0; place < places; place++) starts[slot_of_place[place] + 2]++;
  for (int64_t slot = 0; slot < count; slot++) starts[slot + 2] += starts[slot + 1];
  for (int64_t place = 0; place < places; place++) ordered[starts[slot_of_place[place] + 1]++] = static_cast<int32_t>(place);
  return {count, rows, starts, ordered};
}

}  // namespace

void optimizer_dense(const Threads& threads, const BilinearJob& job, const BilinearTable& table, const float* gradient, int64_t size) {
  const auto update_entries = FOOTLIGHT_DISPATCH(update_entries);
  parallel(threads, divide_up(size, chunk), 4, [&](int64_t begin, int64_t end, int) {
    const int64_t from = begin * chunk, to = min(size, end * chunk);
    update_entries(job, table, from, to - from, gradient + from);
  });
}

void optimizer_rows(const Threads& threads, const BilinearJob& job, const BilinearTable& table, const RowGradients& given, bool dense, int32_t* slot_of_row,
                    int32_t* workspace) {
  const auto update_entries = FOOTLIGHT_DISPATCH(update_entries);
  const auto [rows, dim, places, ids, gradients] = given;
  if (rows == 0 || dim == 0) return;
  const int64_t grain = max(1, 4 * chunk / dim);
  // Rows that ascend occur once each: nothing is to be summed.
  if (!dense && ascend(ids, places)) {
    parallel(threads, places, grain, [&](int64_t begin, int64_t end, int) {
      for (int64_t place = begin; place < end; place++) update_entries(job, table, given.ids[place] * given.dim, given.dim, given.gradients + place * given.dim);
    });
    return;
  }
  const Slots slots = group_places(ids, places, slot_of_row, workspace);
  parallel(threads, slots.count, grain, [&](int64_t begin, int64_t end, int) {
    const int64_t width = given.dim;
    for (int64_t slot = begin; slot < end; slot++) {
      float* sum = given.gradients + slots.ordered[slots.starts[slot]] * width;
      for (int64_t at = slots.starts[slot] + 1; at < slots.starts[slot + 1]; at++)
        for (int64_t d = 0; d < width; d++) sum[d] += given.gradients[slots.ordered[at] * width + d];
      if (!dense) update_entries(job, table, slots.rows[slot] * width, width, sum);
    }
  });
  if (dense)
    parallel(threads, rows, grain, [&](int64_t begin, int64_t end, int) {
      const int64_t width = given.dim;
      for (int64_t row = begin; row < end; row++) {
        const int32_t slot = slot_of_row[row];
        const bool touched = slot >= 0 && slot < slots.count && slots.rows[slot] == row;
        update_entries(job, table, row * width, width, touched ? given.gradients + slots.ordered[slots.starts[slot]] * width : nullptr);
      }
    });
  for (int64_t slot = 0; slot < slots.count; slot++) slot_of_row[slots.rows[slot]] = -1;
}
#endif

}  // namespace footlight
