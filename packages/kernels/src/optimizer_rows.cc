#include "optimizer_rows.h"

#include "instruction_sets.h"

namespace footlight {
namespace {

#define FOOTLIGHT_BODY "optimizer_rows.inc"
#include "instruction_sets.inc"

}  // namespace

UpdateEntries update_entries() { return FOOTLIGHT_CHOSEN(update_stretch); }

}  // namespace footlight
