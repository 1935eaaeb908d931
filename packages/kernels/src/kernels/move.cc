#include "kernels/move.h"

#include "simd/targets.h"

namespace footlight {
namespace {

constexpr int64_t tile = 32;  // a square of so many entries is transposed within the nearest cache

template <class T>
void copy_row(const T* x, int64_t step_x, T* out, int64_t step_out, int64_t n) {
  if (step_x == 1 && step_out == 1) {
    __builtin_memcpy(out, x, n * sizeof(T));
  } else if (step_x == 0 && step_out == 1) {
    const T value = *x;
    for (int64_t i = 0; i < n; i++) out[i] = value;
  } else {
    for (int64_t i = 0; i < n; i++) out[i * step_out] = x[i * step_x];
  }
}

// The axis along which x lies closely, if that is not the last one and transposing squares pays; else −1.
int64_t transposed_axis(const Strides& strides) {
  const int64_t last = strides.rank - 1;
  if (strides.first[last] == 1 || strides.second[last] != 1 || strides.sizes[last] < 8) return -1;
  for (int64_t axis = 0; axis < last; axis++)
    if (strides.first[axis] == 1 && strides.sizes[axis] >= 8) return axis;
  return -1;
}

// The other axes, and one step per row of squares, which becomes the last axis.
Strides rows_of_squares(const Strides& strides, int64_t axis) {
  const int64_t last = strides.rank - 1;
  Strides rows = strides;
  rows.sizes[axis] = 1;
  rows.first[axis] = strides.first[last];
  rows.second[axis] = strides.second[last];
  rows.sizes[last] = divide_up(strides.sizes[axis], tile);
  rows.first[last] = tile;
  rows.second[last] = tile * strides.second[axis];
  rows.recount();
  return rows;
}

template <class T>
void transpose(const Threads& threads, const Strides& strides, int64_t axis, const T* x, T* out) {
  const int64_t last = strides.rank - 1, columns = strides.sizes[last], step_x = strides.first[last], step_out = strides.second[axis];
  const Strides rows_of = rows_of_squares(strides, axis);
  const int64_t tiles = rows_of.sizes[last];
  parallel(threads, rows_of.count, max(1, move_grain / (tile * columns)), [&](int64_t begin, int64_t end, int) {
    rows_of.run(begin, end, [&](int64_t at, int64_t n, int64_t from, int64_t to) {
      for (int64_t square = at; square < at + n; square++, from += tile, to += tile * step_out) {
        const int64_t rows = min(tile, strides.sizes[axis] - square % tiles * tile);
        for (int64_t first = 0; first < columns; first += tile) {
          const int64_t width = min(tile, columns - first);
          for (int64_t row = 0; row < rows; row++)
            for (int64_t column = first; column < first + width; column++) out[to + row * step_out + column] = x[from + row + column * step_x];
        }
      }
    });
  });
}

template <class T>
void copy_entries(const Threads& threads, const Strides& strides, const T* x, T* out) {
  const int64_t axis = transposed_axis(strides);
  if (axis >= 0) return transpose(threads, strides, axis, x, out);
  const int64_t last = strides.rank - 1;
  parallel(threads, strides.count, move_grain, [&](int64_t begin, int64_t end, int) {
    strides.run(begin, end, [&](int64_t, int64_t n, int64_t from, int64_t to) { copy_row(x + from, strides.first[last], out + to, strides.second[last], n); });
  });
}

}  // namespace

void copy(const Threads& threads, const Strides& strides, const float* x, float* out) { copy_entries(threads, strides, x, out); }
void copy(const Threads& threads, const Strides& strides, const int32_t* x, int32_t* out) { copy_entries(threads, strides, x, out); }
void copy(const Threads& threads, const Strides& strides, const uint8_t* x, uint8_t* out) { copy_entries(threads, strides, x, out); }

void gather_rows(const RowGather& gather, const float* x, const int32_t* ids, float* out, int64_t begin, int64_t end) {
  const auto [outer, count, rows, inner] = gather;
  for (int64_t at = begin; at < end; at++) {
    const int64_t block = at / count;
    const int64_t row = ids[block / outer * count + at % count];
    __builtin_memcpy(out + at * inner, x + (block * rows + row) * inner, inner * sizeof(float));
  }
}

void sum_segments(const float* x, const int32_t* ids, int64_t rows, int64_t inner, float* out, int64_t begin, int64_t end) {
  __builtin_memset(out + begin * inner, 0, (end - begin) * inner * sizeof(float));
  for (int64_t row = 0; row < rows; row++) {
    if (ids[row] < begin || ids[row] >= end) continue;
    float* to = out + ids[row] * inner;
    const float* from = x + row * inner;
    for (int64_t i = 0; i < inner; i++) to[i] += from[i];
  }
}

void one_hot(const int32_t* ids, float* out, int64_t depth, float on, float off, int64_t begin, int64_t end) {
  for (int64_t i = begin * depth; i < end * depth; i++) out[i] = off;
  for (int64_t at = begin; at < end; at++)
    if (ids[at] >= 0 && ids[at] < depth) out[at * depth + ids[at]] = on;
}

void unfold_steps(const Unfolding& u, const float* x, float* out, int64_t begin, int64_t end) {
  for (int64_t step = begin; step < end; step++)
    for (int64_t k = 0; k < u.width; k++) {
      float* const to = out + (step * u.width + k) * u.dim;
      if (step % u.time >= u.back(k)) __builtin_memcpy(to, x + (step - u.back(k)) * u.dim, u.dim * sizeof(float));
      else __builtin_memset(to, 0, u.dim * sizeof(float));
    }
}

void fold_steps(const Unfolding& u, const float* x, float* out, int64_t begin, int64_t end) {
  for (int64_t step = begin; step < end; step++) {
    float* const to = out + step * u.dim;
    __builtin_memcpy(to, x + (step * u.width + u.width - 1) * u.dim, u.dim * sizeof(float));
    for (int64_t k = 0; k + 1 < u.width; k++) {
      if (step % u.time + u.back(k) >= u.time) continue;  // no step of this sequence looks back from there
      const float* const from = x + ((step + u.back(k)) * u.width + k) * u.dim;
      for (int64_t d = 0; d < u.dim; d++) to[d] += from[d];
    }
  }
}

}  // namespace footlight
