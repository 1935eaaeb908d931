#pragma once

#include "kernels/bilinear.h"

namespace footlight {

// One step of the job's rule on n entries from `at` on, with gradients g, or without any.
using UpdateEntries = void (*)(const BilinearJob& job, const BilinearTable& table, int64_t at, int64_t n, const float* g);

UpdateEntries update_entries();

}  // namespace footlight
