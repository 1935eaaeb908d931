#include "rank.h"

#include "instruction_sets.h"

namespace footlight {
namespace {

#define FOOTLIGHT_BODY "rank_loops.inc"
#include "instruction_sets.inc"

}  // namespace

const RankLoops& rank_loops() { return FOOTLIGHT_CHOSEN(loops); }

}  // namespace footlight
