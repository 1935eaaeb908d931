#include "bilinear.h"
#include "instruction_sets.h"

namespace footlight {
namespace {

#define FOOTLIGHT_BODY "bilinear_phases.inc"
#include "instruction_sets.inc"

}  // namespace

const BilinearPhases& bilinear_phases() { return FOOTLIGHT_CHOSEN(phases); }

}  // namespace footlight
