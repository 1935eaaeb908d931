#include <algorithm>
#include <cmath>
#include <vector>

#include "binding/addon/arguments.h"
#include "threading/thread_pool.h"
#include "binding/addon/registration.h"

namespace footlight {
namespace {

// Sets, each as the ids of its members, and for every member the ids of the sets that it is in.
struct Sets {
  const int32_t *offsets, *members;        // [set + 1], [entry]
  const int32_t *set_offsets, *member_of;  // [member + 1], [entry]
  int64_t count;
};

struct Neighbour {
  double similarity;
  int32_t id;
};

bool before(const Neighbour& a, const Neighbour& b) { return a.similarity > b.similarity || (a.similarity == b.similarity && a.id < b.id); }

enum class Similarity { cosine, jaccard };

double similarity_of(Similarity kind, double common, double own, double other, double shrink) {
  return kind == Similarity::cosine ? common / (std::sqrt(own * other) + shrink) : common / (own + other - common + shrink);
}

// Finds neighbours of one set after the other; its memory stays.
class Search {
 public:
  explicit Search(int64_t sets) : common_(sets, 0), met_(sets + 1) {}

  void run(const Sets& sets, int64_t set, Similarity kind, double shrink, int64_t count, int32_t* ids, float* similarities) {
    int64_t met = 0;
    for (int64_t entry = sets.offsets[set]; entry < sets.offsets[set + 1]; entry++) {
      const int32_t member = sets.members[entry];
      for (int64_t at = sets.set_offsets[member]; at < sets.set_offsets[member + 1]; at++) {
        const int32_t other = sets.member_of[at];
        met_[met] = other;  // stays if it is new: cheaper than a branch that the processor cannot foresee
        met += common_[other]++ == 0;
      }
    }
    best_.clear();
    const double own = sets.offsets[set + 1] - sets.offsets[set];
    for (int64_t at = 0; at < met; at++) {
      const int32_t other = met_[at];
      const double common = common_[other];
      common_[other] = 0;
      if (other == set) continue;
      offer({similarity_of(kind, common, own, sets.offsets[other + 1] - sets.offsets[other], shrink), other}, count);
    }
    std::sort(best_.begin(), best_.end(), before);
    for (int64_t place = 0; place < count; place++) {
      const bool found = place < static_cast<int64_t>(best_.size());
      ids[place] = found ? best_[place].id : static_cast<int32_t>(set);
      similarities[place] = found ? static_cast<float>(best_[place].similarity) : 0.0f;
    }
  }

 private:
  // The worst of the best lies in front.
  void offer(const Neighbour& neighbour, int64_t count) {
    if (static_cast<int64_t>(best_.size()) == count) {
      if (!before(neighbour, best_.front())) return;
      std::pop_heap(best_.begin(), best_.end(), before);
      best_.back() = neighbour;
    } else {
      best_.push_back(neighbour);
    }
    std::push_heap(best_.begin(), best_.end(), before);
  }

  std::vector<int32_t> common_, met_;
  std::vector<Neighbour> best_;
};

// overlapNeighbours(outIds, outSimilarities, offsets, members, setOffsets, memberOf, similarity, shrink)
Napi::Value overlap_neighbours(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "overlapNeighbours");
  const int64_t entries = arguments.length(3), members = arguments.length(4) - 1;
  Sets sets{};
  sets.count = arguments.length(2) - 1;
  sets.offsets = arguments.offsets(2, "offsets", sets.count, entries);
  sets.members = arguments.ids(3, "members", entries, members);
  sets.set_offsets = arguments.offsets(4, "setOffsets", members, entries);
  sets.member_of = arguments.ids(5, "memberOf", entries, sets.count);
  const int64_t count = sets.count ? arguments.length(0) / sets.count : 0;
  int32_t* ids = arguments.out_ints(0, "outIds", product({sets.count, count}));
  float* similarities = arguments.out_floats(1, "outSimilarities", product({sets.count, count}));
  const std::string name = info[6].IsString() ? info[6].As<Napi::String>().Utf8Value() : "";
  if (name != "cosine" && name != "jaccard") arguments.fail("similarity", "cosine or jaccard", arguments.described(info[6]));
  const Similarity kind = name == "cosine" ? Similarity::cosine : Similarity::jaccard;
  const double shrink = arguments.number(7, "shrink");
  if (!(shrink >= 0)) arguments.fail("shrink", "a number from 0 on", arguments.described(info[7]));  // else similarities have no order
  if (count == 0) return info.Env().Undefined();

  std::vector<int64_t> work(sets.count + 1, 0);  // done before each set: pieces should have alike much
  for (int64_t set = 0; set < sets.count; set++) {
    work[set + 1] = work[set] + count + 1;
    for (int64_t entry = sets.offsets[set]; entry < sets.offsets[set + 1]; entry++)
      work[set + 1] += sets.set_offsets[sets.members[entry] + 1] - sets.set_offsets[sets.members[entry]];
  }
  const auto set_at = [&](int64_t goal) { return std::lower_bound(work.begin(), work.end(), goal) - work.begin(); };
  parallel(work[sets.count], 4096, [&](int64_t begin, int64_t end, int) {
    Search search(sets.count);
    for (int64_t set = set_at(begin); set < set_at(end); set++)
      search.run(sets, set, kind, shrink, count, ids + set * count, similarities + set * count);
  });
  return info.Env().Undefined();
}

const Registration registration("overlapNeighbours", overlap_neighbours);

}  // namespace
}  // namespace footlight
