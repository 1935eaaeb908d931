// What ranking does to each score, compiled once per instruction set: loops that the compiler turns into vectors.

#include "kernels/rank.h"

#include "kernels/arithmetic.h"
#include "kernels/gemm.h"
#include "kernels/parts.h"
#include "kernels/sort.h"

#ifndef FOOTLIGHT_RANK_LOOPS
#define FOOTLIGHT_RANK_LOOPS
namespace footlight {
namespace {

// What each target has of the functions below.
struct RankLoops {
  void (*count)(const float* scores, int64_t n, const float* levels, int64_t count, int32_t* greater, int32_t* at_least);
  bool (*all_numbers)(const float* scores, int64_t n);
  int64_t (*keys_from)(const float* scores, int64_t n, float threshold, int32_t first, uint64_t* keys);
  void (*max_of_four)(const float* scores, int64_t n, float* groups);
};

}  // namespace
}  // namespace footlight
#endif

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/rank.cc"
#include "simd/foreach_target.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

// Adds to `greater` and `at_least` how many scores are above each level, and how many are not below it; what is not a number counts nowhere.
FOOTLIGHT_TARGET void count(const float* scores, int64_t n, const float* levels, int64_t count, int32_t* greater, int32_t* at_least) {
  for (int64_t t = 0; t < count; t += 4) {  // the caller fills up to a multiple of four
    const float a = levels[t], b = levels[t + 1], c = levels[t + 2], d = levels[t + 3];
    int32_t ga = 0, gb = 0, gc = 0, gd = 0, la = 0, lb = 0, lc = 0, ld = 0;
    for (int64_t i = 0; i < n; i++) {
      const float s = scores[i];
      ga += s > a, la += s >= a;
      gb += s > b, lb += s >= b;
      gc += s > c, lc += s >= c;
      gd += s > d, ld += s >= d;
    }
    greater[t] += ga, greater[t + 1] += gb, greater[t + 2] += gc, greater[t + 3] += gd;
    at_least[t] += la, at_least[t + 1] += lb, at_least[t + 2] += lc, at_least[t + 3] += ld;
  }
}

FOOTLIGHT_TARGET bool all_numbers(const float* scores, int64_t n) {
  int32_t nan_count = 0;
  for (int64_t i = 0; i < n; i++) nan_count += scores[i] != scores[i];
  return nan_count == 0;
}

// The number that orders a score and, among equals, puts the lower id first. −0 stands where +0 stands.
FOOTLIGHT_INLINE uint64_t to_key(float score, int32_t id) {
  uint32_t bits;
  const float plain = score + 0.0f;
  __builtin_memcpy(&bits, &plain, sizeof(bits));
  bits ^= (bits >> 31) != 0 ? 0xffffffffu : 0x80000000u;
  return (uint64_t)bits << 32 | (uint32_t)~id;
}

// Keys of the scores from a threshold on, the ids counted from `first`; `keys` has space for n and 16 more.
FOOTLIGHT_TARGET int64_t keys_from(const float* scores, int64_t n, float threshold, int32_t first, uint64_t* keys) {
  int64_t found = 0, i = 0;
#if FOOTLIGHT_AVX512
  const __m512 least = _mm512_set1_ps(threshold), zero = _mm512_setzero_ps();
  const __m256i counting = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), all = _mm256_set1_epi32(-1);
  for (; i + 16 <= n; i += 16) {
    const __m512 s = _mm512_loadu_ps(scores + i);
    const __mmask16 kept = _mm512_cmp_ps_mask(s, least, _CMP_GE_OQ);
    if (kept == 0) continue;
    const __m512i bits = (__m512i)_mm512_add_ps(s, zero);
    const __m512i ordered = _mm512_xor_si512(bits, _mm512_or_si512(_mm512_srai_epi32(bits, 31), _mm512_set1_epi32(INT32_MIN)));
    for (int half = 0; half < 2; half++) {
      const __mmask8 own = (__mmask8)(kept >> 8 * half);
      const __m256i high = half == 0 ? _mm512_castsi512_si256(ordered) : _mm512_extracti64x4_epi64(ordered, 1);
      const __m256i ids = _mm256_xor_si256(_mm256_add_epi32(counting, _mm256_set1_epi32(first + (int32_t)i + 8 * half)), all);
      const __m512i pairs = _mm512_or_si512(_mm512_slli_epi64(_mm512_cvtepu32_epi64(high), 32), _mm512_cvtepu32_epi64(ids));
      _mm512_storeu_si512(keys + found, _mm512_maskz_compress_epi64(own, pairs));  // into memory it would be slow
      found += __builtin_popcount(own);
    }
  }
#else
  for (; i + 32 <= n; i += 32) {
    int32_t any = 0;
    for (int64_t k = i; k < i + 32; k++) any += scores[k] >= threshold;
    if (any == 0) continue;
    for (int64_t k = i; k < i + 32; k++) {
      keys[found] = to_key(scores[k], first + (int32_t)k);
      found += scores[k] >= threshold;
    }
  }
#endif
  for (; i < n; i++) {
    keys[found] = to_key(scores[i], first + (int32_t)i);
    found += scores[i] >= threshold;
  }
  return found;
}

// The greatest of each group of four scores, −∞ where none is a number; `groups` has space for n / 4. At least k scores are not below the k-th greatest of them.
FOOTLIGHT_TARGET void max_of_four(const float* scores, int64_t n, float* groups) {
  const int64_t count = n / 4;
  for (int64_t i = 0; i < count; i++) {
    const float a = scores[i], b = scores[i + count], c = scores[i + 2 * count], d = scores[i + 3 * count];
    float most = a > -__builtin_inff() ? a : -__builtin_inff();
    most = b > most ? b : most;
    most = c > most ? c : most;
    groups[i] = d > most ? d : most;
  }
}

const RankLoops rank_loops = {count, all_numbers, keys_from, max_of_four};

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
namespace {

constexpr int64_t query_block = 256, item_block = 1024;  // a tile of scores is 1 MB
constexpr int64_t narrow = 4;  // products with fewer columns may add up in another order: the last tile takes so many more items rather than leave them alone
const float not_a_number = __builtin_nanf(""), infinity = __builtin_inff();

// What to_key was made of.
int32_t id_of_key(uint64_t key) { return static_cast<int32_t>(~static_cast<uint32_t>(key)); }
float score_of_key(uint64_t key) {
  const uint32_t ordered = static_cast<uint32_t>(key >> 32), bits = ordered >> 31 != 0 ? ordered ^ 0x80000000u : ~ordered;
  float score;
  __builtin_memcpy(&score, &bits, sizeof(score));
  return score;
}

// The next larger number, of one that is finite and not −0.
float next_above(float x) {
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof(bits));
  bits = bits >> 31 != 0 ? bits - 1 : bits + 1;
  __builtin_memcpy(&x, &bits, sizeof(bits));
  return x;
}

int64_t most_kept(int64_t top) { return 4 * top; }

struct Descending {
  template <class T>
  bool operator()(T a, T b) const {
    return a > b;
  }
};

struct Place {
  int32_t rank, first, last;
};

// Memory of all pieces: of the lists of all queries, each with as many places as it has entries and 3 more.
struct ListMemory {
  int32_t *seen, *targets, *greater, *at_least, *before, *lower;
  float* levels;

  ListMemory(Parts& parts, const RankJob& job) {
    const int64_t padded = job.relevant.offsets[job.queries] + 3 * job.queries;
    seen = parts.take<int32_t>(job.seen.offsets[job.queries]);
    int32_t** const counts[] = {&targets, &greater, &at_least, &before, &lower};
    for (int32_t** each : counts) *each = parts.take<int32_t>(padded);
    levels = parts.take<float>(padded);
  }
};

// Memory of one piece.
struct PieceMemory {
  uint64_t* keys;  // [query of a block, keys_per_query]
  float *tile, *groups, *rows, *biases, *product, *row;
  double* sums;
  Place* places;
  int64_t keys_per_query;

  PieceMemory(Parts& parts, const RankJob& job, int64_t most_relevant) {
    const int64_t padded = most_relevant + 3, block = min(query_block, job.queries);
    keys_per_query = job.top > 0 ? most_kept(job.top) + item_block + narrow + 16 : 0;
    keys = parts.take<uint64_t>(block * keys_per_query);
    const bool has_scores = job.scores || job.sparse;
    tile = parts.take<float>(job.sparse ? 0 : block * (item_block + narrow));
    row = parts.take<float>(job.sparse ? job.items : 0);
    sums = parts.take<double>(job.sparse ? job.items : 0);
    groups = parts.take<float>((item_block + narrow) / 4);
    rows = parts.take<float>(has_scores ? 0 : padded * job.dim);
    biases = parts.take<float>(padded);
    product = parts.take<float>(has_scores ? 0 : sgemm_workspace(one_thread, {false, true, block, item_block, job.dim, nullptr, 0, nullptr, 0, 0, nullptr, 0}));
    places = parts.take<Place>(most_relevant);
  }
};

// One query while tiles of its scores come by, in the order of items.
class Query {
 public:
  void begin(const RankJob& job, int64_t query, const ListMemory& lists, const PieceMemory& piece, uint64_t* keys) {
    const int64_t first = job.relevant.offsets[query], at = first + 3 * query;
    seen_ = lists.seen + job.seen.offsets[query];
    targets_ = lists.targets + at;
    greater_ = lists.greater + at;
    at_least_ = lists.at_least + at;
    before_ = lists.before + at;
    lower_ = lists.lower + at;
    levels_ = lists.levels + at;
    best_ = keys;
    kept_ = next_seen_ = seen_count_ = count_ = hidden_count_ = 0;
    read_seen(job, query);
    const int64_t relevant = job.relevant.offsets[query + 1] - first;
    hidden_ = targets_ + relevant;  // grows down
    for (int64_t e = 0; e < relevant; e++) {
      const int32_t id = job.relevant.ids[first + e];
      if (is_seen(id)) hidden_[-++hidden_count_] = id;
      else targets_[count_++] = id;
    }
    padded_ = round_up(count_, 4);
    for (int64_t t = 0; t < padded_; t++) {
      levels_[t] = not_a_number;
      greater_[t] = at_least_[t] = before_[t] = lower_[t] = 0;
    }
    read_levels(job, query, piece);
  }

  // Returns an item whose score is not a number, or −1.
  int64_t take(const RankJob& job, const RankLoops& loops, float* scores, int64_t first, int64_t n, float* groups) {
    int64_t nan_item = -1;
    if (!loops.all_numbers(scores, n)) {
      for (int64_t i = 0; i < n; i++)
        if (scores[i] != scores[i]) nan_item = first + i;
    }
    for (; next_seen_ < seen_count_ && seen_[next_seen_] < first + n; next_seen_++) scores[seen_[next_seen_] - first] = not_a_number;  // counts nowhere
    if (count_ > 0) {
      for (int64_t t = 0; t < count_; t++) before_[t] = at_least_[t] - greater_[t];
      loops.count(scores, n, levels_, padded_, greater_, at_least_);
      for (int64_t t = 0; t < count_; t++) lower_[t] += lower_in(t, scores, first, n, at_least_[t] - greater_[t] - before_[t]);
    }
    if (job.top > 0) collect(job, loops, scores, first, n, groups);
    return nan_item;
  }

  void finish(const RankJob& job, int64_t query, Place* places) {
    const int64_t kept = job.items - seen_count_;
    int64_t found = 0;
    for (int64_t t = 0; t < count_; t++) places[found++] = {greater_[t] + lower_[t], greater_[t], at_least_[t] - 1};
    for (int64_t k = 1; job.seen_last && k <= hidden_count_; k++) {
      const int64_t above = lower_bound(seen_, seen_count_, hidden_[-k]);
      places[found++] = {static_cast<int32_t>(kept + above), static_cast<int32_t>(kept), static_cast<int32_t>(job.items - 1)};
    }
    sort(places, found, [](const Place& a, const Place& b) { return a.rank < b.rank; });
    int64_t entry = job.relevant.offsets[query];
    for (int64_t at = 0; at < found; at++, entry++) {
      job.ranks[entry] = places[at].rank;
      job.firsts[entry] = places[at].first;
      job.lasts[entry] = places[at].last;
    }
    for (; entry < job.relevant.offsets[query + 1]; entry++) job.ranks[entry] = job.firsts[entry] = job.lasts[entry] = -1;
    job.found[query] = static_cast<int32_t>(found);
    job.candidates[query] = static_cast<int32_t>(job.seen_last ? job.items : kept);
    if (job.top == 0) return;
    cut_down(job.top);
    sort(best_, kept_, Descending());
    for (int64_t at = 0; at < job.top; at++) job.best[query * job.top + at] = at < kept_ ? id_of_key(best_[at]) : -1;
    if (job.best_scores == nullptr) return;
    for (int64_t at = 0; at < job.top; at++) job.best_scores[query * job.top + at] = at < kept_ ? score_of_key(best_[at]) : 0.0f;
  }

 private:
  bool is_seen(int32_t id) const {
    const int64_t at = lower_bound(seen_, seen_count_, id);
    return at < seen_count_ && seen_[at] == id;
  }

  // Ascending, each once.
  void read_seen(const RankJob& job, int64_t query) {
    const int32_t* const given = job.seen.ids + job.seen.offsets[query];
    const int64_t count = job.seen.offsets[query + 1] - job.seen.offsets[query];
    bool ascends = true;
    for (int64_t e = 0; e < count; e++) {
      seen_[e] = given[e];
      ascends &= e == 0 || given[e - 1] < given[e];
    }
    seen_count_ = count;
    if (ascends) return;
    sort(seen_, count, [](int32_t a, int32_t b) { return a < b; });
    seen_count_ = 0;
    for (int64_t e = 0; e < count; e++)
      if (e == 0 || seen_[e] != seen_[seen_count_ - 1]) seen_[seen_count_++] = seen_[e];
  }

  // The scores of the targets by the same product as all others: it rounds alike, so a target equals itself.
  void read_levels(const RankJob& job, int64_t query, const PieceMemory& piece) {
    if (job.scores || job.sparse) {
      const float* const scores = job.sparse ? piece.row : job.scores + query * job.items;
      for (int64_t t = 0; t < count_; t++) levels_[t] = scores[targets_[t]];
      return;
    }
    if (count_ == 0) return;
    // As wide as the product of all items would be, at least, so that it adds up alike.
    const int64_t width = job.items < narrow ? job.items : padded_;
    __builtin_memset(piece.rows, 0, width * job.dim * sizeof(float));
    __builtin_memset(piece.biases, 0, width * sizeof(float));
    for (int64_t t = 0; t < count_; t++) {
      __builtin_memcpy(piece.rows + t * job.dim, job.table + targets_[t] * job.dim, job.dim * sizeof(float));
      if (job.bias) piece.biases[t] = job.bias[targets_[t]];
    }
    const Epilogue epilogue{job.bias ? piece.biases : nullptr, nullptr};
    sgemm(one_thread, {false, true, 1, width, job.dim, job.vectors + query * job.dim, job.dim, piece.rows, job.dim, 0, levels_, width, epilogue}, piece.product);
    for (int64_t t = count_; t < padded_; t++) levels_[t] = not_a_number;
  }

  // Equal scores of lower ids in this tile.
  int32_t lower_in(int64_t t, const float* scores, int64_t first, int64_t n, int32_t equal) const {
    const int64_t id = targets_[t];
    if (equal == 0 || id < first) return 0;
    if (id >= first + n) return equal;
    if (equal == 1) return 0;
    int32_t lower = 0;
    for (int64_t i = 0; i < id - first; i++) lower += scores[i] == levels_[t];
    return lower;
  }

  // Keeps more than are asked for, and cuts them down when they are many: cheaper than a heap.
  void collect(const RankJob& job, const RankLoops& loops, const float* scores, int64_t first, int64_t n, float* groups) {
    if (first == 0) threshold_ = first_threshold(loops, scores, n, job.top, groups);
    kept_ += loops.keys_from(scores, n, threshold_, static_cast<int32_t>(first), best_ + kept_);
    if (kept_ < most_kept(job.top)) return;
    cut_down(job.top);
    const float last = score_of_key(best_[job.top - 1]);
    // An equal score that comes later has a higher id than those kept.
    threshold_ = last < infinity ? next_above(last) : not_a_number;
  }

  // At least `top` of the first scores, or all of them, are not below it.
  static float first_threshold(const RankLoops& loops, const float* scores, int64_t n, int64_t top, float* groups) {
    if (n / 4 < top) return -infinity;
    loops.max_of_four(scores, n, groups);
    select_nth(groups, n / 4, top - 1, Descending());
    return groups[top - 1];
  }

  void cut_down(int64_t top) {
    if (kept_ <= top) return;
    select_nth(best_, kept_, top - 1, Descending());
    kept_ = top;
  }

  int32_t *seen_, *targets_, *hidden_, *greater_, *at_least_, *before_, *lower_;
  float* levels_;
  uint64_t* best_;  // keys, the first kept_ of them in use
  int64_t seen_count_, count_, hidden_count_, padded_, kept_, next_seen_;
  float threshold_;
};

int64_t count_most_relevant(const RankJob& job) {
  int64_t most = 0;
  for (int64_t q = 0; q < job.queries; q++) most = max(most, job.relevant.offsets[q + 1] - job.relevant.offsets[q]);
  return most;
}

// All scores of a query, into the row of the piece.
void add_sparse(const RankJob& job, int64_t query, const PieceMemory& piece) {
  const SparseProduct& product = *job.sparse;
  for (int64_t i = 0; i < job.items; i++) piece.sums[i] = 0;
  for (int64_t e = product.rows.offsets[query]; e < product.rows.offsets[query + 1]; e++) {
    const int32_t row = product.rows.ids[e];
    const double weight = product.weights ? product.weights[e] : 1.0;
    for (int64_t at = product.table.offsets[row]; at < product.table.offsets[row + 1]; at++)
      piece.sums[product.table.ids[at]] += weight * (product.table_weights ? product.table_weights[at] : 1.0);
  }
  for (int64_t i = 0; i < job.items; i++) piece.row[i] = static_cast<float>(piece.sums[i]);
}

// Queries [begin, end), one after the other.
int64_t rank_sparse_piece(const RankJob& job, const ListMemory& lists, const PieceMemory& piece, int64_t begin, int64_t end) {
  const RankLoops& loops = FOOTLIGHT_DISPATCH(rank_loops);
  int64_t nan_item = -1;
  for (int64_t q = begin; q < end; q++) {
    add_sparse(job, q, piece);
    Query query;
    query.begin(job, q, lists, piece, piece.keys);
    for (int64_t first = 0, n; first < job.items; first += n) {
      n = min(item_block, job.items - first);
      const int64_t found = query.take(job, loops, piece.row + first, first, n, piece.groups);
      if (found >= 0) nan_item = found;
    }
    query.finish(job, q, piece.places);
  }
  return nan_item;
}

// Queries [begin, end), a block at a time. Returns an item whose score is not a number, or −1.
int64_t rank_piece(const RankJob& job, const ListMemory& lists, const PieceMemory& piece, int64_t begin, int64_t end) {
  const RankLoops& loops = FOOTLIGHT_DISPATCH(rank_loops);
  Query queries[query_block];
  int64_t nan_item = -1;
  for (int64_t from = begin; from < end; from += query_block) {
    const int64_t count = min(query_block, end - from);
    for (int64_t q = 0; q < count; q++) queries[q].begin(job, from + q, lists, piece, piece.keys + q * piece.keys_per_query);
    for (int64_t first = 0, n; first < job.items; first += n) {
      n = job.items - first <= item_block + narrow ? job.items - first : item_block;
      const Epilogue epilogue{job.bias ? job.bias + first : nullptr, nullptr};
      if (job.scores)
        for (int64_t q = 0; q < count; q++) __builtin_memcpy(piece.tile + q * n, job.scores + (from + q) * job.items + first, n * sizeof(float));
      else
        sgemm(one_thread, {false, true, count, n, job.dim, job.vectors + from * job.dim, job.dim, job.table + first * job.dim, job.dim, 0, piece.tile, n, epilogue},
              piece.product);
      for (int64_t q = 0; q < count; q++) {
        const int64_t found = queries[q].take(job, loops, piece.tile + q * n, first, n, piece.groups);
        if (found >= 0) nan_item = found;
      }
    }
    for (int64_t q = 0; q < count; q++) queries[q].finish(job, from + q, piece.places);
  }
  return nan_item;
}

}  // namespace

size_t rank_workspace(const Threads& threads, const RankJob& job) {
  Parts parts;
  const ListMemory lists(parts, job);
  parts.take<int64_t>(threads.count);
  const size_t shared = parts.used();
  const PieceMemory piece(parts, job, count_most_relevant(job));
  return shared + threads.count * (parts.used() - shared);
}

int64_t rank(const Threads& threads, const RankJob& job, void* workspace) {
  Parts parts(workspace);
  const ListMemory lists(parts, job);
  int64_t* const nan_item = parts.take<int64_t>(threads.count);
  const int64_t most_relevant = count_most_relevant(job);
  Parts measured;
  const PieceMemory measured_piece(measured, job, most_relevant);
  for (int piece = 0; piece < threads.count; piece++) nan_item[piece] = -1;
  uint8_t* const pieces = static_cast<uint8_t*>(workspace) + parts.used();
  parallel(threads, job.queries, 1, [&](int64_t begin, int64_t end, int piece) {
    Parts own(pieces + piece * measured.used());
    const PieceMemory memory(own, job, most_relevant);
    nan_item[piece] = (job.sparse ? rank_sparse_piece : rank_piece)(job, lists, memory, begin, end);
  });
  int64_t found = -1;
  for (int piece = 0; piece < threads.count; piece++)
    if (nan_item[piece] >= 0) found = nan_item[piece];
  return found;
}
#endif

}  // namespace footlight
