#include "gemm_tiles.h"

#include "instruction_sets.h"

namespace footlight {
namespace {

#define FOOTLIGHT_BODY "gemm_tiles.inc"
#include "instruction_sets.inc"

}  // namespace

const GemmTiles& gemm_tiles() { return FOOTLIGHT_CHOSEN(tiles); }

}  // namespace footlight
