#include "kernels/bag.h"

#include <algorithm>

#include "threading/thread_pool.h"

namespace footlight {
namespace {

constexpr int64_t grain = 1 << 14;  // numbers below which a second thread costs more than it brings

// work(begin, end) on pieces of the bags with about as many entries each. Every bag is somebody's alone, so that sums do not depend on the pieces.
template <class Work>
void share_bags(const int32_t* offsets, int64_t count, int64_t dim, const Work& work) {
  const int64_t entries = offsets[count] - offsets[0] + count;  // an empty bag is work too
  parallel(entries, std::max<int64_t>(1, grain / std::max<int64_t>(1, dim)), [&](int64_t begin, int64_t end, int) {
    const auto first_from = [&](int64_t entry) {
      int64_t low = 0, high = count;
      while (low < high) {
        const int64_t middle = (low + high) / 2;
        if (offsets[middle] - offsets[0] + middle < entry) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    work(first_from(begin), end == entries ? count : first_from(end));
  });
}

// Of the candidates of a hinge, most weigh nothing: they are met, but nothing is added up for them.
bool weighs(const Bags& bags, int64_t entry) { return !bags.weights || bags.weights[entry] != 0.0f; }

BagsByRow counted(const Bags& bags, int64_t rows) {
  BagsByRow found;
  const int64_t entries = bags.offsets[bags.count];
  std::vector<int32_t> next(rows + 1);
  std::vector<uint8_t> met(rows);
  for (int64_t e = 0; e < entries; e++) {
    met[bags.ids[e]] = 1;
    next[bags.ids[e] + 1] += weighs(bags, e);
  }
  for (int64_t row = 0; row < rows; row++) {
    if (met[row]) {
      found.rows.push_back(static_cast<int32_t>(row));
      found.offsets.push_back(next[row]);
    }
    next[row + 1] += next[row];
  }
  found.offsets.push_back(next[rows]);
  found.bags.resize(next[rows]);
  if (bags.weights) found.weights.resize(next[rows]);
  for (int64_t bag = 0; bag < bags.count; bag++)
    for (int64_t e = bags.offsets[bag]; e < bags.offsets[bag + 1]; e++) {
      if (!weighs(bags, e)) continue;
      const int32_t at = next[bags.ids[e]]++;
      found.bags[at] = static_cast<int32_t>(bag);
      if (bags.weights) found.weights[at] = bags.weights[e];
    }
  return found;
}

// Where few of many rows are met, going through all of them would take longest.
BagsByRow sorted(const Bags& bags) {
  BagsByRow found;
  const int64_t entries = bags.offsets[bags.count];
  std::vector<uint64_t> keys(entries);  // row, then entry
  for (int64_t e = 0; e < entries; e++) keys[e] = static_cast<uint64_t>(bags.ids[e]) << 32 | static_cast<uint64_t>(e);
  std::sort(keys.begin(), keys.end());
  std::vector<int32_t> bag_of(entries);
  for (int64_t bag = 0; bag < bags.count; bag++)
    std::fill(bag_of.begin() + bags.offsets[bag], bag_of.begin() + bags.offsets[bag + 1], static_cast<int32_t>(bag));
  for (const uint64_t key : keys) {
    const int32_t row = static_cast<int32_t>(key >> 32);
    const uint32_t entry = static_cast<uint32_t>(key);
    if (found.rows.empty() || found.rows.back() != row) {
      found.rows.push_back(row);
      found.offsets.push_back(static_cast<int32_t>(found.bags.size()));
    }
    if (!weighs(bags, entry)) continue;
    found.bags.push_back(bag_of[entry]);
    if (bags.weights) found.weights.push_back(bags.weights[entry]);
  }
  found.offsets.push_back(static_cast<int32_t>(found.bags.size()));
  return found;
}

}  // namespace

void sum_rows(const float* table, int64_t dim, const Bags& bags, float* out) {
  share_bags(bags.offsets, bags.count, dim, [&](int64_t begin, int64_t end) {
    std::vector<int32_t> ids;
    std::vector<float> weights;
    for (int64_t bag = begin; bag < end; bag++) {
      const int64_t from = bags.offsets[bag], count = bags.offsets[bag + 1] - from;
      if (!bags.weights || std::find(bags.weights + from, bags.weights + from + count, 0.0f) == bags.weights + from + count) {
        bag_loops().sum(table, dim, bags.ids + from, bags.weights ? bags.weights + from : nullptr, count, out + bag * dim);
        continue;
      }
      ids.clear();
      weights.clear();
      for (int64_t e = from; e < from + count; e++) {
        if (!weighs(bags, e)) continue;
        ids.push_back(bags.ids[e]);
        weights.push_back(bags.weights[e]);
      }
      bag_loops().sum(table, dim, ids.data(), weights.data(), static_cast<int64_t>(ids.size()), out + bag * dim);
    }
  });
}

BagsByRow by_row(const Bags& bags, int64_t rows) {
  return rows > 1024 + 16 * static_cast<int64_t>(bags.offsets[bags.count]) ? sorted(bags) : counted(bags, rows);
}

void score_rows(const float* vectors, const float* table, const float* bias, int64_t dim, int64_t queries, int64_t candidates, const int32_t* ids, float* out) {
  parallel(queries, std::max<int64_t>(1, grain / std::max<int64_t>(1, dim * candidates)), [&](int64_t begin, int64_t end, int) {
    for (int64_t query = begin; query < end; query++)
      bag_loops().score(vectors + query * dim, table, bias, dim, ids + query * candidates, candidates, out + query * candidates);
  });
}

}  // namespace footlight
