// What ranking does to each score, compiled once per instruction set: loops that the compiler turns into vectors.

#include "kernels/rank.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/rank.cc"
#include "simd/foreach_target.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

// Adds to `greater` and `at_least` how many scores are above each level, and how many are not below it; what is not a number counts nowhere.
FOOTLIGHT_TARGET void count(const float* scores, int64_t n, const float* levels, int64_t count, int32_t* greater, int32_t* at_least) {
  for (int64_t t = 0; t < count; t += 4) {  // the caller fills up to a multiple of four
    const float a = levels[t], b = levels[t + 1], c = levels[t + 2], d = levels[t + 3];
    int32_t ga = 0, gb = 0, gc = 0, gd = 0, la = 0, lb = 0, lc = 0, ld = 0;
    for (int64_t i = 0; i < n; i++) {
      const float s = scores[i];
      ga += s > a, la += s >= a;
      gb += s > b, lb += s >= b;
      gc += s > c, lc += s >= c;
      gd += s > d, ld += s >= d;
    }
    greater[t] += ga, greater[t + 1] += gb, greater[t + 2] += gc, greater[t + 3] += gd;
    at_least[t] += la, at_least[t + 1] += lb, at_least[t + 2] += lc, at_least[t + 3] += ld;
  }
}

FOOTLIGHT_TARGET bool all_numbers(const float* scores, int64_t n) {
  int32_t strange = 0;
  for (int64_t i = 0; i < n; i++) strange += scores[i] != scores[i];
  return strange == 0;
}

// The number that orders a score and, among equals, puts the lower id first. −0 stands where +0 stands.
FOOTLIGHT_INLINE uint64_t to_key(float score, int32_t id) {
  uint32_t bits;
  const float plain = score + 0.0f;
  __builtin_memcpy(&bits, &plain, sizeof(bits));
  bits ^= (bits >> 31) != 0 ? 0xffffffffu : 0x80000000u;
  return (uint64_t)bits << 32 | (uint32_t)~id;
}

// Keys of the scores from a threshold on, the ids counted from `first`; `keys` has room for n and 16 more.
FOOTLIGHT_TARGET int64_t keys_from(const float* scores, int64_t n, float threshold, int32_t first, uint64_t* keys) {
  int64_t found = 0, i = 0;
#if FOOTLIGHT_AVX512
  const __m512 least = _mm512_set1_ps(threshold), zero = _mm512_setzero_ps();
  const __m256i counting = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), all = _mm256_set1_epi32(-1);
  for (; i + 16 <= n; i += 16) {
    const __m512 s = _mm512_loadu_ps(scores + i);
    const __mmask16 kept = _mm512_cmp_ps_mask(s, least, _CMP_GE_OQ);
    if (kept == 0) continue;
    const __m512i bits = (__m512i)_mm512_add_ps(s, zero);
    const __m512i ordered = _mm512_xor_si512(bits, _mm512_or_si512(_mm512_srai_epi32(bits, 31), _mm512_set1_epi32(INT32_MIN)));
    for (int half = 0; half < 2; half++) {
      const __mmask8 own = (__mmask8)(kept >> 8 * half);
      const __m256i high = half == 0 ? _mm512_castsi512_si256(ordered) : _mm512_extracti64x4_epi64(ordered, 1);
      const __m256i ids = _mm256_xor_si256(_mm256_add_epi32(counting, _mm256_set1_epi32(first + (int32_t)i + 8 * half)), all);
      const __m512i pairs = _mm512_or_si512(_mm512_slli_epi64(_mm512_cvtepu32_epi64(high), 32), _mm512_cvtepu32_epi64(ids));
      _mm512_storeu_si512(keys + found, _mm512_maskz_compress_epi64(own, pairs));  // into memory it would be slow
      found += __builtin_popcount(own);
    }
  }
#else
  for (; i + 32 <= n; i += 32) {
    int32_t any = 0;
    for (int64_t k = i; k < i + 32; k++) any += scores[k] >= threshold;
    if (any == 0) continue;
    for (int64_t k = i; k < i + 32; k++) {
      keys[found] = to_key(scores[k], first + (int32_t)k);
      found += scores[k] >= threshold;
    }
  }
#endif
  for (; i < n; i++) {
    keys[found] = to_key(scores[i], first + (int32_t)i);
    found += scores[i] >= threshold;
  }
  return found;
}

// The greatest of each group of four scores, −∞ where none is a number; `groups` has room for n / 4. At least k scores are not below the k-th greatest of them.
FOOTLIGHT_TARGET void greatest_of_four(const float* scores, int64_t n, float* groups) {
  const int64_t count = n / 4;
  for (int64_t i = 0; i < count; i++) {
    const float a = scores[i], b = scores[i + count], c = scores[i + 2 * count], d = scores[i + 3 * count];
    float most = a > -__builtin_inff() ? a : -__builtin_inff();
    most = b > most ? b : most;
    most = c > most ? c : most;
    groups[i] = d > most ? d : most;
  }
}

static const RankLoops loops = {count, all_numbers, keys_from, greatest_of_four};

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
const RankLoops& rank_loops() { return FOOTLIGHT_DISPATCH(loops); }
#endif

}  // namespace footlight
