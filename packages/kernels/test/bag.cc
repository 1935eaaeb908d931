#include "kernels/bag.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "check.h"
#include "threading/thread_pool.h"

namespace {

uint32_t state = 7;

uint32_t drawn(uint32_t bound) {
  state = state * 1664525u + 1013904223u;
  return static_cast<uint32_t>((static_cast<uint64_t>(state) * bound) >> 32);
}

// Small whole numbers, so that sums are exact in any order. Vectors have no room to spare: a read or write beyond a row's end is seen.
std::vector<float> whole(int64_t count) {
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(static_cast<int>(drawn(9)) - 4);
  return values;
}

void compare(int64_t rows, int64_t dim, int64_t bags, int64_t most, bool weighted) {
  std::vector<int32_t> offsets(1, 0), ids;
  for (int64_t bag = 0; bag < bags; bag++) {
    for (uint32_t left = drawn(static_cast<uint32_t>(most) + 1); left > 0; left--) ids.push_back(static_cast<int32_t>(drawn(static_cast<uint32_t>(rows))));
    offsets.push_back(static_cast<int32_t>(ids.size()));
  }
  const int64_t entries = static_cast<int64_t>(ids.size());
  const std::vector<float> table = whole(rows * dim), weights = whole(entries), slopes = whole(bags * dim);
  const footlight::Bags given{bags, offsets.data(), ids.data(), weighted ? weights.data() : nullptr};
  std::vector<float> sums(bags * dim, NAN), expected(bags * dim), gradient(rows * dim);
  footlight::sum_rows(footlight::threads(), table.data(), dim, given, sums.data());
  for (int64_t bag = 0; bag < bags; bag++)
    for (int64_t e = offsets[bag]; e < offsets[bag + 1]; e++)
      for (int64_t d = 0; d < dim; d++) {
        const float weight = weighted ? weights[e] : 1.0f;
        expected[bag * dim + d] += weight * table[ids[e] * dim + d];
        gradient[ids[e] * dim + d] += weight * slopes[bag * dim + d];
      }
  check(sums == expected, "sums of rows as by hand");

  std::vector<double> workspace(footlight::group_by_row_workspace(entries, rows) / sizeof(double) + 1);
  const footlight::BagsByRow met = footlight::group_by_row(given, rows, workspace.data());
  const int64_t count = met.count;
  const int64_t weighing = weighted ? std::count_if(weights.begin(), weights.end(), [](float weight) { return weight != 0; }) : entries;
  check(met.offsets[count] == weighing, "every entry that weighs in one of a row");
  std::vector<float> merged(count * dim, NAN);
  footlight::sum_rows_gradient(footlight::threads(), slopes.data(), dim, met, merged.data(), nullptr);
  int64_t next = 0;
  for (int64_t row = 0; row < rows; row++) {
    const bool is_met = next < count && met.rows[next] == row;
    check(is_met == (std::find(ids.begin(), ids.end(), row) != ids.end()), "a row is met if it is in a bag, whatever it weighs");
    for (int64_t d = 0; d < dim; d++) check((is_met ? merged[next * dim + d] : 0.0f) == gradient[row * dim + d], "gradients of rows as by hand");
    next += is_met;
  }
  check(next == count, "rows ascending, each once");

  const int64_t candidates = 1 + drawn(5);
  std::vector<int32_t> asked(bags * candidates);
  for (int32_t& id : asked) id = static_cast<int32_t>(drawn(static_cast<uint32_t>(rows)));
  const std::vector<float> bias = whole(rows);
  std::vector<float> scores(bags * candidates, NAN);
  footlight::score_rows({slopes.data(), table.data(), weighted ? bias.data() : nullptr, dim, candidates, asked.data(), scores.data()}, 0, bags);
  for (int64_t at = 0; at < bags * candidates; at++) {
    float sum = weighted ? bias[asked[at]] : 0.0f;
    for (int64_t d = 0; d < dim; d++) sum += slopes[at / candidates * dim + d] * table[asked[at] * dim + d];
    check(scores[at] == sum, "scores as by hand");
  }
}

}  // namespace

void test_bag() {
  for (const int64_t dim : {1, 2, 7, 16, 33, 128, 131, 600})
    for (const bool weighted : {false, true}) {
      compare(11, dim, 5, 9, weighted);
      compare(3000, dim, 40, 3, weighted);  // few rows of many are met
      compare(3, dim, 300, 12, weighted);
    }
  compare(5, 4, 0, 3, true);
}
