// The phases of a bilinear step.

#include "kernels/bilinear.h"

#include "kernels/arithmetic.h"

#ifndef FOOTLIGHT_BILINEAR_PHASES
#define FOOTLIGHT_BILINEAR_PHASES
namespace footlight {
namespace {

// The phases, each on slots [begin, end) of its groups, or rows for `flush`. The order of one step:
//   ready_items   items that were left behind are caught up with (dense rules)
//   score_users   users are caught up with; scores, losses, the gradients of scores and of users, all at the old weights
//   update_items  gradients of items from the old users, and their update
//   update_users
struct BilinearPhases {
  void (*ready_items)(const BilinearJob& job, int64_t begin, int64_t end);
  void (*score_users)(const BilinearJob& job, int64_t begin, int64_t end);
  void (*update_items)(const BilinearJob& job, float* gradient, int64_t begin, int64_t end);  // scratch [dim]
  void (*update_users)(const BilinearJob& job, int64_t begin, int64_t end);
  void (*flush)(const BilinearJob& job, const BilinearSide& side, int64_t begin, int64_t end);  // up to and including job.step
};

}  // namespace
}  // namespace footlight
#endif

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/bilinear.cc"
#include "simd/foreach_target.h"
#include "kernels/optimizer_rules-inl.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

template <BilinearRule rule>
FOOTLIGHT_TARGET void update(const BilinearJob& job, const BilinearTable& table, int64_t row, int64_t n, const float* g) {
  steps_on_row<rule>(job, table, row * n, n, g, job.step, job.step);
}

// Without l2 a row without gradient only moves on under Adam: after k steps its moments are β₁ᵏ m and β₂ᵏ v, and it has moved by
//   m Σₖ size β₁ᵏ / (√v √β₂ᵏ correction + ε)
// one root for all steps and one division per step. `DECAY_STEPS` of these are taken at a time; `decay_from` says when the rest is lost in rounding.
enum { DECAY_STEPS = 64 };

struct DecayTable {
  float pulls[DECAY_STEPS], widths[DECAY_STEPS], shrinkages[DECAY_STEPS];
};

template <class T, bool shrinks>
FOOTLIGHT_INLINE void catch_up_idle(const BilinearJob& job, const BilinearTable& table, int64_t at, const DecayTable& decays, int count) {
  T w = load<T>(table.weights + at);
  const T m = load<T>(table.slots[0] + at), deviation = sqrt(load<T>(table.slots[1] + at));
  if (shrinks) {
    for (int k = 0; k < count; k++) w = w * decays.shrinkages[k] - m * decays.pulls[k] / (deviation * decays.widths[k] + job.epsilon);
  } else {
    T sum{}, other{};
    int k = 0;
    for (; k + 2 <= count; k += 2) {
      sum += decays.pulls[k] / (deviation * decays.widths[k] + job.epsilon);
      other += decays.pulls[k + 1] / (deviation * decays.widths[k + 1] + job.epsilon);
    }
    if (k < count) sum += decays.pulls[k] / (deviation * decays.widths[k] + job.epsilon);
    w = w - m * (sum + other);
  }
  store(table.weights + at, w);
}

template <bool shrinks>
FOOTLIGHT_INLINE void catch_up_idle_row(const BilinearJob& job, const BilinearTable& table, int64_t at, int64_t n, const DecayTable& decays, int count) {
  int64_t d = 0;
  for (; d + LANES <= n; d += LANES) catch_up_idle<Lanes, shrinks>(job, table, at + d, decays, count);
  for (; d < n; d++) catch_up_idle<float, shrinks>(job, table, at + d, decays, count);
}

FOOTLIGHT_INLINE void scale_row(const BilinearTable& table, int64_t at, int64_t n, double shrinkage, double decay1, double decay2) {
  if (shrinkage != 1) scale(table.weights + at, n, static_cast<float>(shrinkage));
  scale(table.slots[0] + at, n, static_cast<float>(decay1));
  scale(table.slots[1] + at, n, static_cast<float>(decay2 * decay2));
}

FOOTLIGHT_TARGET void catch_up_idle_side(const BilinearJob& job, const BilinearSide& side, int64_t row, int32_t from, int32_t to) {
  DecayTable decays;
  double decay1 = 1, decay2 = 1;
  int32_t step = from;
  // A term of the sum is at most max(β₁, β₁ / √β₂)ᵏ of the first; below 2⁻³⁰ of it they change nothing that a float can hold.
  const double slower = job.sqrt_beta2 < 1 && job.sqrt_beta2 > 0 ? job.double_beta1 / job.sqrt_beta2 : job.double_beta1;
  double left = 1;
  while (step <= to && left > 1e-9) {
    int count = 0;
    for (; count < DECAY_STEPS && step <= to && left > 1e-9; count++, step++) {
      decay1 *= job.double_beta1;
      decay2 *= job.sqrt_beta2;
      left *= slower;
      decays.pulls[count] = static_cast<float>(job.factors[step].size * decay1);
      decays.widths[count] = static_cast<float>(job.factors[step].correction * decay2);
      decays.shrinkages[count] = job.factors[step].shrinkage;
    }
    if (job.shrinks) {
      catch_up_idle_row<true>(job, side.vectors, row * job.dim, job.dim, decays, count);
      if (side.biases.weights) catch_up_idle_row<true>(job, side.biases, row, 1, decays, count);
    } else {
      catch_up_idle_row<false>(job, side.vectors, row * job.dim, job.dim, decays, count);
      if (side.biases.weights) catch_up_idle_row<false>(job, side.biases, row, 1, decays, count);
    }
  }
  double shrinkage = 1;
  for (; step <= to; step++) {
    decay1 *= job.double_beta1;
    decay2 *= job.sqrt_beta2;
    shrinkage *= job.factors[step].shrinkage;
  }
  scale_row(side.vectors, row * job.dim, job.dim, shrinkage, decay1, decay2);
  if (side.biases.weights) scale_row(side.biases, row, 1, shrinkage, decay1, decay2);
}

template <BilinearRule rule>
FOOTLIGHT_TARGET void replay_side(const BilinearJob& job, const BilinearSide& side, int64_t row, int32_t from, int32_t to) {
  steps_on_row<rule>(job, side.vectors, row * job.dim, job.dim, nullptr, from, to);
  if (side.biases.weights) steps_on_row<rule>(job, side.biases, row, 1, nullptr, from, to);
}

// Does to a row what the steps up to `to` would have done that it was left out of.
FOOTLIGHT_TARGET void catch_up(const BilinearJob& job, const BilinearSide& side, int64_t row, int32_t to) {
  const int32_t from = side.last[row] + 1;
  if (from > to) return;
  side.last[row] = to;
  switch (job.rule) {
    case BilinearRule::sgd:
      if (job.l2 != 0) replay_side<BilinearRule::sgd>(job, side, row, from, to);
      return;
    case BilinearRule::momentum:
      replay_side<BilinearRule::momentum>(job, side, row, from, to);
      return;
    case BilinearRule::adagrad:
      if (job.l2 != 0) replay_side<BilinearRule::adagrad>(job, side, row, from, to);
      return;
    case BilinearRule::adam:
      if (job.l2 != 0) replay_side<BilinearRule::adam>(job, side, row, from, to);
      else catch_up_idle_side(job, side, row, from, to);
      return;
  }
}

FOOTLIGHT_TARGET void update_side(const BilinearJob& job, const BilinearSide& side, int64_t row, const float* g, float bias_gradient) {
  const bool biased = side.biases.weights != nullptr;
  switch (job.rule) {
    case BilinearRule::sgd:
      update<BilinearRule::sgd>(job, side.vectors, row, job.dim, g);
      if (biased) update<BilinearRule::sgd>(job, side.biases, row, 1, &bias_gradient);
      break;
    case BilinearRule::momentum:
      update<BilinearRule::momentum>(job, side.vectors, row, job.dim, g);
      if (biased) update<BilinearRule::momentum>(job, side.biases, row, 1, &bias_gradient);
      break;
    case BilinearRule::adagrad:
      update<BilinearRule::adagrad>(job, side.vectors, row, job.dim, g);
      if (biased) update<BilinearRule::adagrad>(job, side.biases, row, 1, &bias_gradient);
      break;
    case BilinearRule::adam:
      update<BilinearRule::adam>(job, side.vectors, row, job.dim, g);
      if (biased) update<BilinearRule::adam>(job, side.biases, row, 1, &bias_gradient);
      break;
  }
  if (job.dense) side.last[row] = job.step;
}

enum { ROWS_AHEAD = 8, QUERIES_AHEAD = 4 };

// A row that will be updated soon, with what the rule remembers of it: in a large table each is a walk to memory.
FOOTLIGHT_INLINE void fetch_row(const BilinearJob& job, const BilinearSide& side, int64_t row) {
  fetch(side.vectors.weights + row * job.dim, job.dim);
  if (side.vectors.slots[0]) fetch(side.vectors.slots[0] + row * job.dim, job.dim);
  if (side.vectors.slots[1]) fetch(side.vectors.slots[1] + row * job.dim, job.dim);
  if (!side.biases.weights) return;
  __builtin_prefetch(side.biases.weights + row);
  if (side.biases.slots[0]) __builtin_prefetch(side.biases.slots[0] + row);
  if (side.biases.slots[1]) __builtin_prefetch(side.biases.slots[1] + row);
}

// What scoring reads of an item.
FOOTLIGHT_INLINE void fetch_item(const BilinearJob& job, int64_t item) {
  fetch(job.items.vectors.weights + item * job.dim, job.dim);
  if (job.items.biases.weights) __builtin_prefetch(job.items.biases.weights + item);
}

FOOTLIGHT_INLINE float sigmoid(float x) {
  const float power = ::expf(-__builtin_fabsf(x));  // the one of the two that cannot overflow
  return (x < 0 ? power : 1.0f) / (1.0f + power);
}

// log(1 + x) for x from 0 to 1, as 2 artanh(x / (2 + x)): the series is below half an ulp after eight terms, and a third of the C library's time.
FOOTLIGHT_INLINE float log_of_one_plus(float x) {
  const float z = x / (2.0f + x), s = z * z;
  const float tail = s * (1 / 9.0f + s * (1 / 11.0f + s * (1 / 13.0f + s * (1 / 15.0f))));
  return 2.0f * (z + z * s * (1 / 3.0f + s * (1 / 5.0f + s * (1 / 7.0f + tail))));
}

// softplus(x) = log(1 + eˣ) and its derivative σ(x), from one power.
FOOTLIGHT_INLINE float softplus(float x, float& derivative) {
  const float power = ::expf(-__builtin_fabsf(x));
  derivative = (x < 0 ? power : 1.0f) / (1.0f + power);
  return (x > 0 ? x : 0.0f) + log_of_one_plus(power) + 0.0f * x;  // the last term lets NaN through
}

// The score of one candidate of query q, whose user has vector p.
struct Query {
  const BilinearJob& job;
  int64_t q;
  const float* p;
  float user_bias;
};

FOOTLIGHT_INLINE int64_t candidate(const BilinearJob& job, int64_t q, int64_t c) {
  return c == 0 ? job.positive_of[q] : job.negative_of[q * job.negatives + c - 1];
}

FOOTLIGHT_INLINE float score(const Query& query, int64_t c) {
  const BilinearJob& job = query.job;
  const int64_t item = candidate(job, query.q, c);
  const float product = dot(query.p, job.items.vectors.weights + item * job.dim, job.dim);
  return job.items.biases.weights ? product + query.user_bias + job.items.biases.weights[item] : product;
}

// Scores the candidates, puts the gradients of the query's loss into s [1 + negative] and returns the loss.
FOOTLIGHT_TARGET float loss_of(const Query& query, float* s) {
  const BilinearJob& job = query.job;
  const int64_t count = job.negatives;
  const float share = 1.0f / static_cast<float>(count);
  s[0] = score(query, 0);
  if (job.loss == BilinearLoss::warp) {  // the first violation decides: what comes after it need not be scored
    const float positive = s[0];
    for (int64_t c = 0; c <= count; c++) s[c] = 0;
    for (int64_t c = 1; c <= count; c++) {
      const float excess = score(query, c) - positive + job.margin;
      if (excess <= 0) continue;  // NaN counts as a violation, so that the loss shows it
      const float weight = job.draw_weights[c - 1];
      s[c] = weight;
      s[0] = -weight;
      return excess * weight;
    }
    return 0;
  }
  for (int64_t c = 1; c <= count; c++) s[c] = score(query, c);
  const float positive = s[0];
  float loss = 0, pull = 0;
  switch (job.loss) {
    case BilinearLoss::pointwise: {
      const float missed = sigmoid(-positive);
      for (int64_t c = 1; c <= count; c++) {
        const float alarm = sigmoid(s[c]);
        loss += alarm;
        s[c] = job.terms * share * alarm * (1.0f - alarm);
      }
      s[0] = -job.terms * missed * (1.0f - missed);
      return job.terms * (missed + share * loss);
    }
    case BilinearLoss::bpr:
      for (int64_t c = 1; c <= count; c++) {
        float derivative;
        loss += softplus(s[c] - positive, derivative);
        s[c] = share * derivative;
        pull += s[c];
      }
      break;
    case BilinearLoss::sigmoid_bpr:
      for (int64_t c = 1; c <= count; c++) {
        const float beaten = sigmoid(s[c] - positive);
        loss += beaten;
        s[c] = share * beaten * (1.0f - beaten);
        pull += s[c];
      }
      break;
    case BilinearLoss::hinge:
      for (int64_t c = 1; c <= count; c++) {
        const float excess = s[c] - positive + job.margin;
        s[c] = excess > 0 ? share : 0.0f;
        loss += excess <= 0 ? 0.0f : excess;
        pull += s[c];
      }
      break;
    case BilinearLoss::adaptive_hinge: {
      int64_t hardest = 1;
      for (int64_t c = 2; c <= count; c++)
        if (!(s[c] <= s[hardest])) hardest = c;  // of equals the first; NaN wins
      const float excess = s[hardest] - positive + job.margin;
      for (int64_t c = 1; c <= count; c++) s[c] = 0;
      s[hardest] = pull = excess > 0 ? 1.0f : 0.0f;
      s[0] = -pull;
      return excess <= 0 ? 0.0f : excess;
    }
    case BilinearLoss::logistic: {
      float derivative;
      const float missed = softplus(-positive, derivative);
      s[0] = -derivative;
      for (int64_t c = 1; c <= count; c++) {
        loss += softplus(s[c], derivative);
        s[c] = share * derivative;
      }
      return missed + share * loss;
    }
    case BilinearLoss::sampled_softmax: {
      float most = 0;
      for (int64_t c = 1; c <= count; c++) {
        s[c] -= positive;
        if (!(s[c] <= most)) most = s[c];
      }
      float sum = ::expf(-most);  // of the positive's lead over itself, 0
      for (int64_t c = 1; c <= count; c++) sum += s[c] = ::expf(s[c] - most);
      const float over = 1.0f / sum;
      for (int64_t c = 1; c <= count; c++) pull += s[c] *= over;
      s[0] = -pull;
      return most + ::logf(sum);
    }
    case BilinearLoss::warp:
      break;
  }
  s[0] = -pull;
  return share * loss;
}

FOOTLIGHT_TARGET void ready_items(const BilinearJob& job, int64_t begin, int64_t end) {
  for (int64_t slot = begin; slot < end; slot++) {
    if (slot + ROWS_AHEAD < end) fetch_row(job, job.items, job.by_item.rows[slot + ROWS_AHEAD]);
    catch_up(job, job.items, job.by_item.rows[slot], job.step - 1);
  }
}

FOOTLIGHT_TARGET void score_users(const BilinearJob& job, int64_t begin, int64_t end) {
  const int64_t dim = job.dim, width = 1 + job.negatives;
  const BilinearGroups& groups = job.by_user;
  const float* items = job.items.vectors.weights;
  const float mean = 1.0f / static_cast<float>(job.queries);
  const bool reads_scores = job.loss == BilinearLoss::pointwise || job.loss == BilinearLoss::logistic;
  const int64_t last_place = groups.starts[end];
  for (int64_t slot = begin; slot < end; slot++) {
    const int64_t user = groups.rows[slot];
    if (slot + 1 < end) fetch(job.users.vectors.weights + groups.rows[slot + 1] * dim, dim);
    if (job.dense) catch_up(job, job.users, user, job.step - 1);
    const float bias = job.users.biases.weights ? job.users.biases.weights[user] : 0.0f;
    const float* p = job.users.vectors.weights + user * dim;
    float* gradient = job.user_gradients + slot * dim;
    float bias_gradient = 0;
    bool first = true;
    for (int64_t place = groups.starts[slot]; place < groups.starts[slot + 1]; place++) {
      const int64_t q = groups.places[place];
      if (place + QUERIES_AHEAD < last_place) {
        const int64_t next = groups.places[place + QUERIES_AHEAD];
        fetch_item(job, job.positive_of[next]);
        fetch_item(job, job.negative_of[next * job.negatives]);
      }
      float* s = job.score_gradients + q * width;
      job.losses[q] = loss_of(Query{job, q, p, bias}, s);
      for (int64_t c = 1; c < width; c++)
        if (candidate(job, q, c) == job.positive_of[q]) {  // opposite pulls at one row cancel here, not in the rounding of its gradient,
          s[0] += s[c];                                     // which Adam would take for a direction
          s[c] = 0;
        }
      for (int64_t c = 0; c < width; c++) {
        if (s[c] == 0) continue;
        s[c] *= mean;
        add_to(gradient, items + candidate(job, q, c) * dim, s[c], dim, first);
        bias_gradient += s[c];
        first = false;
      }
    }
    if (first)
      for (int64_t d = 0; d < dim; d++) gradient[d] = 0;
    // What reads differences of scores alone leaves the user's bias where it is, up to rounding, which Adam would take for a direction.
    job.user_bias_gradients[slot] = reads_scores ? bias_gradient : 0.0f;
  }
}

FOOTLIGHT_TARGET void update_items(const BilinearJob& job, float* gradient, int64_t begin, int64_t end) {
  const int64_t dim = job.dim, width = 1 + job.negatives;
  const BilinearGroups& groups = job.by_item;
  for (int64_t slot = begin; slot < end; slot++) {
    if (slot + ROWS_AHEAD < end) fetch_row(job, job.items, groups.rows[slot + ROWS_AHEAD]);
    float bias_gradient = 0;
    bool first = true;
    for (int64_t at = groups.starts[slot]; at < groups.starts[slot + 1]; at++) {
      const int64_t place = groups.places[at];
      const float score_gradient = job.score_gradients[place];
      if (score_gradient == 0) continue;
      add_to(gradient, job.users.vectors.weights + job.user_of[place / width] * dim, score_gradient, dim, first);
      bias_gradient += score_gradient;
      first = false;
    }
    if (first) {
      if (job.dense || job.idle_rows_stay) continue;  // a dense rule does its idle steps later
      for (int64_t d = 0; d < dim; d++) gradient[d] = 0;
    }
    update_side(job, job.items, groups.rows[slot], gradient, bias_gradient);
  }
}

FOOTLIGHT_TARGET void update_users(const BilinearJob& job, int64_t begin, int64_t end) {
  for (int64_t slot = begin; slot < end; slot++) {
    if (slot + ROWS_AHEAD < end) fetch_row(job, job.users, job.by_user.rows[slot + ROWS_AHEAD]);
    update_side(job, job.users, job.by_user.rows[slot], job.user_gradients + slot * job.dim, job.user_bias_gradients[slot]);
  }
}

FOOTLIGHT_TARGET void flush(const BilinearJob& job, const BilinearSide& side, int64_t begin, int64_t end) {
  for (int64_t row = begin; row < end; row++) catch_up(job, side, row, job.step);
}

const BilinearPhases phases = {ready_items, score_users, update_items, update_users, flush};

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
namespace {

// Rows are shared out over threads by their ids, wherever these come from: in the cache of a thread lie the rows that it updated in the batch before. To fetch rows
// out of the caches of others costs more than the arithmetic.
int32_t choose_owner(int32_t id, int32_t owners) { return static_cast<int32_t>((uint64_t{static_cast<uint32_t>(id) * 0x9e3779b1u} * static_cast<uint32_t>(owners)) >> 32); }

// Runs work on the slots of each owner, by the same thread in every batch if it is awake.
template <class Work>
void run_by_owner(const Threads& threads, const BilinearGroups& groups, int64_t owners, bool alone, const Work& work) {
  parallel(threads, owners, alone ? owners : 1, [&](int64_t begin, int64_t end, int piece) { work(groups.owned[begin], groups.owned[end], piece); });
}

// Puts the slots of each owner together, those met first in front; `sizes` becomes where the places of a slot begin.
void share_slots(int32_t slots, int32_t owners, const GroupingMemory& m) {
  for (int32_t owner = 0; owner <= owners; owner++) m.owned[owner] = 0;
  for (int32_t slot = 0; slot < slots; slot++) m.owned[m.owners[slot] = choose_owner(m.found[slot], owners)]++;
  for (int32_t owner = 0, next = 0; owner <= owners; owner++) {
    const int32_t count = m.owned[owner];
    m.owned[owner] = next;
    next += count;
  }
  for (int32_t slot = 0; slot < slots; slot++) {
    const int32_t shared = m.owned[m.owners[slot]]++;
    m.owners[slot] = shared;
    m.rows[shared] = m.found[slot];
    m.starts[shared] = m.sizes[slot];
  }
  for (int32_t owner = owners; owner > 0; owner--) m.owned[owner] = m.owned[owner - 1];
  m.owned[0] = 0;
  m.starts[slots] = 0;
  for (int32_t shared = 0, next = 0; shared <= slots; shared++) {
    const int32_t count = m.starts[shared];
    m.starts[shared] = next;
    next += count;
  }
  for (int32_t slot = 0; slot < slots; slot++) m.sizes[slot] = m.starts[m.owners[slot]];
}

constexpr int64_t places_ahead = 16;

// Groups the candidates that move, once it is known which.
BilinearGroups group_moved(const BilinearJob& job, int32_t owners, const MovedItems& moved) {
  const int64_t width = 1 + job.negatives;
  int64_t count = 0;
  for (int64_t q = 0; q < job.queries; q++)
    for (int64_t c = 0; c < width; c++) {
      if (job.score_gradients[q * width + c] == 0) continue;
      moved.ids[count] = c == 0 ? job.positive_of[q] : job.negative_of[q * job.negatives + c - 1];
      moved.places[count++] = static_cast<int32_t>(q * width + c);
    }
  const BilinearGroups groups = group_places(moved.ids, count, owners, moved.slot_of_item, moved.grouping);
  for (int64_t at = 0; at < count; at++) moved.grouping.places[at] = moved.places[moved.grouping.places[at]];
  return groups;
}

}  // namespace

BilinearGroups group_places(const int32_t* ids, int64_t count, int32_t owners, int32_t* slot_of_row, const GroupingMemory& m) {
  int32_t slots = 0;  // in the order in which rows are met
  for (int64_t place = 0; place < count; place++) {
    if (place + places_ahead < count) __builtin_prefetch(&slot_of_row[ids[place + places_ahead]]);  // of many rows, each lies somewhere else
    const int32_t id = ids[place];
    int32_t slot = slot_of_row[id] - 1;
    if (slot < 0) {
      slot = slots;
      slot_of_row[id] = slots + 1;
      m.found[slot] = id;
      m.sizes[slots++] = 0;
    }
    m.slot_of_place[place] = slot;
    m.sizes[slot]++;
  }
  share_slots(slots, owners, m);
  for (int32_t slot = 0; slot < slots; slot++) slot_of_row[m.found[slot]] = 0;
  // The ends of the slots run from where they begin to where they end.
  for (int64_t place = 0; place < count; place++) m.places[m.sizes[m.slot_of_place[place]]++] = static_cast<int32_t>(place);
  return {m.rows, m.starts, m.places, m.owned};
}

float bilinear_step(const Threads& threads, BilinearJob job, int32_t owners, float* item_gradients, const MovedItems* moved) {
  const BilinearPhases& phases = FOOTLIGHT_DISPATCH(phases);
  const int64_t grain = max(16, 8192 / job.dim);  // places that are worth a thread
  const bool few_users = job.queries < 2 * grain, few_items = job.queries * (1 + job.negatives) < 2 * grain;
  if (job.dense) run_by_owner(threads, job.by_item, owners, few_items, [&](int64_t begin, int64_t end, int) { phases.ready_items(job, begin, end); });
  run_by_owner(threads, job.by_user, owners, few_users, [&](int64_t begin, int64_t end, int) { phases.score_users(job, begin, end); });
  if (moved) job.by_item = group_moved(job, owners, *moved);
  run_by_owner(threads, job.by_item, owners, few_items, [&](int64_t begin, int64_t end, int piece) {
    phases.update_items(job, item_gradients + piece * bilinear_gradient_stride(job.dim), begin, end);
  });
  run_by_owner(threads, job.by_user, owners, few_users, [&](int64_t begin, int64_t end, int) { phases.update_users(job, begin, end); });
  double sum = 0;
  for (int64_t q = 0; q < job.queries; q++) sum += job.losses[q];
  return static_cast<float>(sum / static_cast<double>(job.queries));
}

void bilinear_flush(const Threads& threads, const BilinearJob& job, int64_t users, int64_t items) {
  const BilinearPhases& phases = FOOTLIGHT_DISPATCH(phases);
  parallel(threads, users, 64, [&](int64_t begin, int64_t end, int) { phases.flush(job, job.users, begin, end); });
  parallel(threads, items, 64, [&](int64_t begin, int64_t end, int) { phases.flush(job, job.items, begin, end); });
}
#endif

}  // namespace footlight
