#include "binding/wasm/workspace.h"

namespace footlight {
namespace {

void* memory = nullptr;
double size = 0, needed = 0;

}  // namespace

void* reserve_workspace(double bytes) {
  needed = bytes;
  return bytes <= size ? memory : nullptr;
}

// How many bytes the last operation that returned not-a-number lacked.
FOOTLIGHT_EXPORT(neededWorkspace) double footlight_needed_workspace() { return needed; }

// Hands over the memory for all operations that follow, from the start of a cache line on.
FOOTLIGHT_EXPORT(setWorkspace) void footlight_set_workspace(void* start, double bytes) {
  memory = start;
  size = bytes;
}

}  // namespace footlight
