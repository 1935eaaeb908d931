#pragma once

#include <stddef.h>
#include <stdint.h>

#include "binding/wasm/export.h"
#include "binding/wasm/threads.h"

// The operations that JavaScript calls (wasm/signatures.js has their arguments, checked there): pointers into the memory of the module, sizes as doubles, since
// those may be above 2^32. They check nothing. An operation whose workspace is too small returns not-a-number and has done nothing: JavaScript provides a larger one
// and calls it again.

namespace footlight {

constexpr double short_of_memory = __builtin_nan("");

inline int64_t whole(double size) { return static_cast<int64_t>(size); }

// The workspace, from the start of a cache line on; nullptr if it is smaller.
void* reserve_workspace(double bytes);

template <class T = float>
T* reserve(int64_t count) {
  return static_cast<T*>(reserve_workspace(static_cast<double>(count > 0 ? count : 1) * sizeof(T)));
}

}  // namespace footlight
