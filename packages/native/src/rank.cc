#include "rank.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <vector>

#include "arguments.h"
#include "gemm.h"
#include "parallel.h"
#include "registry.h"

namespace footlight {
namespace {

constexpr int64_t query_block = 256, item_block = 1024;  // a tile of scores is 1 MB
constexpr int64_t narrow = 4;  // products with fewer columns may add up in another order: the last tile takes so many more items rather than leave them alone
constexpr float none = std::numeric_limits<float>::quiet_NaN();

struct Lists {
  const int32_t *offsets, *ids;
};

struct RankJob {
  const float *vectors, *table, *bias;  // [query, dim], [item, dim], [item] or none
  const float* scores;                  // [query, item], instead of the three
  int64_t queries, items, dim;
  Lists seen, relevant;
  bool seen_last;
  int64_t top;
  int32_t* ranks;        // [entry of relevant], the best first, −1 from `found` on
  double* averages;      // [entry of relevant]
  int32_t* found;        // [query]
  int32_t* candidates;   // [query]
  int32_t* best;         // [query, top], −1 where nothing is left
  std::atomic<int64_t>* strange;  // item whose score is no number, or −1
};

struct Scored {
  float score;
  int32_t id;
};
bool better(const Scored& a, const Scored& b) { return a.score > b.score || (a.score == b.score && a.id < b.id); }

// One query while tiles of its scores come by, in the order of items.
class Query {
 public:
  void begin(const RankJob& job, int64_t query) {
    seen_.assign(job.seen.ids + job.seen.offsets[query], job.seen.ids + job.seen.offsets[query + 1]);
    std::sort(seen_.begin(), seen_.end());
    seen_.erase(std::unique(seen_.begin(), seen_.end()), seen_.end());
    next_seen_ = 0;
    targets_.clear();
    hidden_.clear();
    for (int64_t e = job.relevant.offsets[query]; e < job.relevant.offsets[query + 1]; e++) {
      const int32_t id = job.relevant.ids[e];
      (std::binary_search(seen_.begin(), seen_.end(), id) ? hidden_ : targets_).push_back(id);
    }
    const size_t padded = (targets_.size() + 3) / 4 * 4;
    levels_.assign(padded, none);
    greater_.assign(padded, 0);
    at_least_.assign(padded, 0);
    before_.assign(padded, 0);
    lower_.assign(padded, 0);
    best_.clear();
    threshold_ = -std::numeric_limits<float>::infinity();
    full_ = false;
    read_levels(job, query);
  }

  void take(const RankJob& job, float* scores, int64_t first, int64_t n) {
    const RankLoops& loops = rank_loops();
    if (!loops.all_numbers(scores, n)) {
      for (int64_t i = 0; i < n; i++)
        if (scores[i] != scores[i]) job.strange->store(first + i);
    }
    for (; next_seen_ < seen_.size() && seen_[next_seen_] < first + n; next_seen_++) scores[seen_[next_seen_] - first] = none;  // counts nowhere
    if (!targets_.empty()) {
      for (size_t t = 0; t < targets_.size(); t++) before_[t] = at_least_[t] - greater_[t];
      loops.count(scores, n, levels_.data(), static_cast<int64_t>(levels_.size()), greater_.data(), at_least_.data());
      for (size_t t = 0; t < targets_.size(); t++) lower_[t] += lower_in(t, scores, first, n, at_least_[t] - greater_[t] - before_[t]);
    }
    if (job.top > 0) collect(job, scores, first, n);
  }

  void finish(const RankJob& job, int64_t query) {
    const int64_t kept = job.items - static_cast<int64_t>(seen_.size());
    std::vector<std::pair<int32_t, double>> places;
    for (size_t t = 0; t < targets_.size(); t++)
      places.emplace_back(greater_[t] + lower_[t], greater_[t] + (at_least_[t] - greater_[t] - 1) / 2.0);
    if (job.seen_last)
      for (const int32_t id : hidden_) {
        const int64_t above = std::lower_bound(seen_.begin(), seen_.end(), id) - seen_.begin();
        places.emplace_back(static_cast<int32_t>(kept + above), static_cast<double>(kept) + (static_cast<double>(seen_.size()) - 1) / 2.0);
      }
    std::sort(places.begin(), places.end());
    int64_t entry = job.relevant.offsets[query];
    for (const auto& [rank, average] : places) {
      job.ranks[entry] = rank;
      job.averages[entry++] = average;
    }
    for (; entry < job.relevant.offsets[query + 1]; entry++) job.ranks[entry] = -1, job.averages[entry] = -1;
    job.found[query] = static_cast<int32_t>(places.size());
    job.candidates[query] = static_cast<int32_t>(job.seen_last ? job.items : kept);
    if (job.top == 0) return;
    std::sort(best_.begin(), best_.end(), better);
    for (int64_t at = 0; at < job.top; at++)
      job.best[query * job.top + at] = at < static_cast<int64_t>(best_.size()) ? best_[at].id : -1;
  }

 private:
  // The scores of the targets by the same product as all others: it rounds alike, so a target equals itself.
  void read_levels(const RankJob& job, int64_t query) {
    const int64_t count = static_cast<int64_t>(targets_.size());
    if (job.scores) {
      for (int64_t t = 0; t < count; t++) levels_[t] = job.scores[query * job.items + targets_[t]];
      return;
    }
    if (count == 0) return;
    // As wide as the product of all items would be, at least, so that it adds up alike.
    const int64_t width = job.items < narrow ? job.items : static_cast<int64_t>(levels_.size());
    rows_.assign(width * job.dim, 0.0f);
    biases_.assign(width, 0.0f);
    for (int64_t t = 0; t < count; t++) std::copy_n(job.table + targets_[t] * job.dim, job.dim, rows_.data() + t * job.dim);
    Epilogue epilogue;
    if (job.bias) {
      for (int64_t t = 0; t < count; t++) biases_[t] = job.bias[targets_[t]];
      epilogue.bias = biases_.data();
    }
    sgemm(false, true, 1, width, job.dim, job.vectors + query * job.dim, job.dim, rows_.data(), job.dim, 0, levels_.data(), width, epilogue);
    std::fill(levels_.begin() + count, levels_.end(), none);
  }

  // Equal scores of lower ids in this tile.
  int32_t lower_in(size_t t, const float* scores, int64_t first, int64_t n, int32_t equal) const {
    const int64_t id = targets_[t];
    if (equal == 0 || id < first) return 0;
    if (id >= first + n) return equal;
    if (equal == 1) return 0;
    return static_cast<int32_t>(std::count(scores, scores + (id - first), levels_[t]));
  }

  // Keeps more than are asked for, and cuts them down when they are many: cheaper than a heap.
  void collect(const RankJob& job, const float* scores, int64_t first, int64_t n) {
    if (full_) {
      places_.resize(item_block + narrow);
      const int64_t count = rank_loops().above(scores, n, threshold_, places_.data());
      for (int64_t at = 0; at < count; at++) best_.push_back({scores[places_[at]], static_cast<int32_t>(first + places_[at])});
    } else {
      for (int64_t i = 0; i < n; i++)
        if (scores[i] == scores[i]) best_.push_back({scores[i], static_cast<int32_t>(first + i)});
    }
    if (static_cast<int64_t>(best_.size()) < 4 * job.top) return;
    std::nth_element(best_.begin(), best_.begin() + (job.top - 1), best_.end(), better);
    best_.resize(job.top);
    threshold_ = best_[job.top - 1].score;
    full_ = true;  // from now on an equal score has a higher id than those kept
  }

  std::vector<int32_t> seen_, targets_, hidden_, greater_, at_least_, before_, lower_, places_;
  std::vector<float> levels_, rows_, biases_;
  std::vector<Scored> best_;
  size_t next_seen_ = 0;
  float threshold_ = 0;
  bool full_ = false;
};

void rank(const RankJob& job) {
  parallel(job.queries, 1, [&](int64_t begin, int64_t end, int) {
    std::vector<Query> queries(std::min(query_block, end - begin));
    std::vector<float> tile(queries.size() * (item_block + narrow));
    for (int64_t from = begin; from < end; from += query_block) {
      const int64_t count = std::min(query_block, end - from);
      for (int64_t q = 0; q < count; q++) queries[q].begin(job, from + q);
      for (int64_t first = 0, n; first < job.items; first += n) {
        n = job.items - first <= item_block + narrow ? job.items - first : item_block;
        Epilogue epilogue;
        if (job.bias) epilogue.bias = job.bias + first;
        if (job.scores)
          for (int64_t q = 0; q < count; q++) std::copy_n(job.scores + (from + q) * job.items + first, n, tile.data() + q * n);
        else
          sgemm(false, true, count, n, job.dim, job.vectors + from * job.dim, job.dim, job.table + first * job.dim, job.dim, 0, tile.data(), n, epilogue);
        for (int64_t q = 0; q < count; q++) queries[q].take(job, tile.data() + q * n, first, n);
      }
      for (int64_t q = 0; q < count; q++) queries[q].finish(job, from + q);
    }
  });
}

Lists lists_at(const Arguments& arguments, size_t at, const char* offsets_name, const char* ids_name, int64_t queries, int64_t items) {
  const int64_t entries = arguments.length(at + 1);
  const int32_t* offsets = arguments.ints(at, offsets_name, queries + 1);
  bool fine = offsets[0] == 0 && offsets[queries] == entries;
  for (int64_t q = 0; q < queries; q++) fine &= offsets[q] <= offsets[q + 1];
  if (!fine) arguments.fail(offsets_name, "0, then ascending to the " + std::to_string(entries) + " entries", "others");
  return {offsets, arguments.ids(at + 1, ids_name, entries, items)};
}

// …, seenOffsets, seenIds, relevantOffsets, relevantIds, seenLast, top, outRanks, outAverages, outFound, outCandidates, outTop
Napi::Value rank_from(const Napi::CallbackInfo& info, const Arguments& arguments, RankJob& job, size_t at) {
  job.seen = lists_at(arguments, at, "seenOffsets", "seenIds", job.queries, job.items);
  job.relevant = lists_at(arguments, at + 2, "relevantOffsets", "relevantIds", job.queries, job.items);
  job.seen_last = arguments.flag(at + 4, "seenLast");
  job.top = arguments.integer(at + 5, "top", 0, job.items);
  const int64_t entries = arguments.length(at + 3);
  job.ranks = arguments.ints(at + 6, "outRanks", entries);
  job.averages = arguments.doubles(at + 7, "outAverages", entries);
  job.found = arguments.ints(at + 8, "outFound", job.queries);
  job.candidates = arguments.ints(at + 9, "outCandidates", job.queries);
  job.best = arguments.ints(at + 10, "outTop", job.queries * job.top);
  std::atomic<int64_t> strange{-1};
  job.strange = &strange;
  rank(job);
  return Napi::Number::New(info.Env(), static_cast<double>(strange.load()));
}

// rankTargets(vectors, table, bias, query, item, dim, …)
Napi::Value rank_targets(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "rankTargets");
  RankJob job{};
  job.queries = arguments.integer(3, "query", 0, INT32_MAX);
  job.items = arguments.integer(4, "item", 1, INT32_MAX);
  job.dim = arguments.integer(5, "dim", 1, 1 << 20);
  job.vectors = arguments.floats(0, "vectors", job.queries * job.dim);
  job.table = arguments.floats(1, "table", job.items * job.dim);
  job.bias = arguments.floats_if_given(2, "bias", job.items);
  return rank_from(info, arguments, job, 6);
}

// rankScores(scores, query, item, …)
Napi::Value rank_scores(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "rankScores");
  RankJob job{};
  job.queries = arguments.integer(1, "query", 0, INT32_MAX);
  job.items = arguments.integer(2, "item", 1, INT32_MAX);
  job.scores = arguments.floats(0, "scores", job.queries * job.items);
  return rank_from(info, arguments, job, 3);
}

const Offer offer_targets("rankTargets", rank_targets);
const Offer offer_scores("rankScores", rank_scores);

}  // namespace
}  // namespace footlight
