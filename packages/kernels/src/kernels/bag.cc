// Rows of a table added up or multiplied.

#include "kernels/bag.h"

#include "kernels/arithmetic.h"
#include "kernels/parts.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/bag.cc"
#include "simd/foreach_target.h"
#include "simd/vector-inl.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

enum { AHEAD = 8 };  // entries whose rows are asked for before they are needed

// out = Σ weight × row over `vectors` times LANES columns, or out + that.
template <int vectors>
FOOTLIGHT_INLINE void sum_columns(const float* table, int64_t dim, int64_t column, const int32_t* ids, const float* weights, int64_t count, float* out, bool add) {
  Lanes sums[vectors] = {};
  if (add)
    FOOTLIGHT_UNROLLED
    for (int v = 0; v < vectors; v++) sums[v] = load<Lanes>(out + column + v * LANES);
  for (int64_t k = 0; k < count; k++) {
    if (k + AHEAD < count) {
      const float* const later = table + ids[k + AHEAD] * dim + column;
      for (int v = 0; v < vectors * LANES; v += 16) __builtin_prefetch(later + v);
    }
    const float* const row = table + ids[k] * dim + column;
    const float weight = weights ? weights[k] : 1.0f;
    FOOTLIGHT_UNROLLED
    for (int v = 0; v < vectors; v++) sums[v] += load<Lanes>(row + v * LANES) * weight;
  }
  FOOTLIGHT_UNROLLED
  for (int v = 0; v < vectors; v++) store(out + column + v * LANES, sums[v]);
}

FOOTLIGHT_TARGET void sum(const float* table, int64_t dim, const int32_t* ids, const float* weights, int64_t count, float* out, bool add) {
  int64_t d = 0;
  for (; d + 8 * LANES <= dim; d += 8 * LANES) sum_columns<8>(table, dim, d, ids, weights, count, out, add);
  for (; d + 2 * LANES <= dim; d += 2 * LANES) sum_columns<2>(table, dim, d, ids, weights, count, out, add);
  for (; d + LANES <= dim; d += LANES) sum_columns<1>(table, dim, d, ids, weights, count, out, add);
  for (; d < dim; d++) {
    float total = add ? out[d] : 0;
    for (int64_t k = 0; k < count; k++) total += table[ids[k] * dim + d] * (weights ? weights[k] : 1.0f);
    out[d] = total;
  }
}

FOOTLIGHT_TARGET void score(const float* vector, const float* table, const float* bias, int64_t dim, const int32_t* ids, int64_t count, float* out) {
  for (int64_t k = 0; k < count; k++) out[k] = dot(vector, table + ids[k] * dim, dim) + (bias ? bias[ids[k]] : 0.0f);
}

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
namespace {

constexpr int64_t worth_a_thread = 1 << 14;  // numbers below which a second thread costs more than it brings
constexpr int64_t chunk = 256;      // entries

// work(begin, end) on pieces of the bags with about as many entries each. Every bag belongs to one piece, so that sums do not depend on the pieces.
template <class Work>
void share_bags(const Threads& threads, const int32_t* offsets, int64_t count, int64_t dim, const Work& work) {
  const int64_t entries = offsets[count] - offsets[0] + count;  // an empty bag is work too
  parallel(threads, entries, max(1, worth_a_thread / max(1, dim)), [&](int64_t begin, int64_t end, int) {
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

bool all_weigh(const Bags& bags, int64_t begin, int64_t end) {
  for (int64_t e = begin; bags.weights && e < end; e++)
    if (bags.weights[e] == 0.0f) return false;
  return true;
}

// Where few of many rows occur, going through all of them would take longest.
bool sorts(int64_t entries, int64_t rows) { return rows > 1024 + 16 * entries; }

// Every row of the table has a counter.
void count_rows(const Bags& bags, int64_t rows, int32_t* next, uint8_t* met, BagsByRow& found) {
  const int64_t entries = bags.entries();
  __builtin_memset(next, 0, (rows + 1) * sizeof(int32_t));
  __builtin_memset(met, 0, rows);
  for (int64_t e = 0; e < entries; e++) {
    met[bags.ids[e]] = 1;
    next[bags.ids[e] + 1] += bags.weighs(e);
  }
  for (int64_t row = 0; row < rows; row++) {
    if (met[row]) {
      found.rows[found.count] = static_cast<int32_t>(row);
      found.offsets[found.count++] = next[row];
    }
    next[row + 1] += next[row];
  }
  found.offsets[found.count] = next[rows];
  for (int64_t bag = 0; bag < bags.count; bag++)
    for (int64_t e = bags.offsets[bag]; e < bags.offsets[bag + 1]; e++) {
      if (!bags.weighs(e)) continue;
      const int32_t at = next[bags.ids[e]]++;
      found.bags[at] = static_cast<int32_t>(bag);
      if (bags.weights) found.weights[at] = bags.weights[e];
    }
}

constexpr int digit_bits = 11, digits = 1 << digit_bits;

// The entries by their ids, equal ones in their order: radix sort. Returns one of the two arrays.
const int32_t* sort_entries(const Bags& bags, int64_t rows, int32_t* order, int32_t* other, int32_t* starts) {
  const int64_t entries = bags.entries();
  for (int64_t e = 0; e < entries; e++) order[e] = static_cast<int32_t>(e);
  for (int shift = 0; (rows - 1) >> shift > 0; shift += digit_bits) {
    __builtin_memset(starts, 0, (digits + 1) * sizeof(int32_t));
    for (int64_t e = 0; e < entries; e++) starts[((bags.ids[e] >> shift) & (digits - 1)) + 1]++;
    for (int digit = 0; digit < digits; digit++) starts[digit + 1] += starts[digit];
    for (int64_t at = 0; at < entries; at++) other[starts[(bags.ids[order[at]] >> shift) & (digits - 1)]++] = order[at];
    int32_t* const sorted = other;
    other = order;
    order = sorted;
  }
  return order;
}

void sort_rows(const Bags& bags, const int32_t* order, int32_t* bag_of, BagsByRow& found) {
  const int64_t entries = bags.entries();
  for (int64_t bag = 0; bag < bags.count; bag++)
    for (int64_t e = bags.offsets[bag]; e < bags.offsets[bag + 1]; e++) bag_of[e] = static_cast<int32_t>(bag);
  int32_t at = 0;
  for (int64_t i = 0; i < entries; i++) {
    const int32_t entry = order[i], row = bags.ids[entry];
    if (found.count == 0 || found.rows[found.count - 1] != row) {
      found.rows[found.count] = row;
      found.offsets[found.count++] = at;
    }
    if (!bags.weighs(entry)) continue;
    found.bags[at] = bag_of[entry];
    if (bags.weights) found.weights[at] = bags.weights[entry];
    at++;
  }
  found.offsets[found.count] = at;
}

}  // namespace

void sum_rows(const Threads& threads, const float* table, int64_t dim, const Bags& bags, float* out) {
  const auto sum = FOOTLIGHT_DISPATCH(sum);
  share_bags(threads, bags.offsets, bags.count, dim, [&](int64_t begin, int64_t end) {
    int32_t ids[chunk];
    float weights[chunk];
    for (int64_t bag = begin; bag < end; bag++) {
      const int64_t from = bags.offsets[bag], to = bags.offsets[bag + 1];
      float* const total = out + bag * dim;
      if (all_weigh(bags, from, to)) {
        sum(table, dim, bags.ids + from, bags.weights ? bags.weights + from : nullptr, to - from, total, false);
        continue;
      }
      int64_t count = 0;
      bool add = false;
      for (int64_t e = from; e < to; e++) {
        if (!bags.weighs(e)) continue;
        ids[count] = bags.ids[e];
        weights[count++] = bags.weights[e];
        if (count < chunk) continue;
        sum(table, dim, ids, weights, count, total, add);
        add = true;
        count = 0;
      }
      if (count > 0 || !add) sum(table, dim, ids, weights, count, total, add);
    }
  });
}

namespace {

// What group_by_row works on.
struct Grouping {
  BagsByRow found;
  int32_t *next, *order, *other, *starts, *bag_of;
  uint8_t* met;

  Grouping(Parts& parts, int64_t entries, int64_t rows) {
    const int64_t most = min(rows, entries), sorted = sorts(entries, rows) ? entries : 0, counted = sorted ? 0 : rows;
    found = {0, parts.take<int32_t>(most), parts.take<int32_t>(most + 1), parts.take<int32_t>(entries), parts.take<float>(entries)};
    order = parts.take<int32_t>(sorted);
    other = parts.take<int32_t>(sorted);
    bag_of = parts.take<int32_t>(sorted);
    starts = parts.take<int32_t>(digits + 1);
    next = parts.take<int32_t>(counted + 1);
    met = parts.take<uint8_t>(counted);
  }
};

}  // namespace

size_t group_by_row_workspace(int64_t entries, int64_t rows) {
  Parts parts;
  const Grouping measured(parts, entries, rows);
  return parts.used();
}

BagsByRow group_by_row(const Bags& bags, int64_t rows, void* workspace) {
  const int64_t entries = bags.entries();
  Parts parts(workspace);
  Grouping memory(parts, entries, rows);
  BagsByRow& found = memory.found;
  if (!bags.weights) found.weights = nullptr;
  if (sorts(entries, rows)) sort_rows(bags, sort_entries(bags, rows, memory.order, memory.other, memory.starts), memory.bag_of, found);
  else count_rows(bags, rows, memory.next, memory.met, found);
  return found;
}

void sum_rows_gradient(const Threads& threads, const float* gradients, int64_t dim, const BagsByRow& by_row, float* out, float* sums) {
  const Bags bags{by_row.count, by_row.offsets, by_row.bags, by_row.weights};
  sum_rows(threads, gradients, dim, bags, out);
  for (int64_t row = 0; sums && row < bags.count; row++) {
    float sum = 0;
    for (int64_t at = bags.offsets[row]; at < bags.offsets[row + 1]; at++) sum += bags.weight(at);
    sums[row] = sum;
  }
}

int64_t ScoreRows::grain() const { return max(1, worth_a_thread / max(1, dim * candidates)); }

void score_rows(const ScoreRows& job, int64_t begin, int64_t end) {
  const auto score = FOOTLIGHT_DISPATCH(score);
  const auto [vectors, table, bias, dim, candidates, ids, out] = job;
  for (int64_t query = begin; query < end; query++) score(vectors + query * dim, table, bias, dim, ids + query * candidates, candidates, out + query * candidates);
}
#endif

}  // namespace footlight
