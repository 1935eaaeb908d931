#include "kernels/gemm_amx.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "simd/bf16.h"
#include "check.h"
#include "threading/thread_pool.h"
#include "simd/targets.h"

#define FOOTLIGHT_NAMESPACE emulated
#define FOOTLIGHT_TARGET
#define FOOTLIGHT_LANES 4
#include "simd/vector-inl.h"

// The kernel of gemm_amx.cc with tiles in plain memory, so that all but the instructions is tested on every processor.
namespace footlight {
namespace {
namespace emulated {

struct Tiles {
  bool configured = false;
  TileShapes shapes = {};
  uint32_t words[8][16][16] = {};
};
thread_local Tiles tiles;

void configure(const TileShapes& shapes) {
  check(!tiles.configured, "tiles are configured once in a unit");
  check(shapes.palette == 1 && shapes.start_row == 0, "the first kind of configuration, from its beginning");
  for (const uint8_t reserved : shapes.reserved) check(reserved == 0, "zeros where a processor wants zeros");
  for (int i = 0; i < 16; i++) {
    check(shapes.row_bytes[i] <= (i < 8 ? 64 : 0) && shapes.rows[i] <= (i < 8 ? 16 : 0), "8 tiles that are no larger than they may be");
    check(shapes.row_bytes[i] % 4 == 0 && (shapes.row_bytes[i] == 0) == (shapes.rows[i] == 0), "rows of whole words");
  }
  tiles = {true, shapes, {}};
}

void release() {
  check(tiles.configured, "tiles are released once in a unit");
  tiles.configured = false;
}

template <int number>
void zero(Tile<number>) {
  check(tiles.configured && tiles.shapes.rows[number] > 0, "a tile that is configured");
  std::memset(tiles.words[number], 0, sizeof(tiles.words[number]));
}

template <int number>
void load_tile(Tile<number> tile, const float* from, int64_t bytes) {
  zero(tile);
  for (int row = 0; row < tiles.shapes.rows[number]; row++)
    std::memcpy(tiles.words[number][row], reinterpret_cast<const char*>(from) + row * bytes, tiles.shapes.row_bytes[number]);
}

template <int number>
void store_tile(Tile<number>, float* to, int64_t bytes) {
  check(tiles.configured, "a tile that is configured");
  for (int row = 0; row < tiles.shapes.rows[number]; row++)
    std::memcpy(reinterpret_cast<char*>(to) + row * bytes, tiles.words[number][row], tiles.shapes.row_bytes[number]);
}

float float_of(uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, 4);
  return value;
}

// As Intel's manual has TDPBF16PS: even and odd steps are added up apart, then both to what there is. Products of 8 bits by 8 are exact, so that it does not
// matter that a processor rounds them once with the sum. Numbers below the normal ones, which it takes for 0, stay what they are here.
template <int c, int a, int b>
void add_product(Tile<c>, Tile<a>, Tile<b>) {
  auto& [configured, shapes, words] = tiles;
  check(configured, "tiles that are configured");
  check(shapes.rows[a] == shapes.rows[c] && shapes.row_bytes[b] == shapes.row_bytes[c] && 4 * shapes.rows[b] == shapes.row_bytes[a], "shapes that fit");
  for (int row = 0; row < shapes.rows[c]; row++)
    for (int column = 0; column < shapes.row_bytes[c] / 4; column++) {
      float even = 0, odd = 0;
      for (int d = 0; d < shapes.rows[b]; d++) {
        const uint32_t left = words[a][row][d], right = words[b][d][column];
        even += float_of(left << 16) * float_of(right << 16);
        odd += float_of(left & 0xffff0000u) * float_of(right & 0xffff0000u);
      }
      const float sum = float_of(words[c][row][column]) + (even + odd);
      std::memcpy(&words[c][row][column], &sum, 4);
    }
}

#include "kernels/gemm_amx-inl.h"

void share_tiles(const Product& product) {
  std::vector<float> workspace(share_workspace(threads(), product));
  share(threads(), product, unit, workspace.data());
}

struct Shape {
  int64_t m, n, k, padding;
};

// As much memory as rows take: the last ends with its last number, so that AddressSanitizer sees what lies outside. Not-a-number lies between the rows.
struct Matrix {
  int64_t rows, columns, ld;
  std::vector<float> values;
  Matrix(int64_t rows, int64_t columns, int64_t padding)
      : rows(rows), columns(columns), ld(columns + padding), values((rows - 1) * ld + columns, std::numeric_limits<float>::quiet_NaN()) {}
  float& at(int64_t row, int64_t column) { return values[row * ld + column]; }
};

uint32_t state = 1;

// Small integers: exact in bf16 and in sums of floats, so that every result must be equal.
Matrix drawn(int64_t rows, int64_t columns, int64_t padding) {
  Matrix made(rows, columns, padding);
  for (int64_t row = 0; row < rows; row++)
    for (int64_t column = 0; column < columns; column++) {
      state = state * 1664525u + 1013904223u;
      made.at(row, column) = static_cast<float>(static_cast<int>(state >> 28) - 8);
    }
  return made;
}

struct Given {
  bool transpose_a, transpose_b;
  float beta;
  Matrix a, b, c;
  Product product(const Epilogue& epilogue) {
    const int64_t k = transpose_a ? a.rows : a.columns;
    return {transpose_a, transpose_b, c.rows, c.columns, k, a.values.data(), a.ld, b.values.data(), b.ld, beta, c.values.data(), c.ld, epilogue};
  }
};

Given given(const Shape& s, int kind) {
  const bool transpose_a = kind & 1, transpose_b = kind & 2;
  return {transpose_a,
          transpose_b,
          kind & 4 ? 1.0f : 0.0f,
          transpose_a ? drawn(s.k, s.m, s.padding) : drawn(s.m, s.k, s.padding),
          transpose_b ? drawn(s.n, s.k, s.padding) : drawn(s.k, s.n, s.padding),
          drawn(s.m, s.n, s.padding)};
}

// [rows, columns] without what lies between the rows, or turned
std::vector<float> plain(Matrix& from, bool turned) {
  std::vector<float> made;
  for (int64_t x = 0; x < (turned ? from.columns : from.rows); x++)
    for (int64_t y = 0; y < (turned ? from.rows : from.columns); y++) made.push_back(turned ? from.at(y, x) : from.at(x, y));
  return made;
}

void check_result(Given& before, Matrix& after, int64_t k, const float* bias, float factor) {
  const std::vector<float> rows = plain(before.a, before.transpose_a), columns = plain(before.b, !before.transpose_b);
  for (int64_t i = 0; i < after.rows; i++)
    for (int64_t j = 0; j < after.columns; j++) {
      float sum = before.beta * before.c.at(i, j) + (bias ? bias[j] : 0.0f);
      const float *row = rows.data() + i * k, *column = columns.data() + j * k;
      for (int64_t d = 0; d < k; d++) sum += row[d] * column[d];
      check(after.at(i, j) == factor * sum, "the same as the definition");
    }
  for (int64_t i = 0; i + 1 < after.rows; i++)
    for (int64_t x = after.columns; x < after.ld; x++) check(std::isnan(after.at(i, x)), "nothing between the rows of C");
}

void compare_shared(const Shape& s, int kind) {
  Given before = given(s, kind), after = before;
  Matrix bias = drawn(1, s.n, 0);
  Epilogue epilogue;
  epilogue.bias = bias.values.data();
  epilogue.activation = [](float* values, int64_t count) {
    for (int64_t i = 0; i < count; i++) values[i] *= 2.0f;
  };
  share_tiles(after.product(epilogue));
  check_result(before, after.c, s.k, bias.values.data(), 2.0f);
}

// One unit with blocks so small that there are several of each kind, in exactly the memory they have.
void compare_unit(const Shape& s, int kind) {
  const Blocks small = {32, (s.n + 15) / 16 * 16, 64, s.m};
  Given before = given(s, kind), after = before;
  std::vector<float> workspace((small.columns + small.rows) * small.depth);
  unit(after.product(Epilogue{}), small, 0, s.m, 0, s.n, workspace.data());
  check_result(before, after.c, s.k, nullptr, 1.0f);
}

// The nearest number with 8 bits, by arithmetic.
float nearest(float value) {
  int exponent;
  const float fraction = std::frexp(value, &exponent);
  return std::ldexp(std::nearbyint(std::ldexp(fraction, 8)), exponent - 8);
}

// [values, 1] · [1, 1]
std::vector<float> through_tiles(std::vector<float> values) {
  const int64_t count = static_cast<int64_t>(values.size());
  const float one = 1.0f;
  std::vector<float> made(count);
  share_tiles({false, false, count, 1, 1, values.data(), 1, &one, 1, 0.0f, made.data(), 1, Epilogue{}});
  return made;
}

void test_rounding() {
  std::vector<float> values;
  for (uint32_t bits = 0x3f800000u; bits < 0x3f850000u; bits += 0x1fff) values.push_back(float_of(bits));
  for (uint32_t tie = 0x3f808000u; tie < 0x3f900000u; tie += 0x10000)
    for (const uint32_t bits : {tie - 1, tie, tie + 1}) values.push_back(-float_of(bits));
  const std::vector<float> made = through_tiles(values);
  for (size_t i = 0; i < values.size(); i++) check(made[i] == nearest(values[i]), "the nearest bf16, ties to even");

  const float infinity = std::numeric_limits<float>::infinity();
  const std::vector<float> extreme = through_tiles({std::numeric_limits<float>::max(), -infinity, float_of(0x7f800001u), float_of(0xffffffffu)});
  check(extreme[0] == infinity && extreme[1] == -infinity, "infinity beyond the largest bf16");
  check(std::isnan(extreme[2]) && std::isnan(extreme[3]), "not-a-number stays one");
}

// What is filled up with zeros must not meet infinities.
void test_infinity() {
  for (int kind = 0; kind < 4; kind++) {
    Given all = given({17, 33, 35, 0}, kind);
    (all.transpose_a ? all.a.at(34, 16) : all.a.at(16, 34)) = std::numeric_limits<float>::infinity();
    (all.transpose_b ? all.b.at(32, 34) : all.b.at(34, 32)) = std::numeric_limits<float>::infinity();
    share_tiles(all.product(Epilogue{}));
    for (int64_t i = 0; i < 17; i++)
      for (int64_t j = 0; j < 33; j++) check(i == 16 || j == 32 || std::isfinite(all.c.at(i, j)), "infinities in their row and their column only");
  }
}

// The same bytes for a row in tiles that stick out and in others, also where sums are rounded.
void test_rows_alone() {
  Given all = given({49, 40, 1600, 0}, 4);
  for (Matrix* each : {&all.a, &all.b, &all.c})
    for (float& value : each->values) value = value / 7.0f + 0.1f;
  Given some = all;
  share_tiles(all.product(Epilogue{}));
  for (int64_t i = 0; i < 49; i++) {
    share_tiles({false, false, 1, 40, 1600, some.a.values.data() + i * 1600, 1600, some.b.values.data(), 40, 1.0f, some.c.values.data() + i * 40, 40});
  }
  check(std::memcmp(all.c.values.data(), some.c.values.data(), 49 * 40 * sizeof(float)) == 0, "rows do not depend on each other");
}

}  // namespace emulated
}  // namespace
}  // namespace footlight

void test_gemm_amx() {
  using namespace footlight;
  using namespace footlight::emulated;
  const std::vector<int64_t> sizes = {1, 15, 16, 17, 31, 32, 33, 100}, steps = {1, 2, 31, 32, 33, 64, 100};
  int64_t count = 0;
  for (const int64_t m : sizes)
    for (const int64_t n : sizes)
      for (const int64_t k : steps)
        for (int kind = 0; kind < 8; kind++, count++) (count % 3 ? compare_unit : compare_shared)({m, n, k, count % 5}, kind);
  for (int kind = 0; kind < 8; kind++) {
    compare_unit({161, 67, 200, 3}, kind);
    compare_shared({523, 67, 31, 0}, kind);
    compare_shared({41, 1259, 23, 3}, kind);
    compare_shared({37, 53, 1609, 0}, kind);
  }
  test_rounding();
  test_infinity();
  test_rows_alone();
}
