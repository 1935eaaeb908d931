// Matrix products for one instruction set: a tile of C stays in registers while k runs. Included by gemm.cc and, with
// FOOTLIGHT_BF16 set, by gemm_bf16.cc. What is packed consists of words of 32 bits: one float, or the bf16 of two steps of k.

// The sums of the largest tile, a row of B and an entry of A fill the registers.
#if defined(__aarch64__)
enum { ROWS = 8, VECTORS = 3 };
#elif defined(__wasm__)
enum { ROWS = 5, VECTORS = 2 };  // V8 has 15 registers on x86 and keeps each product in one before it adds it; six rows were measured slower
#else
enum { ROWS = LANES == 16 ? 8 : LANES == 1 ? 4 : 6, VECTORS = LANES == 16 ? 3 : 2 };
#endif
enum { WIDTH = VECTORS * LANES };

#if FOOTLIGHT_BF16
FOOTLIGHT_INLINE Lanes multiply_add(Lanes sum, Lanes b, float a) {
  return (Lanes)_mm512_dpbf16_ps((__m512)sum, (__m512bh)b, (__m512bh)_mm512_set1_ps(a));
}
#elif defined(__wasm_relaxed_simd__)
FOOTLIGHT_INLINE Lanes multiply_add(Lanes sum, Lanes b, float a) { return __builtin_wasm_relaxed_madd_f32x4(b, Lanes{a, a, a, a}, sum); }
#else
FOOTLIGHT_INLINE Lanes multiply_add(Lanes sum, Lanes b, float a) { return sum + b * a; }
#endif

// `transposed`: A stands as [depth, ROWS]; else as rows of lda. B stands as rows of ldb.
template <int rows, int vectors, bool transposed>
FOOTLIGHT_TARGET void tile(const float* a, int64_t lda, const float* b, int64_t ldb, int64_t depth, float* c, int64_t ldc, bool add) {
  Lanes sums[rows][vectors] = {};
  const float* row[rows];
  FOOTLIGHT_UNROLLED
  for (int r = 0; r < rows; r++) {
    row[r] = a + r * lda;
    FOOTLIGHT_UNROLLED
    for (int v = 0; v < vectors; v++) __builtin_prefetch(c + r * ldc + v * LANES);
  }
  for (int64_t d = 0; d < depth; d++) {
#if defined(__wasm__)
    asm("" : "+r"(a), "+r"(b));  // else clang adds constants to addresses itself, and V8 runs out of registers: half as fast
#endif
    Lanes column[vectors];
    FOOTLIGHT_UNROLLED
    for (int v = 0; v < vectors; v++) column[v] = load<Lanes>(b + v * LANES);
    FOOTLIGHT_UNROLLED
    for (int r = 0; r < rows; r++) {
      const float* x = transposed ? a + r : row[r] + d;
      FOOTLIGHT_UNROLLED
      for (int v = 0; v < vectors; v++) sums[r][v] = multiply_add(sums[r][v], column[v], *x);
    }
    b += ldb;
    if (transposed) a += ROWS;
  }
  FOOTLIGHT_UNROLLED
  for (int r = 0; r < rows; r++)
    FOOTLIGHT_UNROLLED
    for (int v = 0; v < vectors; v++) {
      float* to = c + r * ldc + v * LANES;
      store(to, add ? load<Lanes>(to) + sums[r][v] : sums[r][v]);
    }
}

typedef void (*Tile)(const float* a, int64_t lda, const float* b, int64_t ldb, int64_t depth, float* c, int64_t ldc, bool add);

template <int vectors, bool transposed>
static Tile tile_of(int64_t rows) {
  switch (rows) {
    case 1: return tile<1, vectors, transposed>;
    case 2: return tile<2, vectors, transposed>;
    case 3: return tile<3, vectors, transposed>;
    case 4: return tile<4, vectors, transposed>;
    case 5: return tile<ROWS < 5 ? ROWS : 5, vectors, transposed>;
    case 6: return tile<ROWS < 6 ? ROWS : 6, vectors, transposed>;
    case 7: return tile<ROWS < 7 ? ROWS : 7, vectors, transposed>;
    default: return tile<ROWS, vectors, transposed>;
  }
}

static Tile chosen_tile(int64_t rows, int64_t vectors, bool transposed) {
  if (vectors == 1) return transposed ? tile_of<1, true>(rows) : tile_of<1, false>(rows);
  if (vectors == 2) return transposed ? tile_of<2, true>(rows) : tile_of<2, false>(rows);
  return transposed ? tile_of<VECTORS, true>(rows) : tile_of<VECTORS, false>(rows);
}

#include "kernels/transpose-inl.h"

#if FOOTLIGHT_BF16

enum { STEPS = 2, IN_PLACE_PANELS = 0, IN_PLACE_ROWS = ROWS };

FOOTLIGHT_INLINE __mmask16 first_lanes(int64_t count) { return (__mmask16)(count >= 16 ? 0xffff : count <= 0 ? 0 : (1 << count) - 1); }

// Two rows of up to 16 entries as 16 words; what is not there counts as zero.
FOOTLIGHT_INLINE __m512i words_of_rows(const float* even, const float* odd, int64_t count, bool odd_there) {
  const __mmask16 mask = first_lanes(count);
  const __m512 low = _mm512_maskz_loadu_ps(mask, even), high = _mm512_maskz_loadu_ps(odd_there ? mask : (__mmask16)0, odd);
  const __m512i halves = (__m512i)_mm512_cvtne2ps_pbh(high, low);
  const __m512i pairs = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
  return _mm512_permutexvar_epi16(pairs, halves);
}

// to [depth] = the words of `steps` entries that follow each other
FOOTLIGHT_INLINE void words_of_row(const float* from, int64_t steps, float* to, int64_t depth) {
  for (int64_t d = 0; d < depth; d += 16) {
    const int64_t left = steps - 2 * d;
    const __m512 low = _mm512_maskz_loadu_ps(first_lanes(left), from + 2 * d), high = _mm512_maskz_loadu_ps(first_lanes(left - 16), from + 2 * d + 16);
    _mm512_mask_storeu_epi32(to + d, first_lanes(depth - d), (__m512i)_mm512_cvtne2ps_pbh(high, low));
  }
}

// Rows of a part of B that lie far apart are asked for in time: the next ones are in other pages, where the processor does not look by itself.
enum { AHEAD = 8 };

FOOTLIGHT_TARGET void pack_b(const Product& p, const Part& part, const Cut& panels, int64_t first, float* to) {
  const int64_t steps = p.k - 2 * part.from < 2 * part.depth ? p.k - 2 * part.from : 2 * part.depth;
  for (int64_t d = 0; !p.transpose_b && d < part.depth; d++) {
    const float* row = p.b + 2 * (part.from + d) * p.ldb + panels.begin;
    const int64_t ahead = d + AHEAD < part.depth ? 2 * AHEAD * p.ldb : 0;
    for (int64_t panel = first; panel < panels.count; panel++) {
      const int64_t start = panels.at[panel], width = panels.at[panel + 1] - start;
      for (int64_t x = start; x < start + width; x += 16) {
        __builtin_prefetch(row + ahead + x);
        __builtin_prefetch(row + ahead + p.ldb + x);
        _mm512_storeu_si512(to + start * part.depth + d * width + x - start, words_of_rows(row + x, row + p.ldb + x, panels.end - panels.begin - x, 2 * d + 1 < steps));
      }
    }
  }
  if (!p.transpose_b) return;
  float near[16 * 64];
  for (int64_t panel = first; panel < panels.count; panel++) {
    const int64_t start = panels.at[panel], width = panels.at[panel + 1] - start;
    for (int64_t x = start; x < start + width; x += 16)
      for (int64_t d = 0; d < part.depth; d += 64) {
        const int64_t words = part.depth - d < 64 ? part.depth - d : 64;
        for (int64_t r = 0; r < 16; r++) {
          const int64_t j = panels.begin + x + r;
          words_of_row(p.b + (j < panels.end ? j : panels.begin) * p.ldb + 2 * (part.from + d), j < panels.end ? steps - 2 * d : 0, near + r * 64, words);
        }
        transpose(near, 64, 16, words, to + start * part.depth + d * width + x - start, width);
      }
  }
}

FOOTLIGHT_TARGET void pack_a(const Product& p, const Part& part, const Cut& tiles, int64_t first, int64_t last, float* to) {
  const int64_t steps = p.k - 2 * part.from < 2 * part.depth ? p.k - 2 * part.from : 2 * part.depth;
  for (int64_t t = first; !p.transpose_a && t < last; t++)
    for (int64_t r = tiles.at[t]; r < tiles.at[t + 1]; r++)
      words_of_row(p.a + (tiles.begin + r) * p.lda + 2 * part.from, steps, to + ((t - first) * ROWS + r - tiles.at[t]) * part.depth, part.depth);
  for (int64_t d = 0; p.transpose_a && d < part.depth; d++) {
    const float* row = p.a + 2 * (part.from + d) * p.lda + tiles.begin;
    const int64_t ahead = d + AHEAD < part.depth ? 2 * AHEAD * p.lda : 0;
    for (int64_t t = first; t < last; t++) {
      const int64_t r = tiles.at[t];
      __builtin_prefetch(row + ahead + r);
      __builtin_prefetch(row + ahead + p.lda + r);
      const __m512i words = words_of_rows(row + r, row + p.lda + r, tiles.at[t + 1] - r, 2 * d + 1 < steps);
      _mm512_mask_storeu_epi32(to + (t - first) * ROWS * part.depth + d * ROWS, 0xff, words);
    }
  }
}

#else

// An A that is not transposed is read where it is if it meets at most so many panels of B, else packed too. V8 finds entries of A fastest at one pointer plus
// constants, but has registers for the pointers of four rows.
#if defined(__wasm__)
enum { STEPS = 1, IN_PLACE_PANELS = 1, IN_PLACE_ROWS = 4 };
#else
enum { STEPS = 1, IN_PLACE_PANELS = Cut::most, IN_PLACE_ROWS = ROWS };
#endif

// Rows of a part of B that lie far apart are asked for in time: the next ones are in other pages, where the processor does not look by itself.
enum { AHEAD = 8 };

FOOTLIGHT_TARGET void pack_b(const Product& p, const Part& part, const Cut& panels, int64_t first, float* to) {
  for (int64_t panel = first; p.transpose_b && panel < panels.count; panel++) {
    const int64_t start = panels.at[panel], width = panels.at[panel + 1] - start;
    const int64_t left = panels.end - panels.begin - start, inside = width < left ? width : left;
    if (inside < width) __builtin_memset(to + start * part.depth, 0, sizeof(float) * part.depth * width);
    transpose(p.b + (panels.begin + start) * p.ldb + part.from, p.ldb, inside, part.depth, to + start * part.depth, width);
  }
  for (int64_t d = 0; !p.transpose_b && d < part.depth; d++) {
    const float* row = p.b + (part.from + d) * p.ldb + panels.begin;
    const int64_t ahead = d + AHEAD < part.depth ? AHEAD * p.ldb : 0;
    for (int64_t panel = first; panel < panels.count; panel++) {
      const int64_t start = panels.at[panel], width = panels.at[panel + 1] - start;
      for (int64_t x = start; x < start + width; x += LANES) {
        float* const word = to + start * part.depth + d * width + x - start;
        const int64_t left = panels.end - panels.begin - x;
        __builtin_prefetch(row + ahead + x);
        if (left >= LANES) store(word, load<Lanes>(row + x));
        else
          for (int64_t lane = 0; lane < LANES; lane++) word[lane] = lane < left ? row[x + lane] : 0.0f;
      }
    }
  }
}

FOOTLIGHT_TARGET void pack_a(const Product& p, const Part& part, const Cut& tiles, int64_t first, int64_t last, float* to) {
  for (int64_t t = first; !p.transpose_a && t < last; t++)
    transpose(p.a + (tiles.begin + tiles.at[t]) * p.lda + part.from, p.lda, tiles.at[t + 1] - tiles.at[t], part.depth, to + (t - first) * ROWS * part.depth, ROWS);
  for (int64_t d = 0; p.transpose_a && d < part.depth; d++) {
    const float* row = p.a + (part.from + d) * p.lda + tiles.begin;
    const int64_t ahead = d + AHEAD < part.depth ? AHEAD * p.lda : 0;
    for (int64_t t = first; t < last; t++) {
      const int64_t r = tiles.at[t], rows = tiles.at[t + 1] - r;
      float* const words = to + (t - first) * ROWS * part.depth + d * ROWS;
      __builtin_prefetch(row + ahead + r);
      if (rows == ROWS) __builtin_memcpy(words, row + r, sizeof(float) * ROWS);
      else
        for (int64_t i = 0; i < rows; i++) words[i] = row[r + i];
    }
  }
}

#endif

#if !FOOTLIGHT_BF16
// C with so few columns that its rows are better summed along k. `columns` is op(B) transposed: [n, k] with rows of ld.
FOOTLIGHT_TARGET void narrow(const Product& p, const float* columns, int64_t ld, int64_t i_begin, int64_t i_end) {
  for (int64_t i = i_begin; i < i_end; i++)
    for (int64_t j = 0; j < p.n; j++) {
      const float sum = dot(p.a + i * p.lda, columns + j * ld, p.k);
      float* const to = p.c + i * p.ldc + j;
      *to = p.beta != 0.0f ? *to + sum : sum;
    }
}
#endif

// Cuts [begin, end) into pieces of about the same size, multiples of `grain` and at most `most` long.
static void cut(Cut* c, int64_t begin, int64_t end, int64_t grain, int64_t most) {
  const int64_t grains = (end - begin + grain - 1) / grain;
  c->begin = begin;
  c->end = end;
  c->count = (grains * grain + most - 1) / most;
  for (int64_t i = 0; i <= c->count; i++) c->at[i] = grains * i / c->count * grain;
}

FOOTLIGHT_TARGET void unit(const Product& p, const Blocks& most, int64_t i_begin, int64_t i_end, int64_t j_begin, int64_t j_end, float* workspace) {
  const int64_t words = (p.k + STEPS - 1) / STEPS, slices = (words + most.depth - 1) / most.depth, group = most.rows / ROWS;
  Cut tiles, panels;
  cut(&panels, j_begin, j_end, LANES, WIDTH);
  const bool a_in_place = !p.transpose_a && panels.count <= IN_PLACE_PANELS, a_by_step = STEPS == 1 && !a_in_place;
  cut(&tiles, i_begin, i_end, 1, a_in_place ? IN_PLACE_ROWS : ROWS);
  const int64_t columns = panels.at[panels.count];
  const bool b_in_place = STEPS == 1 && !p.transpose_b && tiles.count <= 2;  // packing pays if what is packed is read often
  const int64_t whole = j_begin + columns > j_end ? panels.count - 1 : panels.count;  // panels that do not stick out
  float edge[ROWS * WIDTH];
  for (int64_t slice = 0; slice < slices; slice++) {
    const int64_t from = words * slice / slices;
    const Part part = {from, words * (slice + 1) / slices - from};
    const bool add = slice > 0 || p.beta != 0.0f;
    float* const packed_a = workspace + columns * part.depth;
    pack_b(p, part, panels, b_in_place ? whole : 0, workspace);
    for (int64_t first = 0; first < tiles.count; first += group) {
      const int64_t last = first + group < tiles.count ? first + group : tiles.count;
      if (!a_in_place) pack_a(p, part, tiles, first, last, packed_a);
      for (int64_t panel = 0; panel < panels.count; panel++) {
        const int64_t j = j_begin + panels.at[panel], width = panels.at[panel + 1] - panels.at[panel];
        const bool inside = panel < whole, direct = b_in_place && inside;
        const float* b = direct ? p.b + from * p.ldb + j : workspace + panels.at[panel] * part.depth;
        for (int64_t t = first; t < last; t++) {
          const int64_t i = i_begin + tiles.at[t], rows = tiles.at[t + 1] - tiles.at[t];
          const float* a = a_in_place ? p.a + i * p.lda + from : packed_a + (t - first) * ROWS * part.depth;
          const Tile run = chosen_tile(rows, width / LANES, a_by_step || p.transpose_a);
          float* const c = p.c + i * p.ldc + j;
          run(a, a_in_place ? p.lda : part.depth, b, direct ? p.ldb : width, part.depth, inside ? c : edge, inside ? p.ldc : width, inside && add);
          if (!inside) move(edge, width, rows, j_end - j, c, p.ldc, add);
        }
      }
    }
  }
}
