#include "kernels/move.h"

#include "binding/wasm/workspace.h"
#include "binding/wasm/strides.h"

namespace footlight {

// `type` is 0 for floats, 1 for ints, 2 for bytes.
FOOTLIGHT_EXPORT(copy)
void footlight_copy(const void* x, double from, void* out, double to, const int32_t* packed, double rank, double type) {
  const Strides strides = read_strides(packed, rank);
  if (type == 2) copy(threads(), strides, static_cast<const uint8_t*>(x) + whole(from), static_cast<uint8_t*>(out) + whole(to));
  else if (type == 1) copy(threads(), strides, static_cast<const int32_t*>(x) + whole(from), static_cast<int32_t*>(out) + whole(to));
  else copy(threads(), strides, static_cast<const float*>(x) + whole(from), static_cast<float*>(out) + whole(to));
}

FOOTLIGHT_EXPORT(gatherRows)
void footlight_gather_rows(const float* x, const int32_t* ids, float* out, double batch, double outer, double rows, double inner, double count) {
  const RowGather gather{whole(outer), whole(count), whole(rows), whole(inner)};
  parallel(threads(), whole(batch) * gather.outer * gather.count, gather.grain(),
           [&](int64_t begin, int64_t end, int) { gather_rows(gather, x, ids, out, begin, end); });
}

FOOTLIGHT_EXPORT(sumSegments)
void footlight_sum_segments(const float* x, const int32_t* ids, float* out, double segments, double inner, double rows) {
  parallel(threads(), whole(segments), sum_segments_grain(whole(rows), whole(segments), whole(inner)),
           [&](int64_t begin, int64_t end, int) { sum_segments(x, ids, whole(rows), whole(inner), out, begin, end); });
}

FOOTLIGHT_EXPORT(oneHot) void footlight_one_hot(const int32_t* ids, float* out, double depth, double on, double off, double count) {
  parallel(threads(), whole(count), max(1, move_grain / whole(depth)), [&](int64_t begin, int64_t end, int) {
    one_hot(ids, out, whole(depth), static_cast<float>(on), static_cast<float>(off), begin, end);
  });
}

FOOTLIGHT_EXPORT(unfoldSteps)
void footlight_unfold_steps(const float* x, float* out, double batch, double time, double dim, double width, double dilation) {
  const Unfolding u{whole(batch), whole(time), whole(dim), whole(width), whole(dilation)};
  parallel(threads(), u.steps(), u.grain(), [&](int64_t begin, int64_t end, int) { unfold_steps(u, x, out, begin, end); });
}

FOOTLIGHT_EXPORT(foldSteps)
void footlight_fold_steps(const float* x, float* out, double batch, double time, double dim, double width, double dilation) {
  const Unfolding u{whole(batch), whole(time), whole(dim), whole(width), whole(dilation)};
  parallel(threads(), u.steps(), u.grain(), [&](int64_t begin, int64_t end, int) { fold_steps(u, x, out, begin, end); });
}

}  // namespace footlight
