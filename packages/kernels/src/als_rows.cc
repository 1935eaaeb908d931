#include "als_rows.h"

#include "instruction_sets.h"

namespace footlight {
namespace {

#define FOOTLIGHT_BODY "als_rows.inc"
#include "instruction_sets.inc"

}  // namespace

const AlsRows& als_rows() { return FOOTLIGHT_CHOSEN(als); }

}  // namespace footlight
