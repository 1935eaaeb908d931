#include "kernels/optimizer.h"

#include <cmath>

#include "binding/addon/arguments.h"
#include "threading/thread_pool.h"
#include "binding/addon/registration.h"
#include "binding/addon/workspace.h"

namespace footlight {
namespace {

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
  job.one_minus_beta1 = static_cast<float>(1 - beta1);
  job.one_minus_beta2 = static_cast<float>(1 - beta2);
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
Napi::Value step_dense(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "optimizerDense");
  Rule rule = rule_at(arguments, info[0], static_cast<double>(arguments.integer(1, "step", 1)), arguments.number(2, "factor"));
  rule.job.factors = &rule.factors;
  const int64_t size = arguments.length(3);
  const BilinearTable table{arguments.out_floats(3, "weights", size),
                            {rule.slots > 0 ? arguments.out_floats(4, "firstSlot", size) : nullptr, rule.slots > 1 ? arguments.out_floats(5, "secondSlot", size) : nullptr}};
  const float* gradient = arguments.floats(6, "gradient", size);
  optimizer_dense(threads(), rule.job, table, gradient, size);
  return info.Env().Undefined();
}

// optimizerRows(optimizer, step, factor, weights, firstSlot, secondSlot, ids, gradients, scratch, dense?)
Napi::Value step_rows(const Napi::CallbackInfo& info) {
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
  const bool dense = arguments.flag_if_given(9, "dense") && !rule.job.idle_rows_stay;

  const auto workspace = allocate<int32_t>(optimizer_rows_workspace(places));
  optimizer_rows(threads(), rule.job, table, {rows, dim, places, ids, gradients}, dense, slot_of_row, workspace.get());
  return info.Env().Undefined();
}

const Registration dense_registration("optimizerDense", step_dense);
const Registration rows_registration("optimizerRows", step_rows);

}  // namespace
}  // namespace footlight
