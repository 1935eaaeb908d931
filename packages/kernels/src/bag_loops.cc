#include "bag.h"

#include "instruction_sets.h"

namespace footlight {
namespace {

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wunused-function"  // of lanes.inc
#endif
#define FOOTLIGHT_BODY "bag_loops.inc"
#include "instruction_sets.inc"

}  // namespace

const BagLoops& bag_loops() { return FOOTLIGHT_CHOSEN(loops); }

}  // namespace footlight
