// Searches for what is wrong in long arguments; JavaScript puts it into words.

#include "binding/wasm/workspace.h"
#include "kernels/sort.h"

namespace footlight {

// The first of `ids` that is not from 0 to below `limit`, or −1.
FOOTLIGHT_EXPORT(findBadId) double footlight_find_bad_id(const int32_t* ids, double length, double limit) {
  const int64_t count = whole(length);
  const uint32_t most = limit < 0x1p31 ? static_cast<uint32_t>(limit) : uint32_t{1} << 31;
  uint32_t bad = 0;
  for (int64_t i = 0; i < count; i++) bad |= static_cast<uint32_t>(static_cast<uint32_t>(ids[i]) >= most);
  for (int64_t i = 0; bad && i < count; i++)
    if (static_cast<uint32_t>(ids[i]) >= most) return static_cast<double>(i);
  return -1;
}

// Whether `offsets` [count + 1] begin with 0 and ascend to `entries`.
FOOTLIGHT_EXPORT(offsetsAscend) int32_t footlight_offsets_ascend(const int32_t* offsets, double count, double entries) {
  const int64_t lists = whole(count);
  int32_t fine = offsets[0] == 0 && offsets[lists] == whole(entries);
  for (int64_t i = 0; i < lists; i++) fine &= offsets[i] <= offsets[i + 1];
  return fine;
}

// The first query that names an item twice, or −1. Lists are short or ascending most of the time.
FOOTLIGHT_EXPORT(findRepeat) double footlight_find_repeat(const int32_t* offsets, const int32_t* ids, double queries) {
  for (int64_t query = 0; query < whole(queries); query++) {
    const int32_t* const first = ids + offsets[query];
    const int64_t count = offsets[query + 1] - offsets[query];
    int64_t at = 1;
    while (at < count && first[at - 1] < first[at]) at++;
    if (at >= count) continue;
    int32_t* const sorted = reserve<int32_t>(count);
    if (!sorted) return short_of_memory;
    for (int64_t i = 0; i < count; i++) sorted[i] = first[i];
    sort(sorted, count, [](int32_t a, int32_t b) { return a < b; });
    for (int64_t i = 1; i < count; i++)
      if (sorted[i - 1] == sorted[i]) return static_cast<double>(query);
  }
  return -1;
}

}  // namespace footlight
