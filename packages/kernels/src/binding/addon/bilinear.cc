#include "kernels/bilinear.h"

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

// Which places name which row. The memory stays from batch to batch.
class Grouping {
 public:
  // Memory for so many places and owners.
  const GroupingMemory& reserve(int64_t count, int32_t owners) {
    if (count >= capacity_) {
      for (auto& each : of_places_) each.resize(count + 1);
      capacity_ = count + 1;
    }
    owned_.resize(owners + 1);
    const auto at = [this](int array) { return of_places_[array].data(); };
    memory_ = {at(0), at(1), at(2), at(3), at(4), at(5), at(6), owned_.data()};
    return memory_;
  }

  void group(const std::vector<int32_t>& ids, int32_t owners, int32_t* slot_of_row) {
    const int64_t count = static_cast<int64_t>(ids.size());
    groups_ = group_places(ids.data(), count, owners, slot_of_row, reserve(count, owners));
  }

  const BilinearGroups& groups() const { return groups_; }

 private:
  int64_t capacity_ = 0;
  std::vector<int32_t> of_places_[7], owned_;
  GroupingMemory memory_{};
  BilinearGroups groups_{};
};

// A number for each row, 0 at first. Memory of rows that are never met is not touched.
class RowNumbers {
 public:
  explicit RowNumbers(int64_t rows) : numbers_(static_cast<int32_t*>(std::calloc(static_cast<size_t>(rows), sizeof(int32_t)))) {
    if (!numbers_) throw std::bad_alloc();
  }
  RowNumbers() = default;
  int32_t* data() const { return numbers_.get(); }

 private:
  struct Free {
    void operator()(int32_t* numbers) const { std::free(numbers); }
  };
  std::unique_ptr<int32_t[], Free> numbers_;
};

// A batch of queries as it is when its step starts: in memory of its own.
struct Batch {
  int64_t queries = 0, negatives = 0;                      // the latter per query
  std::vector<int32_t> user_of, positive_of, negative_of;  // [query], [query], [query, negative]
  std::vector<int32_t> candidates, moved;                  // items that are grouped; where few move, their places
  Grouping by_user, by_item;
};

constexpr int64_t most_rows = INT32_MAX;
constexpr int64_t beyond_caches = int64_t{1} << 24;  // floats: steps on larger tables wait for memory, and more threads wait for more of it at a time

// What a factorization keeps from step to step.
class Bilinear {
 public:
  explicit Bilinear(const Fields& options) {
    users_ = options.integer("users", 1, most_rows);
    items_ = options.integer("items", 1, most_rows);
    job_.dim = options.integer("dim", 1, 1 << 20);
    biases_ = options.at("biases").ToBoolean();
    step_ = options.integer_or("step", 0, 0, most_rows);
    read_loss(options.fields("loss"));
    read_optimizer(options.fields("optimizer"));
    const int64_t remembered = job_.rule == BilinearRule::sgd ? 1 : job_.rule == BilinearRule::adam ? 3 : 2;
    alone_ = threads().count == 1 || (users_ + items_) * job_.dim * remembered > beyond_caches;
    owners_ = alone_ ? threads().count : threads().count - 1;
    few_move_ = job_.idle_rows_stay && (job_.loss == BilinearLoss::warp || job_.loss == BilinearLoss::adaptive_hinge);
    slot_of_user_ = RowNumbers(users_);
    slot_of_item_ = RowNumbers(items_);
    if (job_.dense) {
      last_user_ = RowNumbers(users_);
      last_item_ = RowNumbers(items_);
    }
    factors_.push_back({});  // steps since the flush count from 1
  }

  // All batches of the queries, one step each.
  void steps(const Fields& tables, const Fields& queries) {
    const GivenQueries values{queries.at("users"), queries.at("positives"), queries.at("negatives"), queries.at("batch"), queries.at("factor"), queries.at("outLosses")};
    const GivenTables of = read_values(tables);
    const Given given = check_queries(queries, values);
    const int64_t width = 1 + given.negatives;
    const int64_t size = std::min(queries.integer("batch", 1, most_rows), given.count), batches = (given.count + size - 1) / size;
    if (multiply(size, width) > most_rows) queries.fail("batch", "at most 2147483647 candidates in a batch", std::to_string(size * width));
    const double factor = queries.number_or("factor", 1);
    float* losses = queries.arguments().out_floats(values.losses, "outLosses", batches);
    settle();
    check_tables(tables.arguments(), of);
    for (int64_t batch = 0; batch < batches; batch++) {
      prepare(given, batch * size, std::min(size, given.count - batch * size));
      if (batch > 0) losses[batch - 1] = settle();
      start(factor, true);
    }
    losses[batches - 1] = settle();
  }

  // Takes over what the next step is about, while the one before may still run.
  void prepare(const Fields& queries) {
    const Given given = check_queries(queries, {queries.at("users"), queries.at("positives"), queries.at("negatives"), {}, {}, {}});
    const int64_t candidates = multiply(given.count, 1 + given.negatives);
    if (candidates > most_rows) queries.fail("users", "at most 2147483647 candidates", std::to_string(candidates));
    prepare(given, 0, given.count);
  }

  // Starts the step that was prepared, when the one before is done. It runs on another thread if its memory stays, whatever JavaScript does with the arrays.
  void start(const Fields& tables, double factor) {
    const GivenTables of = read_values(tables);
    if (!prepared_) tables.arguments().fail("bilinear", "one that bilinearPrepare was called with before each start", "another");
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
    if (!job_.dense || factors_.size() == 1) return;
    BilinearJob job = job_;
    job.factors = factors_.data();
    job.step = static_cast<int32_t>(factors_.size()) - 1;
    bilinear_flush(threads(), job, users_, items_);
    std::fill_n(last_user_.data(), users_, 0);
    std::fill_n(last_item_.data(), items_, 0);
    factors_.resize(1);
  }

 private:
  struct Held {
    const float* start;
    int64_t length;
    std::shared_ptr<void> memory;
  };

  struct Given {
    int64_t count, negatives;  // queries, and negatives of each
    const int32_t *user_of, *positive_of, *negative_of;
  };

  Given check_queries(const Fields& queries, const GivenQueries& values) const {
    const Arguments& arguments = queries.arguments();
    const int64_t count = arguments.length(values.users), places = arguments.length(values.negatives);
    if (count < 1) queries.fail("users", "at least one query", std::to_string(count));
    const int64_t negatives = places / count;
    if (negatives < 1) queries.fail("negatives", "at least one per query", std::to_string(places) + " for " + std::to_string(count) + " queries");
    return {count, negatives, arguments.ids(values.users, "users", count, users_),
            arguments.ids(values.positives, "positives", count, items_),
            arguments.ids(values.negatives, "negatives", product({count, negatives}), items_)};
  }

  void prepare(const Given& given, int64_t first, int64_t count) {
    const int64_t negatives = given.negatives;
    Batch& batch = batches_[next_];
    prepared_ = false;
    batch.queries = count;
    batch.negatives = negatives;
    batch.user_of.assign(given.user_of + first, given.user_of + first + count);
    batch.positive_of.assign(given.positive_of + first, given.positive_of + first + count);
    batch.negative_of.assign(given.negative_of + first * negatives, given.negative_of + (first + count) * negatives);
    batch.by_user.group(batch.user_of, owners_, slot_of_user_.data());
    prepared_ = few_move_;
    if (few_move_) return;
    batch.candidates.resize(count * (1 + negatives));
    for (int64_t q = 0, place = 0; q < count; q++) {
      batch.candidates[place++] = batch.positive_of[q];
      for (int64_t c = 0; c < negatives; c++) batch.candidates[place++] = batch.negative_of[q * negatives + c];
    }
    batch.by_item.group(batch.candidates, owners_, slot_of_item_.data());
    prepared_ = true;
  }

  void start(double factor, bool memory_stays) {
    Batch& batch = batches_[next_];
    next_ = 1 - next_;
    prepared_ = false;
    reserve(batch.queries, batch.negatives);
    begin_step(factor);
    BilinearJob job = job_;
    job.queries = batch.queries;
    job.negatives = batch.negatives;
    job.user_of = batch.user_of.data();
    job.positive_of = batch.positive_of.data();
    job.negative_of = batch.negative_of.data();
    job.by_user = batch.by_user.groups();
    job.by_item = batch.by_item.groups();
    job.factors = factors_.data();
    job.step = static_cast<int32_t>(factors_.size()) - 1;
    if (alone_ || !memory_stays) {
      loss_ = run(job, batch);
      return;
    }
    step_in_progress_.start([this, job, &batch] { loss_ = run(job, batch); });
  }

  void read_loss(const Fields& loss) {
    static const struct { const char* name; BilinearLoss loss; } all[] = {
        {"pointwise", BilinearLoss::pointwise}, {"bpr", BilinearLoss::bpr}, {"sigmoid-bpr", BilinearLoss::sigmoid_bpr},
        {"hinge", BilinearLoss::hinge}, {"adaptive-hinge", BilinearLoss::adaptive_hinge}, {"warp", BilinearLoss::warp},
        {"logistic", BilinearLoss::logistic}, {"sampled-softmax", BilinearLoss::sampled_softmax}};
    const std::string name = loss.text("name");
    const auto found = std::find_if(std::begin(all), std::end(all), [&](const auto& each) { return name == each.name; });
    if (found == std::end(all))
      loss.fail("name", "pointwise, bpr, sigmoid-bpr, hinge, adaptive-hinge, warp, logistic or sampled-softmax", name);
    job_.loss = found->loss;
    job_.margin = static_cast<float>(loss.number_or("margin", 1));
    job_.terms = 1;
    if (loss.given("terms")) {
      const std::string terms = loss.text("terms");
      if (terms != "sum" && terms != "mean") loss.fail("terms", "sum or mean", terms);
      if (terms == "mean") job_.terms = 0.5f;
    }
    if (loss.given("weight")) {
      const std::string weight = loss.text("weight");
      if (weight != "harmonic" && weight != "logarithm") loss.fail("weight", "harmonic or logarithm", weight);
      harmonic_ = weight == "harmonic";
    }
  }

  void read_optimizer(const Fields& optimizer) {
    const std::string name = optimizer.text("name");
    const bool adam = name == "adam" || name == "adam-w";
    if (!adam && name != "sgd" && name != "adagrad") optimizer.fail("name", "sgd, adagrad, adam or adam-w", name);
    rate_ = optimizer.number("learningRate");
    beta1_ = optimizer.number_or("beta1", 0.9);
    beta2_ = optimizer.number_or("beta2", 0.999);
    decay_ = name == "adam-w" ? optimizer.number_or("decay", 0.01) : 0;
    job_.beta1 = static_cast<float>(beta1_);
    job_.beta2 = static_cast<float>(beta2_);
    job_.one_minus_beta1 = static_cast<float>(1 - beta1_);
    job_.one_minus_beta2 = static_cast<float>(1 - beta2_);
    job_.double_beta1 = beta1_;
    job_.sqrt_beta2 = std::sqrt(beta2_);
    job_.epsilon = static_cast<float>(optimizer.number_or("epsilon", adam ? 1e-8 : 1e-10));
    job_.l2 = static_cast<float>(optimizer.number_or("l2", 0));
    job_.momentum = static_cast<float>(optimizer.number_or("momentum", 0));
    job_.shrinks = decay_ != 0;
    job_.rule = adam ? BilinearRule::adam : name == "adagrad" ? BilinearRule::adagrad : job_.momentum > 0 ? BilinearRule::momentum : BilinearRule::sgd;
    const std::string rows = optimizer.given("rows") ? optimizer.text("rows") : "lazy";
    if (rows != "lazy" && rows != "dense") optimizer.fail("rows", "lazy or dense", rows);
    const bool idle = job_.l2 == 0 && (job_.rule == BilinearRule::sgd || job_.rule == BilinearRule::adagrad);
    job_.dense = rows == "dense" && !idle;  // these two do nothing to a row without gradient
    job_.idle_rows_stay = idle;
  }

  size_t slots() const { return job_.rule == BilinearRule::sgd ? 0 : job_.rule == BilinearRule::adam ? 2 : 1; }

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
    if (biases_) {
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
    const BilinearTable user = check_table(arguments, given.user, {users_, job_.dim}), item = check_table(arguments, given.item, {items_, job_.dim});
    job_.users = {user, {}, last_user_.data()};
    job_.items = {item, {}, last_item_.data()};
    if (!biases_) return;
    job_.users.biases = check_table(arguments, given.user_bias, {users_});
    job_.items.biases = check_table(arguments, given.item_bias, {items_});
  }

  // Holds the memory of all tables until the next step. False if some of it is JavaScript's, which may take it away.
  bool hold_tables() {
    if (alone_) return true;
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
    hold_table(job_.users.vectors, users_ * job_.dim);
    hold_table(job_.users.biases, users_);
    hold_table(job_.items.vectors, items_ * job_.dim);
    hold_table(job_.items.biases, items_);
    held_ = std::move(held);
    return all;
  }

  void reserve(int64_t size, int64_t negatives) {
    const int64_t most_users = std::min(size, users_);
    if (static_cast<int64_t>(slopes_.size()) < size * (1 + negatives)) slopes_.resize(size * (1 + negatives));
    if (static_cast<int64_t>(losses_.size()) < size) losses_.resize(size);
    if (static_cast<int64_t>(user_gradients_.size()) < most_users * job_.dim) user_gradients_.resize(most_users * job_.dim);
    if (static_cast<int64_t>(user_bias_gradients_.size()) < most_users) user_bias_gradients_.resize(most_users);
    item_gradients_.resize(owners_ * bilinear_gradient_stride(job_.dim));
    for (int64_t draw = static_cast<int64_t>(draw_weights_.size()); job_.loss == BilinearLoss::warp && draw < negatives; draw++)
      draw_weights_.push_back(compute_rank_weight(std::max<int64_t>(1, (items_ - 1) / (draw + 1))));
    job_.slopes = slopes_.data();
    job_.losses = losses_.data();
    job_.user_gradients = user_gradients_.data();
    job_.user_bias_gradients = user_bias_gradients_.data();
    job_.draw_weights = draw_weights_.data();
  }

  float compute_rank_weight(int64_t rank) const {
    if (!harmonic_) return static_cast<float>(std::log(static_cast<double>(rank)));
    double sum = 0;
    for (int64_t i = rank; i >= 1; i--) sum += 1.0 / static_cast<double>(i);
    return static_cast<float>(sum);
  }

  void begin_step(double factor) {
    step_++;
    if (!job_.dense) factors_.resize(1);  // nobody asks for the one before
    const double rate = rate_ * factor, t = static_cast<double>(step_);
    factors_.push_back({static_cast<float>(rate), static_cast<float>(rate / (1 - std::pow(beta1_, t))),
                        static_cast<float>(1 / std::sqrt(1 - std::pow(beta2_, t))), static_cast<float>(1 - rate * decay_)});
  }

  float run(const BilinearJob& job, Batch& batch) {
    if (!few_move_) return bilinear_step(threads(), job, owners_, item_gradients_.data(), nullptr);
    const int64_t most = 2 * job.queries;
    if (static_cast<int64_t>(batch.moved.size()) < most) {
      batch.candidates.resize(most);
      batch.moved.resize(most);
    }
    const MovedItems moved{batch.candidates.data(), batch.moved.data(), slot_of_item_.data(), batch.by_item.reserve(most, owners_)};
    return bilinear_step(threads(), job, owners_, item_gradients_.data(), &moved);
  }

  int64_t users_, items_, step_;
  bool biases_, harmonic_ = true;
  double rate_, beta1_, beta2_, decay_;
  BilinearJob job_{};
  std::vector<BilinearFactors> factors_;
  RowNumbers last_user_, last_item_;
  RowNumbers slot_of_user_, slot_of_item_;
  bool alone_;      // whether a step has all threads, and nothing else is done meanwhile
  int32_t owners_;  // threads of a step; else one makes the next batch
  Batch batches_[2];  // the one whose step runs, and the next
  int next_ = 0;
  bool prepared_ = false;
  bool few_move_;  // at most two candidates of a query have a gradient, and the others stay as they are
  float loss_ = 0;
  std::vector<float> slopes_, losses_, user_gradients_, user_bias_gradients_, item_gradients_, draw_weights_;
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
