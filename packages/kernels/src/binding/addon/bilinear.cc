#include "kernels/bilinear_state.h"

#include <napi.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "binding/addon/arguments.h"
#include "binding/addon/blocks.h"
#include "threading/thread_pool.h"
#include "binding/addon/registration.h"

namespace footlight {
namespace {

// Fields of the objects that an operation takes, checked like its arguments.
class Fields {
 public:
  Fields(const Arguments& arguments, const Napi::Value& value, std::string name) : arguments_(arguments), name_(std::move(name)) {
    if (!value.IsObject()) fail("", "an object", value);
    object_ = value.As<Napi::Object>();
  }

  // Each field is read once, since a getter may return something else next time.
  Napi::Value at(const char* field) const {
    for (const auto& [name, value] : read_)
      if (std::strcmp(name, field) == 0) return value;
    read_.emplace_back(field, object_.Get(field));
    return read_.back().second;
  }
  bool given(const char* field) const { return !at(field).IsUndefined() && !at(field).IsNull(); }
  Fields fields(const char* field) const { return Fields(arguments_, at(field), path(field)); }

  std::string text(const char* field) const {
    if (!at(field).IsString()) fail(field, "a text", at(field));
    return at(field).As<Napi::String>().Utf8Value();
  }
  double number(const char* field) const {
    if (!at(field).IsNumber()) fail(field, "a number", at(field));
    return at(field).As<Napi::Number>().DoubleValue();
  }
  double number_or(const char* field, double otherwise) const { return given(field) ? number(field) : otherwise; }
  int64_t integer(const char* field, int64_t low, int64_t high) const {
    return arguments_.integer(at(field), path(field), low, high);
  }
  int64_t integer_or(const char* field, int64_t otherwise, int64_t low, int64_t high) const {
    return given(field) ? integer(field, low, high) : otherwise;
  }

  [[noreturn]] void fail(const char* field, const std::string& expected, const Napi::Value& received) const {
    arguments_.fail(path(field), expected, arguments_.described(received));
  }
  [[noreturn]] void fail(const char* field, const std::string& expected, const std::string& received) const {
    arguments_.fail(path(field), expected, received);
  }

  std::string path(const char* field) const { return name_.empty() ? field : *field ? name_ + "." + field : name_; }
  const Arguments& arguments() const { return arguments_; }

 private:
  const Arguments& arguments_;
  std::string name_;
  Napi::Object object_;
  mutable std::vector<std::pair<const char*, Napi::Value>> read_;
};

// What the caller handed over, read from its objects before anything is checked: getters run JavaScript, which may detach an array or start another step.
struct GivenTable {
  std::string name, slots_name;
  Napi::Value weights;
  std::vector<Napi::Value> slots;
};

struct GivenTables {
  GivenTable user, item, user_bias, item_bias;
};

struct GivenQueries {
  Napi::Value users, positives, negatives, batch, factor, losses;
};

// Memory of a state, which stays from step to step. What is new is 0; pages of it that are never met are not touched.
class Blocks {
 public:
  BilinearMemory memory() { return {this, reserve}; }

 private:
  struct Free {
    void operator()(uint8_t* memory) const { std::free(memory); }
  };
  struct Held {
    std::unique_ptr<uint8_t[], Free> memory;
    size_t bytes = 0;
  };

  static void* reserve(void* owner, BilinearMemory::Block block, size_t bytes) {
    Held& held = static_cast<Blocks*>(owner)->blocks_[block];
    if (bytes <= held.bytes) return held.memory.get();
    std::unique_ptr<uint8_t[], Free> larger(static_cast<uint8_t*>(std::calloc(bytes, 1)));
    if (!larger) return nullptr;
    std::copy_n(held.memory.get(), held.bytes, larger.get());
    held = {std::move(larger), bytes};
    return held.memory.get();
  }

  Held blocks_[BilinearMemory::blocks];
};

constexpr int64_t most_rows = INT32_MAX;

// What a factorization keeps from step to step.
class Bilinear {
 public:
  explicit Bilinear(const Fields& options) {
    BilinearSettings settings{};
    settings.users = options.integer("users", 1, most_rows);
    settings.items = options.integer("items", 1, most_rows);
    settings.job.dim = options.integer("dim", 1, 1 << 20);
    settings.biases = options.at("biases").ToBoolean();
    step_ = options.integer_or("step", 0, 0, most_rows);
    read_loss(options.fields("loss"), settings);
    read_optimizer(options.fields("optimizer"), settings.job);
    require(state_.create(settings, threads(), true, blocks_.memory()));
  }

  // All batches of the queries, one step each.
  void steps(const Fields& tables, const Fields& queries) {
    const GivenQueries values{queries.at("users"), queries.at("positives"), queries.at("negatives"), queries.at("batch"), queries.at("factor"), queries.at("outLosses")};
    const GivenTables of = read_values(tables);
    const BilinearQueries given = check_queries(queries, values);
    const int64_t width = 1 + given.negatives;
    const int64_t size = std::min(queries.integer("batch", 1, most_rows), given.count), batches = (given.count + size - 1) / size;
    if (multiply(size, width) > most_rows) queries.fail("batch", "at most 2147483647 candidates in a batch", std::to_string(size * width));
    const double factor = queries.number_or("factor", 1);
    float* losses = queries.arguments().out_floats(values.losses, "outLosses", batches);
    settle();
    check_tables(tables.arguments(), of);
    for (int64_t batch = 0; batch < batches; batch++) {
      const int64_t first = batch * size, count = std::min(size, given.count - first);
      require(state_.prepare({count, given.negatives, given.user_of + first, given.positive_of + first, given.negative_of + first * given.negatives}));
      if (batch > 0) losses[batch - 1] = settle();
      start(factor, true);
    }
    losses[batches - 1] = settle();
  }

  // Takes over what the next step is about, while the one before may still run.
  void prepare(const Fields& queries) {
    const BilinearQueries given = check_queries(queries, {queries.at("users"), queries.at("positives"), queries.at("negatives"), {}, {}, {}});
    const int64_t candidates = multiply(given.count, 1 + given.negatives);
    if (candidates > most_rows) queries.fail("users", "at most 2147483647 candidates", std::to_string(candidates));
    require(state_.prepare(given));
  }

  // Starts the step that was prepared, when the one before is done. It runs on another thread if its memory stays, whatever JavaScript does with the arrays.
  void start(const Fields& tables, double factor) {
    const GivenTables of = read_values(tables);
    if (!state_.prepared()) tables.arguments().fail("bilinear", "one that bilinearPrepare was called with before each start", "another");
    settle();
    check_tables(tables.arguments(), of);
    start(factor, hold_tables());
  }

  // Waits for the step that was started last; its loss.
  float settle() {
    step_in_progress_.wait();
    return loss_;
  }

  // Brings all rows up to date: what a dense rule put off.
  void flush(const Fields& tables) {
    const GivenTables of = read_values(tables);
    settle();
    check_tables(tables.arguments(), of);
    state_.flush(threads());
  }

 private:
  struct Held {
    const float* start;
    int64_t length;
    std::shared_ptr<void> memory;
  };

  static void require(bool memory) {
    if (!memory) throw std::bad_alloc();
  }

  BilinearQueries check_queries(const Fields& queries, const GivenQueries& values) const {
    const Arguments& arguments = queries.arguments();
    const int64_t count = arguments.length(values.users), places = arguments.length(values.negatives);
    if (count < 1) queries.fail("users", "at least one query", std::to_string(count));
    const int64_t negatives = places / count;
    if (negatives < 1) queries.fail("negatives", "at least one per query", std::to_string(places) + " for " + std::to_string(count) + " queries");
    return {count, negatives, arguments.ids(values.users, "users", count, state_.settings().users),
            arguments.ids(values.positives, "positives", count, state_.settings().items),
            arguments.ids(values.negatives, "negatives", product({count, negatives}), state_.settings().items)};
  }

  void start(double factor, bool memory_stays) {
    require(state_.begin(compute_factors(factor)));
    step_++;
    if (state_.alone() || !memory_stays) {
      loss_ = state_.run(threads());
      return;
    }
    step_in_progress_.start([this] { loss_ = state_.run(threads()); });
  }

  // Of the step after `step_`.
  BilinearFactors compute_factors(double factor) const {
    const double rate = rate_ * factor, t = static_cast<double>(step_ + 1);
    return {static_cast<float>(rate), static_cast<float>(rate / (1 - std::pow(beta1_, t))), static_cast<float>(1 / std::sqrt(1 - std::pow(beta2_, t))),
            static_cast<float>(1 - rate * decay_)};
  }

  static void read_loss(const Fields& loss, BilinearSettings& settings) {
    static const struct { const char* name; BilinearLoss loss; } all[] = {
        {"pointwise", BilinearLoss::pointwise}, {"bpr", BilinearLoss::bpr}, {"sigmoid-bpr", BilinearLoss::sigmoid_bpr},
        {"hinge", BilinearLoss::hinge}, {"adaptive-hinge", BilinearLoss::adaptive_hinge}, {"warp", BilinearLoss::warp},
        {"logistic", BilinearLoss::logistic}, {"sampled-softmax", BilinearLoss::sampled_softmax}};
    const std::string name = loss.text("name");
    const auto found = std::find_if(std::begin(all), std::end(all), [&](const auto& each) { return name == each.name; });
    if (found == std::end(all))
      loss.fail("name", "pointwise, bpr, sigmoid-bpr, hinge, adaptive-hinge, warp, logistic or sampled-softmax", name);
    settings.job.loss = found->loss;
    settings.job.margin = static_cast<float>(loss.number_or("margin", 1));
    settings.job.terms = 1;
    settings.harmonic = true;
    if (loss.given("terms")) {
      const std::string terms = loss.text("terms");
      if (terms != "sum" && terms != "mean") loss.fail("terms", "sum or mean", terms);
      if (terms == "mean") settings.job.terms = 0.5f;
    }
    if (loss.given("weight")) {
      const std::string weight = loss.text("weight");
      if (weight != "harmonic" && weight != "logarithm") loss.fail("weight", "harmonic or logarithm", weight);
      settings.harmonic = weight == "harmonic";
    }
  }

  void read_optimizer(const Fields& optimizer, BilinearJob& job) {
    const std::string name = optimizer.text("name");
    const bool adam = name == "adam" || name == "adam-w";
    if (!adam && name != "sgd" && name != "adagrad") optimizer.fail("name", "sgd, adagrad, adam or adam-w", name);
    rate_ = optimizer.number("learningRate");
    beta1_ = optimizer.number_or("beta1", 0.9);
    beta2_ = optimizer.number_or("beta2", 0.999);
    decay_ = name == "adam-w" ? optimizer.number_or("decay", 0.01) : 0;
    job.beta1 = static_cast<float>(beta1_);
    job.beta2 = static_cast<float>(beta2_);
    job.one_minus_beta1 = static_cast<float>(1 - beta1_);
    job.one_minus_beta2 = static_cast<float>(1 - beta2_);
    job.double_beta1 = beta1_;
    job.sqrt_beta2 = std::sqrt(beta2_);
    job.epsilon = static_cast<float>(optimizer.number_or("epsilon", adam ? 1e-8 : 1e-10));
    job.l2 = static_cast<float>(optimizer.number_or("l2", 0));
    job.momentum = static_cast<float>(optimizer.number_or("momentum", 0));
    job.shrinks = decay_ != 0;
    job.rule = adam ? BilinearRule::adam : name == "adagrad" ? BilinearRule::adagrad : job.momentum > 0 ? BilinearRule::momentum : BilinearRule::sgd;
    const std::string rows = optimizer.given("rows") ? optimizer.text("rows") : "lazy";
    if (rows != "lazy" && rows != "dense") optimizer.fail("rows", "lazy or dense", rows);
    const bool idle = job.l2 == 0 && (job.rule == BilinearRule::sgd || job.rule == BilinearRule::adagrad);
    job.dense = rows == "dense" && !idle;  // these two do nothing to a row without gradient
    job.idle_rows_stay = idle;
  }

  size_t slots() const { return state_.settings().slots(); }

  GivenTable read_table(const Fields& tables, const char* name) const {
    const Fields table = tables.fields(name);
    GivenTable read{table.path("weights"), table.path("slots"), table.at("weights"), {}};
    if (slots() == 0) return read;
    const Napi::Value given = table.at("slots");
    if (!given.IsArray() || given.As<Napi::Array>().Length() != slots()) table.fail("slots", std::to_string(slots()) + " of them", given);
    for (uint32_t slot = 0; slot < slots(); slot++) read.slots.push_back(given.As<Napi::Array>().Get(slot));
    return read;
  }

  GivenTables read_values(const Fields& tables) const {
    GivenTables read{read_table(tables, "user"), read_table(tables, "item"), {}, {}};
    if (state_.settings().biases) {
      read.user_bias = read_table(tables, "userBias");
      read.item_bias = read_table(tables, "itemBias");
    }
    return read;
  }

  BilinearTable check_table(const Arguments& arguments, const GivenTable& given, std::initializer_list<int64_t> sizes) const {
    const int64_t length = product(sizes);
    BilinearTable table{arguments.out_floats(given.weights, given.name.c_str(), length), {}};
    for (size_t slot = 0; slot < given.slots.size(); slot++) table.slots[slot] = arguments.out_floats(given.slots[slot], given.slots_name.c_str(), length);
    return table;
  }

  void check_tables(const Arguments& arguments, const GivenTables& given) {
    const auto& [users, items, biases, harmonic, job] = state_.settings();
    const BilinearTable user = check_table(arguments, given.user, {users, job.dim}), item = check_table(arguments, given.item, {items, job.dim});
    BilinearTable user_bias{}, item_bias{};
    if (biases) {
      user_bias = check_table(arguments, given.user_bias, {users});
      item_bias = check_table(arguments, given.item_bias, {items});
    }
    state_.set_tables(user, item, user_bias, item_bias);
  }

  // Holds the memory of all tables until the next step. False if some of it is JavaScript's, which may take it away.
  bool hold_tables() {
    if (state_.alone()) return true;
    const auto& [users, items, biases, harmonic, job] = state_.settings();
    std::vector<Held> held;
    const auto hold = [&](const float* start, int64_t length) {
      if (!start) return true;
      const size_t place = held.size();
      const bool known = place < held_.size() && held_[place].start == start && held_[place].length == length;
      held.push_back({start, length, known ? held_[place].memory : hold_block(start, static_cast<size_t>(length) * sizeof(float))});
      return held.back().memory != nullptr;
    };
    bool all = true;
    const auto hold_table = [&](const BilinearTable& table, int64_t length) {
      for (const float* start : {table.weights, table.slots[0], table.slots[1]}) all = all && hold(start, length);
    };
    hold_table(job.users.vectors, users * job.dim);
    hold_table(job.users.biases, users);
    hold_table(job.items.vectors, items * job.dim);
    hold_table(job.items.biases, items);
    held_ = std::move(held);
    return all;
  }

  Blocks blocks_;
  BilinearState state_;
  int64_t step_;
  double rate_, beta1_, beta2_, decay_;
  float loss_ = 0;
  std::vector<Held> held_;
  BackgroundTask step_in_progress_;  // the last: when it goes, it waits for what reads all else
};

const napi_type_tag tag = {0x6f4c5b1e8a3d4207, 0x9b1f2e7c5d604a83};

Napi::Value create_bilinear(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "createBilinear");
  auto made = std::make_unique<Bilinear>(Fields(arguments, info[0], ""));
  Napi::Object object = Napi::Object::New(info.Env());
  object.TypeTag(&tag);
  const auto release = [](napi_env, void* data, void*) { delete static_cast<Bilinear*>(data); };
  if (napi_wrap(info.Env(), object, made.get(), release, nullptr, nullptr) != napi_ok) throw Napi::Error::New(info.Env());
  made.release();
  return object;
}

Bilinear& unwrap_bilinear(const Arguments& arguments, const Napi::CallbackInfo& info) {
  void* data = nullptr;
  const bool ours = info[0].IsObject() && info[0].As<Napi::Object>().CheckTypeTag(&tag);
  if (!ours || napi_unwrap(info.Env(), info[0], &data) != napi_ok)
    arguments.fail("bilinear", "what createBilinear returned", arguments.described(info[0]));
  return *static_cast<Bilinear*>(data);
}

Napi::Value bilinear_steps(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "bilinearSteps");
  Bilinear& bilinear = unwrap_bilinear(arguments, info);
  bilinear.steps(Fields(arguments, info[1], ""), Fields(arguments, info[2], ""));
  return info.Env().Undefined();
}

// bilinearPrepare(bilinear, queries)
Napi::Value bilinear_prepare(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "bilinearPrepare");
  unwrap_bilinear(arguments, info).prepare(Fields(arguments, info[1], ""));
  return info.Env().Undefined();
}

// bilinearStart(bilinear, tables, factor)
Napi::Value bilinear_start(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "bilinearStart");
  const double factor = arguments.number(2, "factor");
  unwrap_bilinear(arguments, info).start(Fields(arguments, info[1], ""), factor);
  return info.Env().Undefined();
}

// bilinearSettle(bilinear)
Napi::Value bilinear_settle(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "bilinearSettle");
  return Napi::Number::New(info.Env(), unwrap_bilinear(arguments, info).settle());
}

Napi::Value flush(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "bilinearFlush");
  unwrap_bilinear(arguments, info).flush(Fields(arguments, info[1], ""));
  return info.Env().Undefined();
}

const Registration create_registration("createBilinear", create_bilinear);
const Registration steps_registration("bilinearSteps", bilinear_steps);
const Registration prepare_registration("bilinearPrepare", bilinear_prepare);
const Registration start_registration("bilinearStart", bilinear_start);
const Registration settle_registration("bilinearSettle", bilinear_settle);
const Registration flush_registration("bilinearFlush", flush);

}  // namespace
}  // namespace footlight
