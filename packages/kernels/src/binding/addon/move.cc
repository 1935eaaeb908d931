#include <algorithm>
#include <cstring>
#include <vector>

#include "binding/addon/arguments.h"
#include "threading/thread_pool.h"
#include "binding/addon/registration.h"
#include "binding/addon/strides.h"

namespace footlight {
namespace {

constexpr int64_t grain = 1 << 15;  // entries below which a second thread costs more than it brings
constexpr int64_t tile = 32;        // a square of so many entries is turned within the nearest cache

int64_t at_least_one(int64_t x) { return std::max<int64_t>(1, x); }

template <class T>
void copy_row(const T* x, int64_t step_x, T* out, int64_t step_out, int64_t n) {
  if (step_x == 1 && step_out == 1) {
    std::memcpy(out, x, n * sizeof(T));
  } else if (step_x == 0 && step_out == 1) {
    std::fill(out, out + n, *x);
  } else {
    for (int64_t i = 0; i < n; i++) out[i * step_out] = x[i * step_x];
  }
}

// The axis along which x lies closely, if that is not the last one and turning squares pays.
int64_t turned_axis(const Strides& walk) {
  const int64_t last = walk.rank - 1;
  if (walk.first[last] == 1 || walk.second[last] != 1 || walk.sizes[last] < 8) return -1;
  for (int64_t axis = 0; axis < last; axis++)
    if (walk.first[axis] == 1 && walk.sizes[axis] >= 8) return axis;
  return -1;
}

template <class T>
void turn(const Strides& walk, int64_t axis, const T* x, T* out) {
  const int64_t last = walk.rank - 1, columns = walk.sizes[last], step_x = walk.first[last], step_out = walk.second[axis];
  const int64_t tiles = (walk.sizes[axis] + tile - 1) / tile;
  Strides outer = walk;  // the other axes, and one step per row of squares
  outer.sizes[last] = 1;
  outer.sizes[axis] = tiles;
  outer.first[axis] = tile;
  outer.second[axis] = tile * step_out;
  std::swap(outer.sizes[axis], outer.sizes[last]);
  std::swap(outer.first[axis], outer.first[last]);
  std::swap(outer.second[axis], outer.second[last]);
  outer.recount();
  parallel(outer.count, at_least_one(grain / (tile * columns)), [&](int64_t begin, int64_t end, int) {
    outer.run(begin, end, [&](int64_t at, int64_t n, int64_t from, int64_t to) {
      for (int64_t square = at; square < at + n; square++, from += tile, to += tile * step_out) {
        const int64_t rows = std::min(tile, walk.sizes[axis] - square % tiles * tile);
        for (int64_t first = 0; first < columns; first += tile) {
          const int64_t width = std::min(tile, columns - first);
          for (int64_t row = 0; row < rows; row++)
            for (int64_t column = first; column < first + width; column++) out[to + row * step_out + column] = x[from + row + column * step_x];
        }
      }
    });
  });
}

template <class T>
void copy(const Strides& walk, const T* x, T* out) {
  const int64_t axis = turned_axis(walk);
  if (axis >= 0) return turn(walk, axis, x, out);
  const int64_t last = walk.rank - 1;
  parallel(walk.count, grain, [&](int64_t begin, int64_t end, int) {
    walk.run(begin, end, [&](int64_t, int64_t n, int64_t from, int64_t to) { copy_row(x + from, walk.first[last], out + to, walk.second[last], n); });
  });
}

// copy(x, from, out, to, walk): entries of x from position `from` to out from position `to`; slices, concatenations, transpositions, tiles, reversals
Napi::Value copy_entries(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "copy");
  const int64_t from = arguments.integer(1, "from", 0), to = arguments.integer(3, "to", 0);
  const int64_t length = arguments.length(0), room = arguments.length(2);
  const Strides walk = read_strides(arguments, 4, "walk");
  check_inside(arguments, "x", walk, walk.first, from, length);
  check_inside(arguments, "out", walk, walk.second, to, room);
  check_apart(arguments, "out", walk, walk.second);
  if (arguments.is_bytes(0)) copy(walk, arguments.bytes(0, "x", length) + from, arguments.out_bytes(2, "out", room) + to);
  else if (arguments.is_ints(0)) copy(walk, arguments.ints(0, "x", length) + from, arguments.out_ints(2, "out", room) + to);
  else copy(walk, arguments.floats(0, "x", length) + from, arguments.out_floats(2, "out", room) + to);
  return info.Env().Undefined();
}

// gatherRows(x, ids, out, batch, outer, rows, inner): x [batch, outer, row, inner], ids [batch, id] → out [batch, outer, id, inner]
Napi::Value gather_rows(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "gatherRows");
  const int64_t batch = arguments.integer(3, "batch", 1), outer = arguments.integer(4, "outer", 1);
  const int64_t rows = arguments.integer(5, "rows", 1), inner = arguments.integer(6, "inner", 1);
  const int64_t length = arguments.length(1), count = length / batch;
  if (count * batch != length) arguments.fail("ids", "as many for each of " + std::to_string(batch), std::to_string(length));
  const int32_t* ids = arguments.ids(1, "ids", length, rows);
  const float* x = arguments.floats(0, "x", product({batch, outer, rows, inner}));
  float* out = arguments.out_floats(2, "out", product({batch, outer, count, inner}));
  parallel(batch * outer * count, at_least_one(grain / inner), [&](int64_t begin, int64_t end, int) {
    for (int64_t at = begin; at < end; at++) {
      const int64_t block = at / count;
      const int64_t row = ids[block / outer * count + at % count];
      std::memcpy(out + at * inner, x + (block * rows + row) * inner, inner * sizeof(float));
    }
  });
  return info.Env().Undefined();
}

// sumSegments(x, ids, out, segments, inner): adds row r of x [row, inner] to row ids[r] of out [segment, inner]; other ids are left out
Napi::Value sum_segments(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "sumSegments");
  const int64_t segments = arguments.integer(3, "segments", 1), inner = arguments.integer(4, "inner", 1);
  const int64_t rows = arguments.length(1);
  const int32_t* ids = arguments.ints(1, "ids", rows);
  const float* x = arguments.floats(0, "x", product({rows, inner}));
  float* out = arguments.out_floats(2, "out", product({segments, inner}));
  const int64_t entries = rows * inner + segments * inner;
  parallel(segments, std::max<int64_t>(1, segments * grain / at_least_one(entries)), [&](int64_t begin, int64_t end, int) {
    std::memset(out + begin * inner, 0, (end - begin) * inner * sizeof(float));
    for (int64_t row = 0; row < rows; row++) {
      if (ids[row] < begin || ids[row] >= end) continue;
      float* to = out + ids[row] * inner;
      const float* from = x + row * inner;
      for (int64_t i = 0; i < inner; i++) to[i] += from[i];
    }
  });
  return info.Env().Undefined();
}

// oneHot(ids, out, depth, on, off): out [id, depth]
Napi::Value one_hot(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "oneHot");
  const int64_t depth = arguments.integer(2, "depth", 1), count = arguments.length(0);
  const int32_t* ids = arguments.ints(0, "ids", count);
  float* out = arguments.out_floats(1, "out", product({count, depth}));
  const float on = static_cast<float>(arguments.number(3, "on")), off = static_cast<float>(arguments.number(4, "off"));
  parallel(count, at_least_one(grain / depth), [&](int64_t begin, int64_t end, int) {
    std::fill(out + begin * depth, out + end * depth, off);
    for (int64_t at = begin; at < end; at++)
      if (ids[at] >= 0 && ids[at] < depth) out[at * depth + ids[at]] = on;
  });
  return info.Env().Undefined();
}

// Steps of sequences and those before them, as unfoldSteps and foldSteps take them.
struct Unfolding {
  int64_t batch, time, dim, width, dilation;

  static Unfolding at(const Arguments& arguments, size_t at) {
    const int64_t most = 1 << 22;
    return {arguments.integer(at, "batch", 0, most), arguments.integer(at + 1, "time", 1, most), arguments.integer(at + 2, "dim", 1, most),
            arguments.integer(at + 3, "width", 1, 1 << 14), arguments.integer(at + 4, "dilation", 1, most)};
  }
  int64_t steps() const { return batch * time; }
  // How far back what stands k-th lies; the last one is the step itself.
  int64_t back(int64_t k) const { return (width - 1 - k) * dilation; }
  // Steps below which a second thread costs more than it brings.
  int64_t least_steps() const { return at_least_one(grain / (width * dim)); }
};

// unfoldSteps(x, out, batch, time, dim, width, dilation): x [batch, time, dim] → out [batch, time, width, dim], each step and those before it, zeros before the first
Napi::Value unfold_steps(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "unfoldSteps");
  const Unfolding u = Unfolding::at(arguments, 2);
  const float* x = arguments.floats(0, "x", product({u.batch, u.time, u.dim}));
  float* out = arguments.out_floats(1, "out", product({u.batch, u.time, u.width, u.dim}));
  parallel(u.steps(), u.least_steps(), [&](int64_t begin, int64_t end, int) {
    for (int64_t step = begin; step < end; step++)
      for (int64_t k = 0; k < u.width; k++) {
        float* const to = out + (step * u.width + k) * u.dim;
        if (step % u.time >= u.back(k)) std::memcpy(to, x + (step - u.back(k)) * u.dim, u.dim * sizeof(float));
        else std::memset(to, 0, u.dim * sizeof(float));
      }
  });
  return info.Env().Undefined();
}

// foldSteps(x, out, batch, time, dim, width, dilation): adds up where unfoldSteps copied to: x [batch, time, width, dim] → out [batch, time, dim]
Napi::Value fold_steps(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "foldSteps");
  const Unfolding u = Unfolding::at(arguments, 2);
  const float* x = arguments.floats(0, "x", product({u.batch, u.time, u.width, u.dim}));
  float* out = arguments.out_floats(1, "out", product({u.batch, u.time, u.dim}));
  parallel(u.steps(), u.least_steps(), [&](int64_t begin, int64_t end, int) {
    for (int64_t step = begin; step < end; step++) {
      float* const to = out + step * u.dim;
      std::memcpy(to, x + (step * u.width + u.width - 1) * u.dim, u.dim * sizeof(float));
      for (int64_t k = 0; k + 1 < u.width; k++) {
        if (step % u.time + u.back(k) >= u.time) continue;  // nobody in this sequence looks back from there
        const float* const from = x + ((step + u.back(k)) * u.width + k) * u.dim;
        for (int64_t d = 0; d < u.dim; d++) to[d] += from[d];
      }
    }
  });
  return info.Env().Undefined();
}

const Registration registrations[] = {{"unfoldSteps", unfold_steps}, {"foldSteps", fold_steps}, {"copy", copy_entries}, {"gatherRows", gather_rows}, {"sumSegments", sum_segments}, {"oneHot", one_hot}};

}  // namespace
}  // namespace footlight
