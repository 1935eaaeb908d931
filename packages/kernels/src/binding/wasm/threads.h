#pragma once

#include "threading/threads.h"

namespace footlight {

// The threads of this memory: the caller and the workers that were started for it; set_thread_count says how many. Work inside of their work runs on the spot.
const Threads& threads();

}  // namespace footlight
