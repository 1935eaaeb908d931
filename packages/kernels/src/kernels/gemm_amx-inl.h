// Products of matrices of bf16 by tiles: 16 rows of 16 words of 32 bits, a word being one float of C or the bf16 of two steps of k. Who includes it has
// FOOTLIGHT_INLINE, FOOTLIGHT_TARGET, `load` and `store` and the operations on tiles, of a processor or like those of one:
//   configure(shapes), release()     before the first of the others and after the last
//   zero(tile)
//   load_tile(tile, from, bytes)     `bytes` from one row to the next
//   store_tile(tile, to, bytes)
//   add_product(tile, a, b)          tile [16, 16 floats] += a [16, 32] · b [32, 16]: row d of b has steps 2 · d and 2 · d + 1 of each column

enum { SIDE = 16, STEPS = 2 * SIDE, TILE = SIDE * SIDE, ROW_BYTES = 4 * SIDE };

#include "kernels/transpose-inl.h"

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

static int64_t tiles_of(int64_t size, int64_t side) { return (size + side - 1) / side; }

// op(A) as rows or op(B) as columns, each of k steps.
struct Lines {
  const float* from;
  int64_t ld;
  bool along;    // the steps of a line follow each other in memory
  bool upright;  // a tile of it has lines as columns
};

FOOTLIGHT_INLINE void store_word(float* to, float even, float odd) {
  const uint32_t word = bf16_bits(even) >> 16 | bf16_bits(odd);
  __builtin_memcpy(to, &word, 4);
}

// to [SIDE, SIDE] = the words of a row from pairs in a row of `from`
FOOTLIGHT_TARGET void pair_along(const float* from, int64_t ld, float* to) {
  for (int64_t r = 0; r < SIDE; r++)
    for (int64_t x = 0; x < SIDE; x++) store_word(to + r * SIDE + x, from[r * ld + 2 * x], from[r * ld + 2 * x + 1]);
}

// to [SIDE, SIDE] = the words of a row from two rows of `from`
FOOTLIGHT_TARGET void pair_across(const float* from, int64_t ld, float* to) {
  for (int64_t r = 0; r < SIDE; r++)
    for (int64_t x = 0; x < SIDE; x++) store_word(to + r * SIDE + x, from[2 * r * ld + x], from[(2 * r + 1) * ld + x]);
}

// One tile, of which `lines` and `steps` are there: the others are zeros in A and B alike, since zero times infinity would not be zero.
FOOTLIGHT_TARGET void pack_tile(const Lines& s, int64_t line, int64_t lines, int64_t step, int64_t steps, float* to) {
  const float* from = s.from + (s.along ? line * s.ld + step : step * s.ld + line);
  int64_t ld = s.ld;
  float whole[SIDE * STEPS], near[TILE];
  if (lines < SIDE || steps < STEPS) {
    ld = s.along ? STEPS : SIDE;
    __builtin_memset(whole, 0, sizeof(whole));
    move(from, s.ld, s.along ? lines : steps, s.along ? steps : lines, whole, ld, false);
    from = whole;
  }
  const bool transposed = s.along == s.upright;
  if (s.along) pair_along(from, ld, transposed ? near : to);
  else pair_across(from, ld, transposed ? near : to);
  if (transposed) transpose(near, SIDE, SIDE, SIDE, to, SIDE);
}

// Lines [begin, end) of a part of k. Two tiles side by side stand together at each step, as a block of C reads them; the last may be alone.
FOOTLIGHT_TARGET void pack(const Lines& s, int64_t begin, int64_t end, const Part& part, int64_t k, float* to) {
  const int64_t tiles = tiles_of(end - begin, SIDE), depth = part.depth / SIDE;
  for (int64_t index = 0; index < tiles * depth; index++) {
    // In the order of memory: rows lie in few pages at a time.
    const int64_t tile = s.along ? index / depth : index % tiles, d = s.along ? index % depth : index / tiles;
    const int64_t pair = tile / 2 * 2, together = least(2, tiles - pair);
    const int64_t line = begin + tile * SIDE, step = 2 * part.from + d * STEPS;
    pack_tile(s, line, least(SIDE, end - line), step, least(STEPS, k - step), to + (pair * depth + d * together + tile - pair) * TILE);
  }
}

template <int number>
FOOTLIGHT_INLINE void begin_tile(Tile<number> tile, const float* c, int64_t ldc, bool add) {
  if (add) load_tile(tile, c, 4 * ldc);
  else zero(tile);
}

// C [16 · down, 16 · across] in tiles 0 … 3, A in 4 and 5, B in 6 and 7.
template <int down, int across>
FOOTLIGHT_TARGET void block(const float* a, const float* b, int64_t depth, float* c, int64_t ldc, bool add) {
  constexpr bool lower = down == 2, right = across == 2;
  begin_tile(Tile<0>(), c, ldc, add);
  if (right) begin_tile(Tile<1>(), c + SIDE, ldc, add);
  if (lower) begin_tile(Tile<2>(), c + SIDE * ldc, ldc, add);
  if (lower && right) begin_tile(Tile<3>(), c + SIDE * ldc + SIDE, ldc, add);
  for (int64_t d = 0; d < depth; d++) {
    load_tile(Tile<4>(), a, ROW_BYTES);
    load_tile(Tile<6>(), b, ROW_BYTES);
    if (lower) load_tile(Tile<5>(), a + TILE, ROW_BYTES);
    if (right) load_tile(Tile<7>(), b + TILE, ROW_BYTES);
    add_product(Tile<0>(), Tile<4>(), Tile<6>());
    if (lower) add_product(Tile<2>(), Tile<5>(), Tile<6>());
    if (right) add_product(Tile<1>(), Tile<4>(), Tile<7>());
    if (lower && right) add_product(Tile<3>(), Tile<5>(), Tile<7>());
    a += down * TILE;
    b += across * TILE;
  }
  store_tile(Tile<0>(), c, 4 * ldc);
  if (right) store_tile(Tile<1>(), c + SIDE, 4 * ldc);
  if (lower) store_tile(Tile<2>(), c + SIDE * ldc, 4 * ldc);
  if (lower && right) store_tile(Tile<3>(), c + SIDE * ldc + SIDE, 4 * ldc);
}

// Where tiles stick out of C they are made elsewhere, but added up in the same order, so that a row has the same bytes whatever the others are.
FOOTLIGHT_TARGET void multiply(const float* a, const float* b, int64_t depth, int64_t rows, int64_t columns, float* c, int64_t ldc, bool add) {
  const bool lower = rows > SIDE, right = columns > SIDE;
  const auto run = lower ? (right ? block<2, 2> : block<2, 1>) : (right ? block<1, 2> : block<1, 1>);
  if (rows % SIDE == 0 && columns % SIDE == 0) {
    run(a, b, depth, c, ldc, add);
    return;
  }
  enum { WIDTH = 2 * SIDE };
  alignas(64) float edge[WIDTH * WIDTH] = {};
  if (add) move(c, ldc, rows, columns, edge, WIDTH, false);
  run(a, b, depth, edge, WIDTH, add);
  move(edge, WIDTH, rows, columns, c, ldc, false);
}

FOOTLIGHT_TARGET void unit(const Product& p, const Blocks& most, int64_t i_begin, int64_t i_end, int64_t j_begin, int64_t j_end, float* workspace) {
  const Lines rows = {p.a, p.lda, !p.transpose_a, false}, columns = {p.b, p.ldb, p.transpose_b, true};
  const int64_t tiles = tiles_of(p.k, STEPS), slices = tiles_of(tiles, most.depth / SIDE), pair = 2 * SIDE, group = most.rows / pair * pair;
  configure(eight_tiles);
  for (int64_t slice = 0; slice < slices; slice++) {
    const int64_t from = tiles * slice / slices, depth = tiles * (slice + 1) / slices - from;
    const Part part = {from * SIDE, depth * SIDE};
    const bool add = slice > 0 || p.beta != 0.0f;
    float* const packed_a = workspace + tiles_of(j_end - j_begin, SIDE) * depth * TILE;
    pack(columns, j_begin, j_end, part, p.k, workspace);
    for (int64_t first = i_begin; first < i_end; first += group) {
      const int64_t last = least(first + group, i_end);
      pack(rows, first, last, part, p.k, packed_a);
      for (int64_t j = j_begin; j < j_end; j += pair)
        for (int64_t i = first; i < last; i += pair)
          multiply(packed_a + (i - first) * part.depth, workspace + (j - j_begin) * part.depth, depth, least(pair, last - i), least(pair, j_end - j),
                   p.c + i * p.ldc + j, p.ldc, add);
    }
  }
  release();
}
