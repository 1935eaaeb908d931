#include <algorithm>
#include <cstring>
#include <vector>

#include "arguments.h"
#include "instruction_sets.h"
#include "parallel.h"
#include "registry.h"

namespace footlight {
namespace {

#define FOOTLIGHT_BODY "reduce_loops.inc"
#include "instruction_sets.inc"

constexpr int64_t grain = 1 << 15;  // entries below which a second thread costs more than it brings
constexpr int64_t strip = 256;      // columns whose sums stay in the nearest cache

int64_t at_least_one(int64_t x) { return std::max<int64_t>(1, x); }

enum Reduction { sum, max, min, prod, reductions };
const char* const names[] = {"sum", "max", "min", "prod"};

// Sums of [outer, count, inner] along the middle. Long sums are cut at fixed places, so that the result does not depend on the number of threads.
void sums(const float* x, float* out, int64_t outer, int64_t count, int64_t inner, double scale) {
  const auto sum_row = FOOTLIGHT_CHOSEN(sum_row);
  const auto sum_columns = FOOTLIGHT_CHOSEN(sum_columns);
  const int64_t stretch = at_least_one(grain / std::min(inner, strip));  // entries of one sum that are added by one thread
  const int64_t stretches = (count + stretch - 1) / stretch;
  const int64_t strips = (inner + strip - 1) / strip;
  if (stretches == 1 && inner == 1) {
    parallel(outer, at_least_one(grain / count), [&](int64_t begin, int64_t end, int) {
      for (int64_t o = begin; o < end; o++) out[o] = static_cast<float>(sum_row(x + o * count, count) * scale);
    });
    return;
  }
  std::vector<double> parts(outer * stretches * inner);  // [outer, stretch, inner]
  parallel(outer * stretches * strips, at_least_one(grain / (std::min(count, stretch) * std::min(inner, strip))), [&](int64_t begin, int64_t end, int) {
    for (int64_t work = begin; work < end; work++) {
      const int64_t first = work % strips * strip, part = work / strips, o = part / stretches, from = part % stretches * stretch;
      const int64_t rows = std::min(stretch, count - from), columns = std::min(strip, inner - first);
      const float* start = x + (o * count + from) * inner + first;
      if (inner == 1) parts[part] = sum_row(start, rows);
      else sum_columns(start, rows, inner, columns, parts.data() + part * inner + first);
    }
  });
  for (int64_t o = 0; o < outer; o++)
    for (int64_t i = 0; i < inner; i++) {
      double total = 0.0;
      for (int64_t s = 0; s < stretches; s++) total += parts[(o * stretches + s) * inner + i];
      out[o * inner + i] = static_cast<float>(total * scale);
    }
}

void extremes(bool greatest, const float* x, float* out, int64_t outer, int64_t count, int64_t inner) {
  const auto along = greatest ? FOOTLIGHT_CHOSEN(largest) : FOOTLIGHT_CHOSEN(smallest);
  const auto across = greatest ? FOOTLIGHT_CHOSEN(larger_columns) : FOOTLIGHT_CHOSEN(smaller_columns);
  const int64_t strips = (inner + strip - 1) / strip;
  parallel(outer * strips, at_least_one(grain / (count * std::min(inner, strip))), [&](int64_t begin, int64_t end, int) {
    for (int64_t work = begin; work < end; work++) {
      const int64_t o = work / strips, first = work % strips * strip, columns = std::min(strip, inner - first);
      const float* start = x + o * count * inner + first;
      float* best = out + o * inner + first;
      if (inner == 1) {
        best[0] = along(start, count);
      } else {
        std::memcpy(best, start, columns * sizeof(float));
        across(start, count, inner, columns, best);
      }
    }
  });
}

void products(const float* x, float* out, int64_t outer, int64_t count, int64_t inner) {
  for (int64_t o = 0; o < outer; o++)
    for (int64_t i = 0; i < inner; i++) {
      double product = 1.0;
      for (int64_t c = 0; c < count; c++) product *= x[(o * count + c) * inner + i];
      out[o * inner + i] = static_cast<float>(product);
    }
}

// reduce(code, x, out, outer, count, inner, scale): [outer, count, inner] → [outer, inner]; the scale is that of a sum
Napi::Value reduce(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "reduce");
  const int64_t code = arguments.integer(0, "code", 0, reductions - 1);
  const int64_t outer = arguments.integer(3, "outer", 1), count = arguments.integer(4, "count", 1), inner = arguments.integer(5, "inner", 1);
  const double scale = arguments.number(6, "scale");
  const float* x = arguments.floats(1, "x", product({outer, count, inner}));
  float* out = arguments.out_floats(2, "out", product({outer, inner}));
  if (code == sum) sums(x, out, outer, count, inner, scale);
  else if (code == prod) products(x, out, outer, count, inner);
  else extremes(code == max, x, out, outer, count, inner);
  return info.Env().Undefined();
}

// argReduce(greatest, x, out, rows, columns): where in each row the extreme stands, the first of equals; not-a-number is passed over unless it is first
Napi::Value arg_reduce(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "argReduce");
  const bool greatest = arguments.flag(0, "greatest");
  const int64_t rows = arguments.integer(3, "rows", 1), columns = arguments.integer(4, "columns", 1, INT32_MAX);
  const float* x = arguments.floats(1, "x", product({rows, columns}));
  int32_t* out = arguments.out_ints(2, "out", rows);
  parallel(rows, at_least_one(grain / columns), [&](int64_t begin, int64_t end, int) {
    for (int64_t row = begin; row < end; row++) {
      const float* values = x + row * columns;
      int64_t best = 0;
      for (int64_t c = 1; c < columns; c++)
        if (greatest ? values[c] > values[best] : values[c] < values[best]) best = c;
      out[row] = static_cast<int32_t>(best);
    }
  });
  return info.Env().Undefined();
}

// cumulate(x, out, outer, steps, inner, exclusive, reverse): running sums over the steps of x [outer, step, inner]
Napi::Value cumulate(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "cumulate");
  const int64_t outer = arguments.integer(2, "outer", 1), steps = arguments.integer(3, "steps", 1), inner = arguments.integer(4, "inner", 1);
  const bool exclusive = arguments.flag(5, "exclusive"), reverse = arguments.flag(6, "reverse");
  const int64_t size = product({steps, inner});
  const float* x = arguments.floats(0, "x", product({outer, size}));
  float* out = arguments.out_floats(1, "out", product({outer, size}), {"x"});
  parallel(outer, at_least_one(grain / size), [&](int64_t begin, int64_t end, int) {
    std::vector<double> totals(inner);
    for (int64_t block = begin; block < end; block++) {
      std::fill(totals.begin(), totals.end(), 0.0);
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
  return info.Env().Undefined();
}

// softmax(x, out, rows, columns)
Napi::Value softmax(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "softmax");
  const int64_t rows = arguments.integer(2, "rows", 1), columns = arguments.integer(3, "columns", 1);
  const float* x = arguments.floats(0, "x", product({rows, columns}));
  float* out = arguments.out_floats(1, "out", product({rows, columns}), {"x"});
  const auto softmax_row = FOOTLIGHT_CHOSEN(softmax_row);
  parallel(rows, at_least_one(grain / 4 / columns), [&](int64_t begin, int64_t end, int) {
    for (int64_t row = begin; row < end; row++) softmax_row(x + row * columns, out + row * columns, columns);
  });
  return info.Env().Undefined();
}

Napi::Value reduction_names(const Napi::CallbackInfo& info) {
  Napi::Array list = Napi::Array::New(info.Env(), reductions);
  for (uint32_t code = 0; code < reductions; code++) list.Set(code, Napi::String::New(info.Env(), names[code]));
  return list;
}

const Offer offers[] = {{"reductionNames", reduction_names}, {"reduce", reduce}, {"argReduce", arg_reduce}, {"cumulate", cumulate}, {"softmax", softmax}};

}  // namespace
}  // namespace footlight
