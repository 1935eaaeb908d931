#pragma once

#include <napi.h>

namespace footlight {

using Operation = Napi::Value (*)(const Napi::CallbackInfo& info);

// A file registers its operations by `const Registration registrations[] = {{"name", operation}};`: there is no list of all to edit.
struct Registration {
  Registration(const char* name, Operation operation);
};

}  // namespace footlight
