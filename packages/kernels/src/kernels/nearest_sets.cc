#include "kernels/nearest_sets.h"

#include "kernels/arithmetic.h"
#include "kernels/parts.h"
#include "kernels/sort.h"
#include "simd/targets.h"

#if defined(_MSC_VER)
#define __builtin_sqrt sqrt
#endif

namespace footlight {
namespace {

struct Neighbor {
  double similarity;
  int32_t id;
};

struct Before {
  bool operator()(const Neighbor& a, const Neighbor& b) const { return a.similarity > b.similarity || (a.similarity == b.similarity && a.id < b.id); }
};

double compute_similarity(Similarity kind, double common, double own, double other, double shrink) {
  return kind == Similarity::cosine ? common / (__builtin_sqrt(own * other) + shrink) : common / (own + other - common + shrink);
}

// Finds neighbors of one set after the other.
class Search {
 public:
  Search(Parts& parts, const Sets& sets, Similarity kind, int64_t count)
      : common_(parts.take<int32_t>(sets.count)), met_(parts.take<int32_t>(sets.count + 1)), best_(parts.take<Neighbor>(min(count, sets.count))),
        sums_(parts.take<double>(kind == Similarity::product ? sets.count : 0)) {}

  void begin(const Sets& sets) { __builtin_memset(common_, 0, sets.count * sizeof(int32_t)); }

  void run(const Sets& sets, int64_t set, Similarity kind, double shrink, int64_t count, int32_t* ids, float* similarities) {
    if (kind == Similarity::product) return run_product(sets, set, shrink, count, ids, similarities);
    int64_t met = 0;
    for (int64_t entry = sets.offsets[set]; entry < sets.offsets[set + 1]; entry++) {
      const int32_t member = sets.members[entry];
      for (int64_t at = sets.set_offsets[member]; at < sets.set_offsets[member + 1]; at++) {
        const int32_t other = sets.member_of[at];
        met_[met] = other;  // stays if it is new: cheaper than a branch that the processor cannot foresee
        met += common_[other]++ == 0;
      }
    }
    kept_ = 0;
    const double own = sets.offsets[set + 1] - sets.offsets[set];
    for (int64_t at = 0; at < met; at++) {
      const int32_t other = met_[at];
      const double common = common_[other];
      common_[other] = 0;
      if (other == set) continue;
      keep({compute_similarity(kind, common, own, sets.offsets[other + 1] - sets.offsets[other], shrink), other}, count);
    }
    finish(set, count, ids, similarities);
  }

 private:
  void run_product(const Sets& sets, int64_t set, double shrink, int64_t count, int32_t* ids, float* similarities) {
    int64_t met = 0;
    for (int64_t entry = sets.offsets[set]; entry < sets.offsets[set + 1]; entry++) {
      const int32_t member = sets.members[entry];
      const double weight = sets.weights ? sets.weights[entry] : 1.0;
      for (int64_t at = sets.set_offsets[member]; at < sets.set_offsets[member + 1]; at++) {
        const int32_t other = sets.member_of[at];
        const double product = weight * (sets.member_weights ? sets.member_weights[at] : 1.0);
        const bool is_new = common_[other] == 0;
        met_[met] = other;
        met += is_new;
        common_[other] = 1;
        sums_[other] = is_new ? product : sums_[other] + product;
      }
    }
    kept_ = 0;
    const double own = sets.own_scales ? sets.own_scales[set] : 1.0;
    for (int64_t at = 0; at < met; at++) {
      const int32_t other = met_[at];
      common_[other] = 0;
      if (other == set) continue;
      const double similarity = sums_[other] / (own * (sets.other_scales ? sets.other_scales[other] : 1.0) + shrink);
      if (similarity > 0) keep({similarity, other}, count);  // what is not a number has no order
    }
    finish(set, count, ids, similarities);
  }

  // Writes what was kept, and fills up.
  void finish(int64_t set, int64_t count, int32_t* ids, float* similarities) {
    sort(best_, kept_, Before());
    for (int64_t place = 0; place < count; place++) {
      const bool found = place < kept_;
      ids[place] = found ? best_[place].id : static_cast<int32_t>(set);
      similarities[place] = found ? static_cast<float>(best_[place].similarity) : 0.0f;
    }
  }

  // The worst of the best stands first in a heap.
  void keep(const Neighbor& neighbor, int64_t count) {
    if (kept_ == count) {
      if (!Before()(neighbor, best_[0])) return;
      best_[0] = neighbor;
      sift_down(best_, 0, kept_, Before());
      return;
    }
    int64_t at = kept_++;
    for (; at > 0 && Before()(best_[(at - 1) / 2], neighbor); at = (at - 1) / 2) best_[at] = best_[(at - 1) / 2];
    best_[at] = neighbor;
  }

  int32_t *common_, *met_;
  Neighbor* best_;
  double* sums_;
  int64_t kept_ = 0;
};

}  // namespace

size_t nearest_sets_workspace(const Threads& threads, const Sets& sets, int64_t first, int64_t last, Similarity similarity, int64_t count) {
  Parts parts;
  parts.take<int64_t>(last - first + 1);
  for (int piece = 0; piece < threads.count; piece++) Search(parts, sets, similarity, count);
  return parts.used();
}

void nearest_sets(const Threads& threads, const Sets& sets, int64_t first, int64_t last, Similarity similarity, double shrink, int64_t count, int32_t* ids,
                  float* similarities, void* workspace) {
  const int64_t length = last - first;
  Parts parts(workspace), measured;
  int64_t* const work = parts.take<int64_t>(length + 1);  // before each set: pieces should have about as much
  Search(measured, sets, similarity, count);
  uint8_t* const searches = static_cast<uint8_t*>(workspace) + parts.used();
  work[0] = 0;
  for (int64_t at = 0; at < length; at++) {
    work[at + 1] = work[at] + count + 1;
    for (int64_t entry = sets.offsets[first + at]; entry < sets.offsets[first + at + 1]; entry++)
      work[at + 1] += sets.set_offsets[sets.members[entry] + 1] - sets.set_offsets[sets.members[entry]];
  }
  parallel(threads, work[length], 4096, [&](int64_t begin, int64_t end, int piece) {
    Parts own(searches + piece * measured.used());
    Search search(own, sets, similarity, count);
    search.begin(sets);
    const int64_t stop = lower_bound(work, length + 1, end);
    for (int64_t at = lower_bound(work, length + 1, begin); at < stop; at++)
      search.run(sets, first + at, similarity, shrink, count, ids + at * count, similarities + at * count);
  });
}

}  // namespace footlight
