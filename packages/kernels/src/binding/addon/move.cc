#include "kernels/move.h"

#include "binding/addon/arguments.h"
#include "binding/addon/registration.h"
#include "binding/addon/strides.h"
#include "threading/thread_pool.h"

namespace footlight {
namespace {

// copy(x, from, out, to, strides): entries of x from position `from` to out from position `to`; slices, concatenations, transpositions, tiles, reversals
Napi::Value copy_entries(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "copy");
  const int64_t from = arguments.integer(1, "from", 0), to = arguments.integer(3, "to", 0);
  const int64_t length = arguments.length(0), space = arguments.length(2);
  const Strides strides = read_strides(arguments, 4, "strides");
  check_inside(arguments, "x", strides, strides.first, from, length);
  check_inside(arguments, "out", strides, strides.second, to, space);
  check_apart(arguments, "out", strides, strides.second);
  if (arguments.is_bytes(0)) copy(threads(), strides, arguments.bytes(0, "x", length) + from, arguments.out_bytes(2, "out", space) + to);
  else if (arguments.is_ints(0)) copy(threads(), strides, arguments.ints(0, "x", length) + from, arguments.out_ints(2, "out", space) + to);
  else copy(threads(), strides, arguments.floats(0, "x", length) + from, arguments.out_floats(2, "out", space) + to);
  return info.Env().Undefined();
}

// gatherRows(x, ids, out, batch, outer, rows, inner)
Napi::Value gather(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "gatherRows");
  const int64_t batch = arguments.integer(3, "batch", 1), outer = arguments.integer(4, "outer", 1);
  const int64_t rows = arguments.integer(5, "rows", 1), inner = arguments.integer(6, "inner", 1);
  const int64_t length = arguments.length(1), count = length / batch;
  if (count * batch != length) arguments.fail("ids", "as many for each of " + std::to_string(batch), std::to_string(length));
  const int32_t* ids = arguments.ids(1, "ids", length, rows);
  const float* x = arguments.floats(0, "x", product({batch, outer, rows, inner}));
  float* out = arguments.out_floats(2, "out", product({batch, outer, count, inner}));
  const RowGather gathered{outer, count, rows, inner};
  parallel(batch * outer * count, gathered.grain(), [&](int64_t begin, int64_t end, int) { gather_rows(gathered, x, ids, out, begin, end); });
  return info.Env().Undefined();
}

// sumSegments(x, ids, out, segments, inner)
Napi::Value segment_sums(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "sumSegments");
  const int64_t segments = arguments.integer(3, "segments", 1), inner = arguments.integer(4, "inner", 1);
  const int64_t rows = arguments.length(1);
  const int32_t* ids = arguments.ints(1, "ids", rows);
  const float* x = arguments.floats(0, "x", product({rows, inner}));
  float* out = arguments.out_floats(2, "out", product({segments, inner}));
  parallel(segments, sum_segments_grain(rows, segments, inner),
           [&](int64_t begin, int64_t end, int) { sum_segments(x, ids, rows, inner, out, begin, end); });
  return info.Env().Undefined();
}

// oneHot(ids, out, depth, on, off)
Napi::Value one_hot_rows(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "oneHot");
  const int64_t depth = arguments.integer(2, "depth", 1), count = arguments.length(0);
  const int32_t* ids = arguments.ints(0, "ids", count);
  float* out = arguments.out_floats(1, "out", product({count, depth}));
  const float on = static_cast<float>(arguments.number(3, "on")), off = static_cast<float>(arguments.number(4, "off"));
  parallel(count, max(1, move_grain / depth), [&](int64_t begin, int64_t end, int) { one_hot(ids, out, depth, on, off, begin, end); });
  return info.Env().Undefined();
}

Unfolding read_unfolding(const Arguments& arguments, size_t at) {
  const int64_t most = 1 << 22;
  return {arguments.integer(at, "batch", 0, most), arguments.integer(at + 1, "time", 1, most), arguments.integer(at + 2, "dim", 1, most),
          arguments.integer(at + 3, "width", 1, 1 << 14), arguments.integer(at + 4, "dilation", 1, most)};
}

// unfoldSteps(x, out, batch, time, dim, width, dilation)
Napi::Value unfold(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "unfoldSteps");
  const Unfolding u = read_unfolding(arguments, 2);
  const float* x = arguments.floats(0, "x", product({u.batch, u.time, u.dim}));
  float* out = arguments.out_floats(1, "out", product({u.batch, u.time, u.width, u.dim}));
  parallel(u.steps(), u.grain(), [&](int64_t begin, int64_t end, int) { unfold_steps(u, x, out, begin, end); });
  return info.Env().Undefined();
}

// foldSteps(x, out, batch, time, dim, width, dilation)
Napi::Value fold(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "foldSteps");
  const Unfolding u = read_unfolding(arguments, 2);
  const float* x = arguments.floats(0, "x", product({u.batch, u.time, u.width, u.dim}));
  float* out = arguments.out_floats(1, "out", product({u.batch, u.time, u.dim}));
  parallel(u.steps(), u.grain(), [&](int64_t begin, int64_t end, int) { fold_steps(u, x, out, begin, end); });
  return info.Env().Undefined();
}

const Registration registrations[] = {{"unfoldSteps", unfold},  {"foldSteps", fold},           {"copy", copy_entries},
                                      {"gatherRows", gather},   {"sumSegments", segment_sums}, {"oneHot", one_hot_rows}};

}  // namespace
}  // namespace footlight
