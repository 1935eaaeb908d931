#include "bilinear.h"

#include <napi.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "arguments.h"
#include "parallel.h"
#include "registry.h"

namespace footlight {
namespace {

// Fields of the objects that an operation takes, checked like its arguments.
class Fields {
 public:
  Fields(const Arguments& arguments, const Napi::Value& value, std::string name) : arguments_(arguments), name_(std::move(name)) {
    if (!value.IsObject()) fail("", "an object", value);
    object_ = value.As<Napi::Object>();
  }

  Napi::Value at(const char* field) const { return object_.Get(field); }
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
    const double value = number(field);
    if (!(value >= static_cast<double>(low) && value <= static_cast<double>(high)) || value != std::floor(value))
      fail(field, "an integer from " + std::to_string(low) + " to " + std::to_string(high), at(field));
    return static_cast<int64_t>(value);
  }
  int64_t integer_or(const char* field, int64_t otherwise, int64_t low, int64_t high) const {
    return given(field) ? integer(field, low, high) : otherwise;
  }

  float* floats(const char* field, int64_t length) const { return numbers<float>(at(field), field, length, napi_float32_array, "a Float32Array"); }
  float* floats(const Napi::Value& value, const char* field, int64_t length) const {
    return numbers<float>(value, field, length, napi_float32_array, "a Float32Array");
  }
  int64_t length(const char* field) const { return at(field).IsTypedArray() ? static_cast<int64_t>(at(field).As<Napi::TypedArray>().ElementLength()) : 0; }
  const int32_t* ids(const char* field, int64_t length, int64_t limit) const {
    const int32_t* values = numbers<int32_t>(at(field), field, length, napi_int32_array, "an Int32Array");
    bool fine = true;
    for (int64_t i = 0; i < length; i++) fine &= static_cast<uint32_t>(values[i]) < static_cast<uint32_t>(limit);
    for (int64_t i = 0; !fine && i < length; i++)
      if (values[i] < 0 || values[i] >= limit)
        arguments_.fail(path(field).c_str(), "ids from 0 to " + std::to_string(limit - 1),
                        std::to_string(values[i]) + " at position " + std::to_string(i));
    return values;
  }

  [[noreturn]] void fail(const char* field, const std::string& expected, const Napi::Value& received) const {
    arguments_.fail(path(field).c_str(), expected, received.IsUndefined() ? "undefined" : received.ToString().Utf8Value().substr(0, 60));
  }
  [[noreturn]] void fail(const char* field, const std::string& expected, const std::string& received) const {
    arguments_.fail(path(field).c_str(), expected, received);
  }

 private:
  template <class T>
  T* numbers(const Napi::Value& value, const char* field, int64_t length, napi_typedarray_type type, const char* kind) const {
    if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type) fail(field, kind, value);
    const Napi::TypedArray array = value.As<Napi::TypedArray>();
    if (static_cast<int64_t>(array.ElementLength()) != length)
      fail(field, std::to_string(length) + " numbers", std::to_string(array.ElementLength()));
    return length == 0 ? nullptr : reinterpret_cast<T*>(static_cast<uint8_t*>(array.ArrayBuffer().Data()) + array.ByteOffset());
  }
  std::string path(const char* field) const { return name_.empty() ? field : *field ? name_ + "." + field : name_; }

  const Arguments& arguments_;
  std::string name_;
  Napi::Object object_;
};

// Which places name which row. The memory stays from batch to batch.
class Grouping {
 public:
  static constexpr int64_t ahead = 16;

  // `slot_of_row` is −1 everywhere before and after. `id_at(place)` for places 0 … count − 1.
  template <class IdAt>
  void group(int64_t count, std::vector<int32_t>& slot_of_row, IdAt id_at) {
    if (static_cast<int64_t>(slot_of_place_.size()) < count) {
      slot_of_place_.resize(count);
      places_.resize(count);
      rows_.resize(count);
      starts_.resize(count + 2);
    }
    slots_ = 0;
    for (int64_t place = 0; place < count; place++) {
      if (place + ahead < count) __builtin_prefetch(&slot_of_row[id_at(place + ahead)]);  // of many rows, each lies somewhere else
      const int32_t id = id_at(place);
      int32_t slot = slot_of_row[id];
      if (slot < 0) {
        slot = slot_of_row[id] = slots_;
        rows_[slots_] = id;
        starts_[++slots_ + 1] = 0;
      }
      slot_of_place_[place] = slot;
      starts_[slot + 2]++;
    }
    starts_[0] = starts_[1] = 0;
    for (int32_t slot = 0; slot < slots_; slot++) {
      slot_of_row[rows_[slot]] = -1;
      starts_[slot + 2] += starts_[slot + 1];
    }
    // starts_[slot + 1] runs from where the slot begins to where it ends, which is where the next one begins.
    for (int64_t place = 0; place < count; place++) places_[starts_[slot_of_place_[place] + 1]++] = static_cast<int32_t>(place);
  }

  BilinearGroups view() const { return {rows_.data(), starts_.data(), places_.data(), slots_}; }

 private:
  std::vector<int32_t> slot_of_place_, places_, rows_, starts_;
  int32_t slots_ = 0;
};

// Runs work on slots, so cut that the pieces have alike many places (and `own` for each slot besides).
template <class Work>
void by_weight(const BilinearGroups& groups, int64_t own, int64_t grain, const Work& work) {
  const auto weight = [&](int64_t slot) { return groups.starts[slot] + own * slot; };
  const auto slot_at = [&](int64_t goal) {
    int64_t low = 0, high = groups.count;
    while (low < high) {
      const int64_t middle = (low + high) / 2;
      if (weight(middle) < goal) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  parallel(weight(groups.count), grain, [&](int64_t begin, int64_t end, int piece) { work(slot_at(begin), slot_at(end), piece); });
}

constexpr int64_t most_rows = INT32_MAX;

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
    slot_of_user_.resize(threads());
    slot_of_item_.resize(threads());
    items_of_batch_.resize(threads());
    if (job_.dense) {
      last_user_.assign(users_, 0);
      last_item_.assign(items_, 0);
    }
    factors_.push_back({});  // steps since the flush count from 1
  }

  // All batches of the queries, one step each.
  void steps(const Fields& tables, const Fields& queries) {
    const int64_t count = queries.length("users");
    if (count < 1) queries.fail("users", "at least one query", std::to_string(count));
    const int64_t size = std::min(queries.integer("batch", 1, most_rows), count);
    const int64_t batches = (count + size - 1) / size;
    const int64_t negatives = queries.length("negatives") / count;
    if (negatives < 1) queries.fail("negatives", "at least one per query", std::to_string(queries.length("negatives")) + " for " + std::to_string(count) + " queries");
    if (size * (1 + negatives) > most_rows) queries.fail("batch", "at most 2147483647 candidates in a batch", std::to_string(size * (1 + negatives)));
    const int32_t* user_of = queries.ids("users", count, users_);
    const int32_t* positive_of = queries.ids("positives", count, items_);
    const int32_t* negative_of = queries.ids("negatives", count * negatives, items_);
    const double factor = queries.number_or("factor", 1);
    float* losses = queries.floats("outLosses", batches);
    read_tables(tables);
    make_room(size, negatives);

    // Groups depend on ids alone: those of some batches are made ahead, each batch by one thread.
    const int64_t window = static_cast<int64_t>(groupings_.size());
    for (int64_t first = 0; first < batches; first += window) {
      const int64_t last = std::min(batches, first + window);
      const auto batch_at = [&](int64_t batch) {
        BilinearJob job = job_;
        job.queries = std::min(size, count - batch * size);
        job.negatives = negatives;
        job.user_of = user_of + batch * size;
        job.positive_of = positive_of + batch * size;
        job.negative_of = negative_of + batch * size * negatives;
        return job;
      };
      parallel(last - first, 1, [&](int64_t begin, int64_t end, int piece) {
        for (int64_t at = begin; at < end; at++) group(batch_at(first + at), groupings_[at], piece);
      });
      for (int64_t batch = first; batch < last; batch++) {
        const Groupings& groupings = groupings_[batch - first];
        begin_step(factor);
        BilinearJob job = batch_at(batch);
        job.factors = factors_.data();
        job.step = static_cast<int32_t>(factors_.size()) - 1;
        job.by_user = groupings.by_user.view();
        job.by_item = groupings.by_item.view();
        losses[batch] = run(job);
        if (!job_.dense) factors_.pop_back();  // nobody will ask for it
      }
    }
  }

  // Brings all rows up to date: what a dense rule put off.
  void flush(const Fields& tables) {
    if (!job_.dense || factors_.size() == 1) return;
    read_tables(tables);
    BilinearJob job = job_;
    job.factors = factors_.data();
    job.step = static_cast<int32_t>(factors_.size()) - 1;
    parallel(users_, 64, [&](int64_t begin, int64_t end, int) { bilinear_phases().flush(job, job.users, begin, end); });
    parallel(items_, 64, [&](int64_t begin, int64_t end, int) { bilinear_phases().flush(job, job.items, begin, end); });
    std::fill(last_user_.begin(), last_user_.end(), 0);
    std::fill(last_item_.begin(), last_item_.end(), 0);
    factors_.resize(1);
  }

 private:
  struct Groupings {
    Grouping by_user, by_item;
  };

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
    job_.rest1 = static_cast<float>(1 - beta1_);
    job_.rest2 = static_cast<float>(1 - beta2_);
    job_.fade1 = beta1_;
    job_.fade2 = std::sqrt(beta2_);
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

  BilinearTable read_table(const Fields& tables, const char* name, int64_t length) const {
    const Fields table = tables.fields(name);
    BilinearTable read{table.floats("weights", length), {}};
    const uint32_t count = job_.rule == BilinearRule::sgd ? 0 : job_.rule == BilinearRule::adam ? 2 : 1;
    if (count == 0) return read;
    const Napi::Value slots = table.at("slots");
    if (!slots.IsArray() || slots.As<Napi::Array>().Length() != count) table.fail("slots", std::to_string(count) + " of them", slots);
    for (uint32_t slot = 0; slot < count; slot++) read.slots[slot] = table.floats(slots.As<Napi::Array>().Get(slot), "slots", length);
    return read;
  }

  void read_tables(const Fields& tables) {
    job_.users = {read_table(tables, "user", users_ * job_.dim), {}, last_user_.data()};
    job_.items = {read_table(tables, "item", items_ * job_.dim), {}, last_item_.data()};
    if (!biases_) return;
    job_.users.biases = read_table(tables, "userBias", users_);
    job_.items.biases = read_table(tables, "itemBias", items_);
  }

  void make_room(int64_t size, int64_t negatives) {
    const int64_t most_users = std::min(size, users_);
    if (static_cast<int64_t>(slopes_.size()) < size * (1 + negatives)) slopes_.resize(size * (1 + negatives));
    if (static_cast<int64_t>(losses_.size()) < size) losses_.resize(size);
    if (static_cast<int64_t>(user_gradients_.size()) < most_users * job_.dim) user_gradients_.resize(most_users * job_.dim);
    if (static_cast<int64_t>(user_bias_gradients_.size()) < most_users) user_bias_gradients_.resize(most_users);
    item_gradients_.resize(threads() * stride());
    for (int64_t draw = static_cast<int64_t>(draw_weights_.size()); job_.loss == BilinearLoss::warp && draw < negatives; draw++)
      draw_weights_.push_back(weight_of_rank(std::max<int64_t>(1, (items_ - 1) / (draw + 1))));
    job_.slopes = slopes_.data();
    job_.losses = losses_.data();
    job_.user_gradients = user_gradients_.data();
    job_.user_bias_gradients = user_bias_gradients_.data();
    job_.draw_weights = draw_weights_.data();
    groupings_.resize(4 * threads());
  }

  int64_t stride() const { return (job_.dim + 31) / 16 * 16; }  // threads write to lines of their own

  float weight_of_rank(int64_t rank) const {
    if (!harmonic_) return static_cast<float>(std::log(static_cast<double>(rank)));
    double sum = 0;
    for (int64_t i = rank; i >= 1; i--) sum += 1.0 / static_cast<double>(i);
    return static_cast<float>(sum);
  }

  void group(const BilinearJob& job, Groupings& groupings, int piece) {
    const int64_t width = 1 + job.negatives;
    if (slot_of_user_[piece].empty()) slot_of_user_[piece].assign(users_, -1);
    if (slot_of_item_[piece].empty()) slot_of_item_[piece].assign(items_, -1);
    groupings.by_user.group(job.queries, slot_of_user_[piece], [&](int64_t q) { return job.user_of[q]; });
    const int64_t places = job.queries * width;
    std::vector<int32_t>& items = items_of_batch_[piece];
    items.resize(places);
    for (int64_t q = 0, place = 0; q < job.queries; q++) {
      items[place++] = job.positive_of[q];
      for (int64_t c = 0; c < job.negatives; c++) items[place++] = job.negative_of[q * job.negatives + c];
    }
    groupings.by_item.group(places, slot_of_item_[piece], [&](int64_t place) { return items[place]; });
  }

  void begin_step(double factor) {
    step_++;
    const double rate = rate_ * factor, t = static_cast<double>(step_);
    factors_.push_back({static_cast<float>(rate), static_cast<float>(rate / (1 - std::pow(beta1_, t))),
                        static_cast<float>(1 / std::sqrt(1 - std::pow(beta2_, t))), static_cast<float>(1 - rate * decay_)});
  }

  float run(const BilinearJob& job) {
    const BilinearPhases& phases = bilinear_phases();
    const int64_t grain = std::max<int64_t>(16, 8192 / job.dim);  // places that are worth a thread
    if (job.dense) parallel(job.by_item.count, grain, [&](int64_t begin, int64_t end, int) { phases.ready_items(job, begin, end); });
    by_weight(job.by_user, 0, grain, [&](int64_t begin, int64_t end, int) { phases.score_users(job, begin, end); });
    by_weight(job.by_item, 2, grain, [&](int64_t begin, int64_t end, int piece) {
      phases.update_items(job, item_gradients_.data() + piece * stride(), begin, end);
    });
    parallel(job.by_user.count, grain, [&](int64_t begin, int64_t end, int) { phases.update_users(job, begin, end); });
    double sum = 0;
    for (int64_t q = 0; q < job.queries; q++) sum += job.losses[q];
    return static_cast<float>(sum / static_cast<double>(job.queries));
  }

  int64_t users_, items_, step_;
  bool biases_, harmonic_ = true;
  double rate_, beta1_, beta2_, decay_;
  BilinearJob job_{};
  std::vector<BilinearFactors> factors_;
  std::vector<int32_t> last_user_, last_item_;
  std::vector<std::vector<int32_t>> slot_of_user_, slot_of_item_, items_of_batch_;  // by thread
  std::vector<Groupings> groupings_;
  std::vector<float> slopes_, losses_, user_gradients_, user_bias_gradients_, item_gradients_, draw_weights_;
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

Bilinear& bilinear_of(const Arguments& arguments, const Napi::CallbackInfo& info) {
  void* data = nullptr;
  const bool ours = info[0].IsObject() && info[0].As<Napi::Object>().CheckTypeTag(&tag);
  if (!ours || napi_unwrap(info.Env(), info[0], &data) != napi_ok)
    arguments.fail("bilinear", "what createBilinear returned", info[0].IsUndefined() ? "undefined" : info[0].ToString().Utf8Value().substr(0, 60));
  return *static_cast<Bilinear*>(data);
}

Napi::Value bilinear_steps(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "bilinearSteps");
  Bilinear& bilinear = bilinear_of(arguments, info);
  bilinear.steps(Fields(arguments, info[1], ""), Fields(arguments, info[2], ""));
  return info.Env().Undefined();
}

Napi::Value bilinear_flush(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "bilinearFlush");
  bilinear_of(arguments, info).flush(Fields(arguments, info[1], ""));
  return info.Env().Undefined();
}

const Offer offer_create("createBilinear", create_bilinear);
const Offer offer_steps("bilinearSteps", bilinear_steps);
const Offer offer_flush("bilinearFlush", bilinear_flush);

}  // namespace
}  // namespace footlight
