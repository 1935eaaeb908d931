#include "softmax.h"

#include "instruction_sets.h"

namespace footlight {
namespace {

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wunused-function"  // of mathematics.inc
#endif
#define FOOTLIGHT_BODY "softmax_loops.inc"
#include "instruction_sets.inc"

}  // namespace

const SoftmaxLoops& softmax_loops() { return FOOTLIGHT_CHOSEN(loops); }

}  // namespace footlight
