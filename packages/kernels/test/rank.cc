#include "kernels/rank.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "check.h"
#include "threading/thread_pool.h"

namespace {

uint32_t state = 11;

uint32_t drawn(uint32_t bound) {
  state = state * 1664525u + 1013904223u;
  return static_cast<uint32_t>((static_cast<uint64_t>(state) * bound) >> 32);
}

struct Drawn {
  std::vector<int32_t> offsets{0}, ids;
};

// Up to `most` ids per query, each once where asked for.
Drawn lists(int64_t queries, int64_t items, int64_t most, bool once) {
  Drawn made;
  for (int64_t query = 0; query < queries; query++) {
    const size_t from = made.ids.size();
    for (uint32_t left = drawn(static_cast<uint32_t>(most) + 1); left > 0; left--) made.ids.push_back(static_cast<int32_t>(drawn(static_cast<uint32_t>(items))));
    if (once) {
      std::sort(made.ids.begin() + from, made.ids.end());
      made.ids.erase(std::unique(made.ids.begin() + from, made.ids.end()), made.ids.end());
    }
    made.offsets.push_back(static_cast<int32_t>(made.ids.size()));
  }
  return made;
}

// Whole numbers of which many are equal, so that sums are exact; `strange` ones are infinite, or zero of either sign.
std::vector<float> whole(int64_t count, int kinds, bool strange) {
  const float infinity = std::numeric_limits<float>::infinity();
  const float others[] = {infinity, -infinity, 0.0f, -0.0f};
  std::vector<float> values(count);
  for (float& value : values) value = strange && drawn(8) == 0 ? others[drawn(4)] : static_cast<float>(static_cast<int>(drawn(static_cast<uint32_t>(kinds))) - kinds / 2);
  return values;
}

void compare(int64_t queries, int64_t items, int64_t dim, int64_t top, int kinds, bool seen_last) {
  const bool product = dim > 0;
  const std::vector<float> vectors = whole(queries * dim, kinds, false), table = whole(items * dim, kinds, false), bias = whole(items, kinds, product);
  std::vector<float> scores = whole(queries * items, kinds, true);
  for (int64_t q = 0; product && q < queries; q++)
    for (int64_t i = 0; i < items; i++) {
      float sum = 0;
      for (int64_t d = 0; d < dim; d++) sum += vectors[q * dim + d] * table[i * dim + d];
      scores[q * items + i] = sum + bias[i];
    }
  const Drawn seen = lists(queries, items, 40, false), relevant = lists(queries, items, 9, true);
  const size_t entries = relevant.ids.size();
  std::vector<int32_t> ranks(entries), found(queries), candidates(queries), best(queries * top), firsts(entries), lasts(entries);
  std::vector<float> best_scores(queries * top);
  footlight::RankJob job{};
  if (product) job.vectors = vectors.data(), job.table = table.data(), job.bias = bias.data();
  else job.scores = scores.data();
  job.queries = queries, job.items = items, job.dim = dim, job.top = top, job.seen_last = seen_last;
  job.seen = {seen.offsets.data(), seen.ids.data()};
  job.relevant = {relevant.offsets.data(), relevant.ids.data()};
  job.ranks = ranks.data(), job.firsts = firsts.data(), job.lasts = lasts.data(), job.found = found.data(), job.candidates = candidates.data(), job.best = best.data(), job.best_scores = best_scores.data();
  std::vector<double> workspace(footlight::rank_workspace(footlight::threads(), job) / sizeof(double) + 1);
  check(footlight::rank(footlight::threads(), job, workspace.data()) == -1, "no score that is no number");
  for (int64_t q = 0; q < queries; q++) {
    const float* own = scores.data() + q * items;
    std::vector<bool> hidden(items);
    for (int32_t e = seen.offsets[q]; e < seen.offsets[q + 1]; e++) hidden[seen.ids[e]] = true;
    std::vector<int32_t> order, last;
    for (int32_t i = 0; i < items; i++) (hidden[i] ? last : order).push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) { return own[a] > own[b]; });
    for (int64_t at = 0; at < top; at++)
      check(best[q * top + at] == (at < static_cast<int64_t>(order.size()) ? order[at] : -1) &&
                best_scores[q * top + at] == (at < static_cast<int64_t>(order.size()) ? own[order[at]] : 0.0f),
            "lists of the best as sorted, with their scores");
    const int32_t kept = static_cast<int32_t>(order.size());
    if (seen_last) order.insert(order.end(), last.begin(), last.end());
    check(candidates[q] == static_cast<int32_t>(order.size()), "candidates as counted");
    int32_t entry = relevant.offsets[q];
    for (int32_t at = 0; at < static_cast<int32_t>(order.size()); at++) {
      const auto [begin, end] = std::pair(relevant.ids.begin() + relevant.offsets[q], relevant.ids.begin() + relevant.offsets[q + 1]);
      if (std::find(begin, end, order[at]) == end) continue;
      int32_t higher = 0, equal = 0;
      for (int32_t other = 0; other < kept; other++) higher += own[order[other]] > own[order[at]], equal += own[order[other]] == own[order[at]];
      if (at >= kept) higher = kept, equal = static_cast<int32_t>(last.size());
      check(ranks[entry] == at, "ranks as sorted");
      check(firsts[entry] == higher && lasts[entry] == higher + equal - 1, "places that equal scores share");
      entry++;
    }
    check(found[q] == entry - relevant.offsets[q], "found as counted");
    for (; entry < relevant.offsets[q + 1]; entry++) check(ranks[entry] == -1, "nothing after what is found");
  }
}

}  // namespace

void test_rank() {
  for (const int64_t dim : {0, 5})
    for (const bool seen_last : {false, true})
      for (const int kinds : {2, 50, 3000}) {  // 5 × 1500² and a bias are below 2²⁴
        compare(7, 1, dim, 1, kinds, seen_last);
        compare(7, 37, dim, 37, kinds, seen_last);
        compare(9, 1029, dim, 3, kinds, seen_last);
        compare(5, 4127, dim, 100, kinds, seen_last);
        compare(3, 2063, dim, 300, kinds, seen_last);  // more than the groups of the first tile
        compare(2, 2063, dim, 2063, kinds, seen_last);
      }
  compare(521, 67, 3, 5, 9, false);
  compare(0, 5, 3, 2, 9, false);
}
