#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "binding/addon/arguments.h"
#include "kernels/optimizer.h"
#include "threading/thread_pool.h"
#include "binding/addon/registration.h"

namespace footlight {
namespace {

constexpr int64_t stretch = 4096;  // entries that are worth a thread; stretches begin at its multiples, so that threads do not change how entries are grouped

struct Rule {
  BilinearJob job{};
  BilinearFactors factors{};
  size_t slots = 0;
};

double number_or(const Napi::Object& options, const char* name, double other) {
  const Napi::Value value = options.Get(name);
  return value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : other;
}

Rule rule_at(const Arguments& arguments, const Napi::Value& value, double step, double factor) {
  if (!value.IsObject()) arguments.fail("optimizer", "an object", "something else");
  const Napi::Object options = value.As<Napi::Object>();
  const Napi::Value given = options.Get("name");
  const std::string name = given.IsString() ? given.As<Napi::String>().Utf8Value() : "";
  const bool adam = name == "adam" || name == "adam-w";
  if (!adam && name != "sgd" && name != "adagrad") arguments.fail("optimizer.name", "sgd, adagrad, adam or adam-w", name.empty() ? "no text" : name);
  Rule rule;
  BilinearJob& job = rule.job;
  const double rate = number_or(options, "learningRate", 0) * factor;
  const double beta1 = number_or(options, "beta1", 0.9), beta2 = number_or(options, "beta2", 0.999);
  const double decay = name == "adam-w" ? number_or(options, "decay", 0.01) : 0;
  job.beta1 = static_cast<float>(beta1);
  job.beta2 = static_cast<float>(beta2);
  job.rest1 = static_cast<float>(1 - beta1);
  job.rest2 = static_cast<float>(1 - beta2);
  job.epsilon = static_cast<float>(number_or(options, "epsilon", adam ? 1e-8 : 1e-10));
  job.l2 = static_cast<float>(number_or(options, "l2", 0));
  job.momentum = static_cast<float>(number_or(options, "momentum", 0));
  job.rule = adam ? BilinearRule::adam : name == "adagrad" ? BilinearRule::adagrad : job.momentum > 0 ? BilinearRule::momentum : BilinearRule::sgd;
  job.idle_rows_stay = job.l2 == 0 && (job.rule == BilinearRule::sgd || job.rule == BilinearRule::adagrad);
  rule.slots = adam ? 2 : job.rule == BilinearRule::sgd ? 0 : 1;
  rule.factors = {static_cast<float>(rate), static_cast<float>(rate / (1 - std::pow(beta1, step))),
                  static_cast<float>(1 / std::sqrt(1 - std::pow(beta2, step))), static_cast<float>(1 - rate * decay)};
  return rule;
}

// optimizerDense(optimizer, step, factor, weights, firstSlot, secondSlot, gradient)
Napi::Value optimizer_dense(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "optimizerDense");
  Rule rule = rule_at(arguments, info[0], static_cast<double>(arguments.integer(1, "step", 1)), arguments.number(2, "factor"));
  rule.job.factors = &rule.factors;
  const int64_t size = arguments.length(3);
  const BilinearTable table{arguments.out_floats(3, "weights", size),
                            {rule.slots > 0 ? arguments.out_floats(4, "firstSlot", size) : nullptr, rule.slots > 1 ? arguments.out_floats(5, "secondSlot", size) : nullptr}};
  const float* gradient = arguments.floats(6, "gradient", size);
  parallel((size + stretch - 1) / stretch, 4, [&](int64_t begin, int64_t end, int) {
    const int64_t from = begin * stretch, to = std::min(size, end * stretch);
    update_entries()(rule.job, table, from, to - from, gradient + from);
  });
  return info.Env().Undefined();
}

// optimizerRows(optimizer, step, factor, weights, firstSlot, secondSlot, ids, gradients, scratch, dense)
Napi::Value optimizer_rows(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "optimizerRows");
  Rule rule = rule_at(arguments, info[0], static_cast<double>(arguments.integer(1, "step", 1)), arguments.number(2, "factor"));
  rule.job.factors = &rule.factors;
  const int64_t size = arguments.length(3), rows = arguments.length(8), places = arguments.length(6);
  if (rows == 0 ? size != 0 : size % rows != 0) arguments.fail("scratch", "one number per row of the weights", std::to_string(rows));
  const int64_t dim = rows == 0 ? 0 : size / rows;
  const BilinearTable table{arguments.out_floats(3, "weights", size),
                            {rule.slots > 0 ? arguments.out_floats(4, "firstSlot", size) : nullptr, rule.slots > 1 ? arguments.out_floats(5, "secondSlot", size) : nullptr}};
  const int32_t* ids = arguments.ids(6, "ids", places, rows);
  float* gradients = arguments.out_floats(7, "gradients", product({places, dim}));
  int32_t* slot_of_row = arguments.out_ints(8, "scratch", rows);
  const bool dense = arguments.flag(9, "dense") && !rule.job.idle_rows_stay;

  if (size == 0) return info.Env().Undefined();
  const int64_t grain = std::max<int64_t>(1, 4 * stretch / dim);
  // Rows that come in order are each named once: nothing is to be added up.
  if (!dense && std::adjacent_find(ids, ids + places, std::greater_equal<int32_t>()) == ids + places) {
    parallel(places, grain, [&](int64_t begin, int64_t end, int) {
      for (int64_t place = begin; place < end; place++) update_entries()(rule.job, table, ids[place] * dim, dim, gradients + place * dim);
    });
    return info.Env().Undefined();
  }

  // Places of each row, in their order: a slot is believed only if it leads back to the row, whatever the scratch held before.
  std::vector<int32_t> named, slot_of_place(places), starts;
  for (int64_t place = 0; place < places; place++) {
    int32_t& slot = slot_of_row[ids[place]];
    if (slot < 0 || slot >= static_cast<int32_t>(named.size()) || named[slot] != ids[place]) {
      slot = static_cast<int32_t>(named.size());
      named.push_back(ids[place]);
    }
    slot_of_place[place] = slot;
  }
  const int64_t count = static_cast<int64_t>(named.size());
  starts.assign(count + 2, 0);
  for (const int32_t slot : slot_of_place) starts[slot + 2]++;
  for (int64_t slot = 0; slot < count; slot++) starts[slot + 2] += starts[slot + 1];
  std::vector<int32_t> ordered(places);
  for (int64_t place = 0; place < places; place++) ordered[starts[slot_of_place[place] + 1]++] = static_cast<int32_t>(place);

  parallel(count, grain, [&](int64_t begin, int64_t end, int) {
    for (int64_t slot = begin; slot < end; slot++) {
      float* sum = gradients + ordered[starts[slot]] * dim;
      for (int64_t at = starts[slot] + 1; at < starts[slot + 1]; at++)
        for (int64_t d = 0; d < dim; d++) sum[d] += gradients[ordered[at] * dim + d];
      if (!dense) update_entries()(rule.job, table, named[slot] * dim, dim, sum);
    }
  });
  if (dense)
    parallel(rows, grain, [&](int64_t begin, int64_t end, int) {
      for (int64_t row = begin; row < end; row++) {
        const int32_t slot = slot_of_row[row];
        const bool touched = slot >= 0 && slot < count && named[slot] == row;
        update_entries()(rule.job, table, row * dim, dim, touched ? gradients + ordered[starts[slot]] * dim : nullptr);
      }
    });
  for (const int32_t row : named) slot_of_row[row] = -1;
  return info.Env().Undefined();
}

const Registration dense_registration("optimizerDense", optimizer_dense);
const Registration rows_registration("optimizerRows", optimizer_rows);

}  // namespace
}  // namespace footlight
