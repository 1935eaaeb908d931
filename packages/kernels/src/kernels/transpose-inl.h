// Rectangles of matrices, transposed or as they are. Included by gemm_tiles-inl.h and gemm_amx-inl.h, which have `load` and `store`.

#if defined(__has_builtin)
#if __has_builtin(__builtin_shufflevector)
#define FOOTLIGHT_FOUR 1
#endif
#endif

#if FOOTLIGHT_FOUR
typedef float Four __attribute__((vector_size(16)));

// to [4, ld_to] = from [4, ld_from] transposed
FOOTLIGHT_INLINE void transpose_four(const float* from, int64_t ld_from, float* to, int64_t ld_to) {
  const Four a = load<Four>(from), b = load<Four>(from + ld_from), c = load<Four>(from + 2 * ld_from), d = load<Four>(from + 3 * ld_from);
  const Four ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  const Four ef = __builtin_shufflevector(a, b, 2, 6, 3, 7), gh = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  store(to, __builtin_shufflevector(ab, cd, 0, 1, 4, 5));
  store(to + ld_to, __builtin_shufflevector(ab, cd, 2, 3, 6, 7));
  store(to + 2 * ld_to, __builtin_shufflevector(ef, gh, 0, 1, 4, 5));
  store(to + 3 * ld_to, __builtin_shufflevector(ef, gh, 2, 3, 6, 7));
}
#endif

// to [columns, stride] = from [rows, ld] transposed
FOOTLIGHT_TARGET __attribute__((noinline)) void transpose(const float* from, int64_t ld, int64_t rows, int64_t columns, float* to, int64_t stride) {
  int64_t fours = 0;
#if FOOTLIGHT_FOUR
  fours = rows / 4 * 4;
  for (int64_t r = 0; r < fours; r += 4) {
    int64_t x = 0;
    for (; x + 4 <= columns; x += 4) transpose_four(from + r * ld + x, ld, to + x * stride + r, stride);
    for (; x < columns; x++)
      for (int64_t row = r; row < r + 4; row++) to[x * stride + row] = from[row * ld + x];
  }
#endif
  for (int64_t r = fours; r < rows; r++)
    for (int64_t x = 0; x < columns; x++) to[x * stride + r] = from[r * ld + x];
}

// to [rows, columns] = from, or to + from: a tile that sticks out of C is made elsewhere.
FOOTLIGHT_TARGET void move(const float* from, int64_t ld_from, int64_t rows, int64_t columns, float* to, int64_t ld_to, bool add) {
  for (int64_t r = 0; r < rows; r++)
    for (int64_t x = 0; x < columns; x++) to[r * ld_to + x] = add ? to[r * ld_to + x] + from[r * ld_from + x] : from[r * ld_from + x];
}
