#include <utility>
#include <vector>

#include "parallel.h"
#include "registry.h"

namespace footlight {
namespace {

std::vector<std::pair<const char*, Operation>>& offers() {
  static std::vector<std::pair<const char*, Operation>> all;  // made by the first offer: the order of initialisation across files is open
  return all;
}

Napi::Value threads_of(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), threads()); }
const Offer offer("threads", threads_of);

}  // namespace

Offer::Offer(const char* name, Operation operation) { offers().emplace_back(name, operation); }

Napi::Object offer_all(Napi::Env env, Napi::Object exports) {
  for (const auto& [name, operation] : offers()) exports[name] = Napi::Function::New(env, operation, name);
  return exports;
}

}  // namespace footlight

Napi::Object register_footlight(Napi::Env env, Napi::Object exports) { return footlight::offer_all(env, exports); }

NODE_API_MODULE(footlight, register_footlight)
