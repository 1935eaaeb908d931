#include "kernels/bilinear_state.h"

#include "kernels/arithmetic.h"
#include "simd/libm.h"

namespace footlight {
namespace {

constexpr int64_t beyond_caches = int64_t{1} << 24;  // floats: steps on larger tables wait for memory, and more threads wait for more of it at a time

GroupingMemory place_grouping(Parts& parts, int64_t count, int32_t owners) {
  const auto numbers = [&] { return parts.take<int32_t>(count + 1); };
  GroupingMemory memory{};
  memory.slot_of_place = numbers();
  memory.places = numbers();
  memory.found = numbers();
  memory.sizes = numbers();
  memory.owners = numbers();
  memory.rows = numbers();
  memory.starts = numbers();
  memory.owned = parts.take<int32_t>(owners + 1);
  return memory;
}

void copy_numbers(int32_t* to, const int32_t* from, int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] = from[i];
}

void clear(int32_t* numbers, int64_t count) {
  for (int64_t i = 0; i < count; i++) numbers[i] = 0;
}

}  // namespace

bool BilinearState::create(const BilinearSettings& settings, const Threads& threads, bool in_background, const BilinearMemory& memory) {
  settings_ = settings;
  memory_ = memory;
  BilinearJob& job = settings_.job;
  const int64_t users = settings.users, items = settings.items, remembered = static_cast<int64_t>(settings.slots()) + 1;
  alone_ = !in_background || threads.count == 1 || (users + items) * job.dim * remembered > beyond_caches;
  owners_ = alone_ ? threads.count : threads.count - 1;
  few_move_ = job.idle_rows_stay && (job.loss == BilinearLoss::warp || job.loss == BilinearLoss::adaptive_hinge);
  int32_t *last_user = nullptr, *last_item = nullptr;
  const auto place = [&](Parts& parts) {
    slot_of_user_ = parts.take<int32_t>(users);
    slot_of_item_ = parts.take<int32_t>(items);
    if (!job.dense) return;
    last_user = parts.take<int32_t>(users);
    last_item = parts.take<int32_t>(items);
  };
  Parts counted;
  place(counted);
  void* const rows = memory.reserve(memory.owner, BilinearMemory::rows, counted.used());
  if (!rows) return false;
  Parts parts(rows);
  place(parts);
  job.users.last = last_user;
  job.items.last = last_item;
  return true;
}

void BilinearState::place_batch(Parts& parts, int64_t queries, int64_t negatives, Batch& batch) const {
  const int64_t grouped = count_grouped(queries, negatives);
  batch.queries = queries;
  batch.negatives = negatives;
  batch.user_of = parts.take<int32_t>(queries);
  batch.positive_of = parts.take<int32_t>(queries);
  batch.negative_of = parts.take<int32_t>(queries * negatives);
  batch.candidates = parts.take<int32_t>(grouped);
  batch.moved = few_move_ ? parts.take<int32_t>(grouped) : nullptr;
  batch.user_memory = place_grouping(parts, queries, owners_);
  batch.item_memory = place_grouping(parts, grouped, owners_);
}

bool BilinearState::prepare(const BilinearQueries& queries) {
  const int64_t count = queries.count, negatives = queries.negatives;
  Batch& batch = batches_[next_];
  Parts counted;
  place_batch(counted, count, negatives, batch);
  prepared_ = false;
  void* const memory = memory_.reserve(memory_.owner, next_ == 0 ? BilinearMemory::first_batch : BilinearMemory::second_batch, counted.used());
  if (!memory) return false;
  Parts parts(memory);
  place_batch(parts, count, negatives, batch);
  copy_numbers(batch.user_of, queries.user_of, count);
  copy_numbers(batch.positive_of, queries.positive_of, count);
  copy_numbers(batch.negative_of, queries.negative_of, count * negatives);
  batch.by_user = group_places(batch.user_of, count, owners_, slot_of_user_, batch.user_memory);
  if (!few_move_) {
    for (int64_t q = 0, place = 0; q < count; q++) {
      batch.candidates[place++] = batch.positive_of[q];
      for (int64_t c = 0; c < negatives; c++) batch.candidates[place++] = batch.negative_of[q * negatives + c];
    }
    batch.by_item = group_places(batch.candidates, count * (1 + negatives), owners_, slot_of_item_, batch.item_memory);
  }
  prepared_ = true;
  return true;
}

void BilinearState::set_tables(const BilinearTable& users, const BilinearTable& items, const BilinearTable& user_biases, const BilinearTable& item_biases) {
  BilinearJob& job = settings_.job;
  job.users.vectors = users;
  job.items.vectors = items;
  job.users.biases = user_biases;
  job.items.biases = item_biases;
}

void BilinearState::place_step(Parts& parts, const Batch& batch, BilinearJob& job, float** item_gradients) const {
  const int64_t users = min(batch.queries, settings_.users);
  job.score_gradients = parts.take<float>(batch.queries * (1 + batch.negatives));
  job.losses = parts.take<float>(batch.queries);
  job.user_gradients = parts.take<float>(users * job.dim);
  job.user_bias_gradients = parts.take<float>(users);
  *item_gradients = parts.take<float>(owners_ * bilinear_gradient_stride(job.dim));
}

bool BilinearState::begin(const BilinearFactors& factors) {
  const Batch& batch = batches_[next_];
  BilinearJob job = settings_.job;
  Parts counted;
  place_step(counted, batch, job, &item_gradients_);
  void* const memory = memory_.reserve(memory_.owner, BilinearMemory::step, counted.used());
  if (!memory || !reserve_draw_weights(batch.negatives)) return false;
  const int32_t step = job.dense ? steps_ + 1 : 1;  // without a dense rule nothing asks for the steps before
  // In powers of two, since a block is copied when it grows.
  int64_t capacity = 16;
  while (capacity <= step) capacity *= 2;
  auto* const all = static_cast<BilinearFactors*>(
      memory_.reserve(memory_.owner, BilinearMemory::factors, static_cast<size_t>(capacity) * sizeof(BilinearFactors)));
  if (!all) return false;
  factors_ = all;
  factors_[step] = factors;
  steps_ = step;
  Parts parts(memory);
  place_step(parts, batch, job, &item_gradients_);
  job.draw_weights = draw_weights_;
  job.queries = batch.queries;
  job.negatives = batch.negatives;
  job.user_of = batch.user_of;
  job.positive_of = batch.positive_of;
  job.negative_of = batch.negative_of;
  job.by_user = batch.by_user;
  job.by_item = batch.by_item;
  job.factors = factors_;
  job.step = step;
  step_ = job;
  moved_ = {batch.candidates, batch.moved, slot_of_item_, batch.item_memory};
  next_ = 1 - next_;
  prepared_ = false;
  return true;
}

float BilinearState::run(const Threads& threads) { return bilinear_step(threads, step_, owners_, item_gradients_, few_move_ ? &moved_ : nullptr); }

void BilinearState::flush(const Threads& threads) {
  if (!settings_.job.dense || steps_ == 0) return;
  BilinearJob job = settings_.job;
  job.factors = factors_;
  job.step = steps_;
  bilinear_flush(threads, job, settings_.users, settings_.items);
  clear(job.users.last, settings_.users);
  clear(job.items.last, settings_.items);
  steps_ = 0;
}

bool BilinearState::reserve_draw_weights(int64_t negatives) {
  if (settings_.job.loss != BilinearLoss::warp || drawn_ >= negatives) return true;
  void* const memory = memory_.reserve(memory_.owner, BilinearMemory::draw_weights, static_cast<size_t>(negatives) * sizeof(float));
  if (!memory) return false;
  draw_weights_ = static_cast<float*>(memory);
  for (; drawn_ < negatives; drawn_++) draw_weights_[drawn_] = compute_rank_weight(max(1, (settings_.items - 1) / (drawn_ + 1)));
  return true;
}

float BilinearState::compute_rank_weight(int64_t rank) const {
  if (!settings_.harmonic) return static_cast<float>(log(static_cast<double>(rank)));
  double sum = 0;
  for (int64_t i = rank; i >= 1; i--) sum += 1.0 / static_cast<double>(i);
  return static_cast<float>(sum);
}

}  // namespace footlight
