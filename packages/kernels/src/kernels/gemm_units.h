#pragma once

#include <stdint.h>

#include "kernels/gemm.h"

namespace footlight {

// How C is cut. A thread works on units of C, all of k, and packs what it needs of B (and of A, where that has to be turned) for itself: no thread waits for
// another. Sizes are in words of 32 bits: one float or two bf16.
struct Blocks {
  int64_t depth, columns, rows;  // of what is packed at a time: depth × columns of B and depth × rows of A fill about half of the second cache
  int64_t unit_rows;             // of C: so many that packing B costs little
};
Blocks blocks();

// Words [from, from + depth) of k.
struct Part {
  int64_t from, depth;
};

// [begin, end) in pieces: piece i goes from begin + at[i] to begin + at[i + 1]; the last one may stick out.
struct Cut {
  static constexpr int64_t most = 512;
  int64_t begin, end, count, at[most + 1];
};

// C[i_begin … i_end, j_begin … j_end]; The workspace is for what is packed, at the start of a cache line.
using Unit = void (*)(const Product& product, const Blocks& blocks, int64_t i_begin, int64_t i_end, int64_t j_begin, int64_t j_end, float* workspace);

// Hands out the units of a product to the threads.
void share(const Threads& threads, const Product& product, Unit unit, float* workspace);
int64_t share_workspace(const Threads& threads, const Product& product);  // floats

}  // namespace footlight
