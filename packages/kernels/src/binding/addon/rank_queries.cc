#include "kernels/rank.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <vector>

#include "binding/addon/workspace.h"
#include "kernels/gemm.h"
#include "threading/thread_pool.h"

namespace footlight {
namespace {

constexpr int64_t query_block = 256, item_block = 1024;  // a tile of scores is 1 MB
constexpr int64_t narrow = 4;  // products with fewer columns may add up in another order: the last tile takes so many more items rather than leave them alone
constexpr float none = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();

// What to_key of kernels/rank.cc was made of.
int32_t id_of(uint64_t key) { return static_cast<int32_t>(~static_cast<uint32_t>(key)); }
float score_of(uint64_t key) {
  const uint32_t ordered = static_cast<uint32_t>(key >> 32), bits = ordered >> 31 != 0 ? ordered ^ 0x80000000u : ~ordered;
  float score;
  std::memcpy(&score, &bits, sizeof(score));
  return score;
}

// A product in a piece of work: the other threads have pieces of their own.
void multiply(const Product& product) {
  thread_local Workspace workspace;
  sgemm(one_thread, product, workspace.reserve(sgemm_workspace(one_thread, product)));
}

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
    kept_ = 0;
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
    struct Place {
      int32_t rank, first, last;
    };
    std::vector<Place> places;
    for (size_t t = 0; t < targets_.size(); t++) places.push_back({greater_[t] + lower_[t], greater_[t], at_least_[t] - 1});
    if (job.seen_last)
      for (const int32_t id : hidden_) {
        const int64_t above = std::lower_bound(seen_.begin(), seen_.end(), id) - seen_.begin();
        places.push_back({static_cast<int32_t>(kept + above), static_cast<int32_t>(kept), static_cast<int32_t>(job.items - 1)});
      }
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.rank < b.rank; });
    int64_t entry = job.relevant.offsets[query];
    for (const auto& [rank, first, last] : places) {
      job.ranks[entry] = rank;
      job.firsts[entry] = first;
      job.lasts[entry++] = last;
    }
    for (; entry < job.relevant.offsets[query + 1]; entry++) job.ranks[entry] = job.firsts[entry] = job.lasts[entry] = -1;
    job.found[query] = static_cast<int32_t>(places.size());
    job.candidates[query] = static_cast<int32_t>(job.seen_last ? job.items : kept);
    if (job.top == 0) return;
    cut_down(job.top);
    std::sort(best_.begin(), best_.begin() + kept_, std::greater<uint64_t>());
    for (int64_t at = 0; at < job.top; at++) job.best[query * job.top + at] = at < kept_ ? id_of(best_[at]) : -1;
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
    multiply({false, true, 1, width, job.dim, job.vectors + query * job.dim, job.dim, rows_.data(), job.dim, 0, levels_.data(), width, epilogue});
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
    if (first == 0) {
      threshold_ = first_threshold(scores, n, job.top);
      best_.resize(most_kept(job.top) + item_block + narrow + 16);
    }
    kept_ += rank_loops().keys_from(scores, n, threshold_, static_cast<int32_t>(first), best_.data() + kept_);
    if (kept_ < most_kept(job.top)) return;
    cut_down(job.top);
    const float last = score_of(best_[job.top - 1]);
    // An equal score that comes later has a higher id than those kept.
    threshold_ = last < infinity ? std::nextafter(last, infinity) : none;
  }

  // At least `top` of the first scores, or all of them, are not below it.
  float first_threshold(const float* scores, int64_t n, int64_t top) {
    if (n / 4 < top) return -infinity;
    groups_.resize(n / 4);
    rank_loops().greatest_of_four(scores, n, groups_.data());
    std::nth_element(groups_.begin(), groups_.begin() + (top - 1), groups_.end(), std::greater<float>());
    return groups_[top - 1];
  }

  void cut_down(int64_t top) {
    if (kept_ <= top) return;
    std::nth_element(best_.begin(), best_.begin() + (top - 1), best_.begin() + kept_, std::greater<uint64_t>());
    kept_ = top;
  }

  static int64_t most_kept(int64_t top) { return 4 * top; }

  std::vector<int32_t> seen_, targets_, hidden_, greater_, at_least_, before_, lower_;
  std::vector<float> levels_, rows_, biases_;
  std::vector<float> groups_;
  std::vector<uint64_t> best_;  // keys, the first kept_ of them in use
  int64_t kept_ = 0;
  size_t next_seen_ = 0;
  float threshold_ = 0;
};

}  // namespace

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
          multiply({false, true, count, n, job.dim, job.vectors + from * job.dim, job.dim, job.table + first * job.dim, job.dim, 0, tile.data(), n, epilogue});
        for (int64_t q = 0; q < count; q++) queries[q].take(job, tile.data() + q * n, first, n);
      }
      for (int64_t q = 0; q < count; q++) queries[q].finish(job, from + q);
    }
  });
}

}  // namespace footlight
