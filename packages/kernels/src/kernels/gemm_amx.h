#pragma once

#include <stdint.h>

#include "kernels/gemm_units.h"

namespace footlight {

// Multiplies bf16 with the tiles of AMX; nullptr where the processor or its system has none.
Unit unit_of_amx();

template <int number>
struct Tile {};

// What a processor has to know of tiles before it takes them, as it reads it.
struct alignas(64) TileShapes {
  uint8_t palette, start_row, reserved[14];
  uint16_t row_bytes[16];
  uint8_t rows[16];
};
static_assert(sizeof(TileShapes) == 64, "the processor reads 64 bytes");

// All there are, as large as they can be: edges are filled with zeros, so that shapes need not change within a product.
constexpr TileShapes eight_tiles = {1, 0, {}, {64, 64, 64, 64, 64, 64, 64, 64}, {16, 16, 16, 16, 16, 16, 16, 16}};

}  // namespace footlight
