#include "sequence.h"

#include "instruction_sets.h"

namespace footlight {
namespace {

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wunused-function"  // of mathematics.inc
#endif
#define FOOTLIGHT_BODY "sequence_steps.inc"
#include "instruction_sets.inc"

}  // namespace

const SequenceSteps& sequence_steps() { return FOOTLIGHT_CHOSEN(steps); }

}  // namespace footlight
