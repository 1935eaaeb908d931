// The phases of a bilinear step.

#include "kernels/bilinear.h"

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

// Without l2 a row without gradient only coasts under Adam: after k steps its moments are β₁ᵏ m and β₂ᵏ v, and it has moved by
//   m Σₖ size β₁ᵏ / (√v √β₂ᵏ correction + ε)
// one root for all steps and one division per step. `FADES` of these are taken at a time; `fade_from` says when the rest is lost in rounding.
enum { FADES = 64 };

struct Fades {
  float pulls[FADES], widths[FADES], kepts[FADES];
};

template <class T, bool shrinks>
FOOTLIGHT_INLINE void coast(const BilinearJob& job, const BilinearTable& table, int64_t at, const Fades& fades, int count) {
  T w = load<T>(table.weights + at);
  const T m = load<T>(table.slots[0] + at), deviation = sqrt(load<T>(table.slots[1] + at));
  if (shrinks) {
    for (int k = 0; k < count; k++) w = w * fades.kepts[k] - m * fades.pulls[k] / (deviation * fades.widths[k] + job.epsilon);
  } else {
    T sum{}, other{};
    int k = 0;
    for (; k + 2 <= count; k += 2) {
      sum += fades.pulls[k] / (deviation * fades.widths[k] + job.epsilon);
      other += fades.pulls[k + 1] / (deviation * fades.widths[k + 1] + job.epsilon);
    }
    if (k < count) sum += fades.pulls[k] / (deviation * fades.widths[k] + job.epsilon);
    w = w - m * (sum + other);
  }
  store(table.weights + at, w);
}

template <bool shrinks>
FOOTLIGHT_INLINE void coast_row(const BilinearJob& job, const BilinearTable& table, int64_t at, int64_t n, const Fades& fades, int count) {
  int64_t d = 0;
  for (; d + LANES <= n; d += LANES) coast<Lanes, shrinks>(job, table, at + d, fades, count);
  for (; d < n; d++) coast<float, shrinks>(job, table, at + d, fades, count);
}

FOOTLIGHT_INLINE void scale_row(const BilinearTable& table, int64_t at, int64_t n, double kept, double fade1, double fade2) {
  if (kept != 1) scale(table.weights + at, n, static_cast<float>(kept));
  scale(table.slots[0] + at, n, static_cast<float>(fade1));
  scale(table.slots[1] + at, n, static_cast<float>(fade2 * fade2));
}

FOOTLIGHT_TARGET void coast_side(const BilinearJob& job, const BilinearSide& side, int64_t row, int32_t from, int32_t to) {
  Fades fades;
  double fade1 = 1, fade2 = 1;
  int32_t step = from;
  // A term of the sum is at most max(β₁, β₁ / √β₂)ᵏ of the first; below 2⁻³⁰ of it they change nothing that a float can hold.
  const double slower = job.fade2 < 1 && job.fade2 > 0 ? job.fade1 / job.fade2 : job.fade1;
  double left = 1;
  while (step <= to && left > 1e-9) {
    int count = 0;
    for (; count < FADES && step <= to && left > 1e-9; count++, step++) {
      fade1 *= job.fade1;
      fade2 *= job.fade2;
      left *= slower;
      fades.pulls[count] = static_cast<float>(job.factors[step].size * fade1);
      fades.widths[count] = static_cast<float>(job.factors[step].correction * fade2);
      fades.kepts[count] = job.factors[step].kept;
    }
    if (job.shrinks) {
      coast_row<true>(job, side.vectors, row * job.dim, job.dim, fades, count);
      if (side.biases.weights) coast_row<true>(job, side.biases, row, 1, fades, count);
    } else {
      coast_row<false>(job, side.vectors, row * job.dim, job.dim, fades, count);
      if (side.biases.weights) coast_row<false>(job, side.biases, row, 1, fades, count);
    }
  }
  double kept = 1;
  for (; step <= to; step++) {
    fade1 *= job.fade1;
    fade2 *= job.fade2;
    kept *= job.factors[step].kept;
  }
  scale_row(side.vectors, row * job.dim, job.dim, kept, fade1, fade2);
  if (side.biases.weights) scale_row(side.biases, row, 1, kept, fade1, fade2);
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
      else coast_side(job, side, row, from, to);
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

// softplus(x) = log(1 + eˣ) and its slope σ(x), from one power.
FOOTLIGHT_INLINE float softplus(float x, float& slope) {
  const float power = ::expf(-__builtin_fabsf(x));
  slope = (x < 0 ? power : 1.0f) / (1.0f + power);
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

// Scores the candidates, puts the slopes of the query's loss into s [1 + negative] and returns the loss.
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
        float slope;
        loss += softplus(s[c] - positive, slope);
        s[c] = share * slope;
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
      float slope;
      const float missed = softplus(-positive, slope);
      s[0] = -slope;
      for (int64_t c = 1; c <= count; c++) {
        loss += softplus(s[c], slope);
        s[c] = share * slope;
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
      float* s = job.slopes + q * width;
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
      const float slope = job.slopes[place];
      if (slope == 0) continue;
      add_to(gradient, job.users.vectors.weights + job.user_of[place / width] * dim, slope, dim, first);
      bias_gradient += slope;
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

static const BilinearPhases phases = {ready_items, score_users, update_items, update_users, flush};

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
const BilinearPhases& bilinear_phases() { return FOOTLIGHT_DISPATCH(phases); }
#endif

}  // namespace footlight
