#pragma once

#include <napi.h>

namespace footlight {

using Operation = Napi::Value (*)(const Napi::CallbackInfo& info);

// A file of kernels offers its operations to JavaScript by `static const Offer offer("name", operation);` — no list to edit.
struct Offer {
  Offer(const char* name, Operation operation);
};

}  // namespace footlight
