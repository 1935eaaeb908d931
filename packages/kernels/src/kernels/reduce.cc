#include "kernels/reduce.h"

#include "kernels/arithmetic.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/reduce.cc"
#include "simd/foreach_target.h"
#include "kernels/rows-inl.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

FOOTLIGHT_TARGET void sum_columns(const float* x, int64_t rows, int64_t stride, int64_t columns, double* sums) {
  for (int64_t row = 0; row < rows; row++)
    for (int64_t column = 0; column < columns; column++) sums[column] += x[row * stride + column];
}

FOOTLIGHT_TARGET float smallest(const float* x, int64_t n) {
  float best[64];
  int64_t i = 0;
  float result = x[0];
  if (n >= 64) {
    for (int k = 0; k < 64; k++) best[k] = x[k];
    for (i = 64; i + 64 <= n; i += 64)
      for (int k = 0; k < 64; k++) best[k] = ((x[i + k] < best[k]) | (x[i + k] != x[i + k])) ? x[i + k] : best[k];
    for (int k = 0; k < 64; k++) result = ((best[k] < result) | (best[k] != best[k])) ? best[k] : result;
  }
  for (; i < n; i++) result = ((x[i] < result) | (x[i] != x[i])) ? x[i] : result;
  return result;
}

FOOTLIGHT_TARGET void larger_columns(const float* x, int64_t rows, int64_t stride, int64_t columns, float* best) {
  for (int64_t row = 0; row < rows; row++)
    for (int64_t column = 0; column < columns; column++) {
      const float value = x[row * stride + column];
      best[column] = ((value > best[column]) | (value != value)) ? value : best[column];
    }
}

FOOTLIGHT_TARGET void smaller_columns(const float* x, int64_t rows, int64_t stride, int64_t columns, float* best) {
  for (int64_t row = 0; row < rows; row++)
    for (int64_t column = 0; column < columns; column++) {
      const float value = x[row * stride + column];
      best[column] = ((value < best[column]) | (value != value)) ? value : best[column];
    }
}

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
namespace {

constexpr int64_t grain = 1 << 15;   // entries below which a second thread costs more than it brings
constexpr int64_t strip = 256;       // columns whose sums stay in the nearest cache

// How sums are cut: chunks of entries of one sum that are added by one thread, and strips of columns.
struct Cut {
  int64_t chunk, chunks, strips;
  Cut(int64_t count, int64_t inner)
      : chunk(max(1, grain / min(inner, strip))), chunks(divide_up(count, chunk)), strips(divide_up(inner, strip)) {}
};

}  // namespace

int64_t reduce_sum_workspace(int64_t outer, int64_t count, int64_t inner) {
  const Cut cut(count, inner);
  return cut.chunks == 1 && inner == 1 ? 0 : outer * cut.chunks * inner;
}

void reduce_sum(const Threads& threads, const float* x, float* out, int64_t outer, int64_t count, int64_t inner, double scale, double* workspace) {
  const auto sum_row = FOOTLIGHT_DISPATCH(sum_row);
  const auto sum_columns = FOOTLIGHT_DISPATCH(sum_columns);
  const auto [chunk, chunks, strips] = Cut(count, inner);
  if (chunks == 1 && inner == 1) {
    parallel(threads, outer, max(1, grain / count), [&](int64_t begin, int64_t end, int) {
      for (int64_t o = begin; o < end; o++) out[o] = static_cast<float>(sum_row(x + o * count, count) * scale);
    });
    return;
  }
  double* const parts = workspace;  // [outer, chunk, inner]
  const int64_t entries = min(count, chunk) * min(inner, strip);
  parallel(threads, outer * chunks * strips, max(1, grain / entries), [&, chunk = chunk, chunks = chunks, strips = strips](int64_t begin, int64_t end, int) {
    for (int64_t work = begin; work < end; work++) {
      const int64_t first = work % strips * strip, part = work / strips, o = part / chunks, from = part % chunks * chunk;
      const int64_t rows = min(chunk, count - from), columns = min(strip, inner - first);
      const float* start = x + (o * count + from) * inner + first;
      double* const sums = parts + part * inner + first;
      if (inner == 1) {
        *sums = sum_row(start, rows);
        continue;
      }
      for (int64_t column = 0; column < columns; column++) sums[column] = 0.0;
      sum_columns(start, rows, inner, columns, sums);
    }
  });
  for (int64_t o = 0; o < outer; o++)
    for (int64_t i = 0; i < inner; i++) {
      double total = 0.0;
      for (int64_t c = 0; c < chunks; c++) total += parts[(o * chunks + c) * inner + i];
      out[o * inner + i] = static_cast<float>(total * scale);
    }
}

void reduce_extreme(const Threads& threads, bool largest, const float* x, float* out, int64_t outer, int64_t count, int64_t inner) {
  const auto along = largest ? FOOTLIGHT_DISPATCH(largest) : FOOTLIGHT_DISPATCH(smallest);
  const auto across = largest ? FOOTLIGHT_DISPATCH(larger_columns) : FOOTLIGHT_DISPATCH(smaller_columns);
  const int64_t strips = divide_up(inner, strip);
  parallel(threads, outer * strips, max(1, grain / (count * min(inner, strip))), [&](int64_t begin, int64_t end, int) {
    for (int64_t work = begin; work < end; work++) {
      const int64_t o = work / strips, first = work % strips * strip, columns = min(strip, inner - first);
      const float* start = x + o * count * inner + first;
      float* best = out + o * inner + first;
      if (inner == 1) {
        best[0] = along(start, count);
      } else {
        __builtin_memcpy(best, start, columns * sizeof(float));
        across(start, count, inner, columns, best);
      }
    }
  });
}

void reduce_product(const float* x, float* out, int64_t outer, int64_t count, int64_t inner) {
  for (int64_t o = 0; o < outer; o++)
    for (int64_t i = 0; i < inner; i++) {
      double product = 1.0;
      for (int64_t c = 0; c < count; c++) product *= x[(o * count + c) * inner + i];
      out[o * inner + i] = static_cast<float>(product);
    }
}

void arg_extreme(const Threads& threads, bool largest, const float* x, int32_t* out, int64_t rows, int64_t columns) {
  parallel(threads, rows, max(1, grain / columns), [&](int64_t begin, int64_t end, int) {
    for (int64_t row = begin; row < end; row++) {
      const float* values = x + row * columns;
      int64_t best = 0;
      for (int64_t c = 1; c < columns; c++)
        if (largest ? values[c] > values[best] : values[c] < values[best]) best = c;
      out[row] = static_cast<int32_t>(best);
    }
  });
}

void cumulative_sum(const Threads& threads, const float* x, float* out, int64_t outer, int64_t steps, int64_t inner, bool exclusive, bool reverse, double* workspace) {
  const int64_t size = steps * inner;
  parallel(threads, outer, max(1, grain / size), [&](int64_t begin, int64_t end, int piece) {
    double* const totals = workspace + piece * inner;
    for (int64_t block = begin; block < end; block++) {
      for (int64_t i = 0; i < inner; i++) totals[i] = 0.0;
      for (int64_t step = 0; step < steps; step++) {
        const int64_t at = block * size + (reverse ? steps - 1 - step : step) * inner;
        for (int64_t i = 0; i < inner; i++) {
          const double before = totals[i];
          totals[i] = before + x[at + i];
          out[at + i] = static_cast<float>(exclusive ? before : totals[i]);
        }
      }
    }
  });
}
#endif

}  // namespace footlight
