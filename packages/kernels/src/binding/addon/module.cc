#include <deque>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>

#include "binding/addon/arguments.h"
#include "threading/thread_pool.h"
#include "binding/addon/registration.h"

#if defined(_WIN32)
#include <windows.h>
#elif !defined(__linux__)
#include <dlfcn.h>
#endif

namespace footlight {
namespace {

struct RegisteredOperation {
  const char* name;
  Operation operation;
};

// Made by the first registration, since the order of initialisation across files is open, and never destroyed: a thread may be in a call when the process exits.
std::deque<RegisteredOperation>& registered_operations() {
  static auto* const all = new std::deque<RegisteredOperation>;
  return *all;
}

// Runs an operation for JavaScript, and lets no C++ exception out: what cannot be thrown, since the environment is about to end, is dropped.
napi_value call(napi_env env, napi_callback_info raw) {
  void* data = nullptr;
  if (napi_get_cb_info(env, raw, nullptr, nullptr, nullptr, &data) != napi_ok) return nullptr;
  const auto& [name, operation] = *static_cast<const RegisteredOperation*>(data);
  const auto range_error = [&](const std::string& text) { napi_throw_range_error(env, nullptr, (std::string(name) + ": " + text + ".").c_str()); };
  try {
    try {
      const Napi::CallbackInfo info(env, raw);
      return operation(info);
    } catch (const Napi::Error& error) {  // of JavaScript, thrown by a getter for example
      error.ThrowAsJavaScriptException();
    } catch (const Refusal& refusal) {
      napi_throw_type_error(env, nullptr, refusal.what());
    } catch (const TooLarge& error) {
      range_error(error.what());
    } catch (const std::length_error&) {
      range_error("expected sizes of memory that exists, received larger ones");
    } catch (const std::bad_alloc&) {
      range_error("expected enough memory for its result, received less. Use smaller sizes or smaller batches");
    } catch (const std::exception& error) {
      napi_throw_error(env, nullptr, (std::string(name) + ": " + error.what()).c_str());
    }
  } catch (...) {
  }
  return nullptr;
}

// The system must not unload the code while threads are in it. On Linux the linker is told so (kernels.gypi).
void stay_loaded() {
#if defined(_WIN32)
  HMODULE self;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN, reinterpret_cast<LPCWSTR>(&stay_loaded), &self);
#elif !defined(__linux__)
  Dl_info self;
  if (dladdr(reinterpret_cast<void*>(&stay_loaded), &self) != 0) dlopen(self.dli_fname, RTLD_LAZY | RTLD_NODELETE);
#endif
}

void leave(void* environment) {
  delete static_cast<char*>(environment);
  leave_threads();
}

Napi::Value threads_of(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), threads().count); }
const Registration registration("threads", threads_of);

}  // namespace

Registration::Registration(const char* name, Operation operation) { registered_operations().push_back({name, operation}); }

Napi::Object register_all(Napi::Env env, Napi::Object exports) {
  stay_loaded();
  auto* const environment = new char;  // an environment may load us twice: hooks are told apart by their argument
  if (napi_add_env_cleanup_hook(env, leave, environment) == napi_ok) enter_threads();
  else delete environment;
  for (const RegisteredOperation& registered : registered_operations()) {
    napi_value function;
    const napi_status status = napi_create_function(env, registered.name, NAPI_AUTO_LENGTH, call, const_cast<RegisteredOperation*>(&registered), &function);
    if (status != napi_ok) throw Napi::Error::New(env);
    exports[registered.name] = Napi::Value(env, function);
  }
  return exports;
}

}  // namespace footlight

Napi::Object register_footlight(Napi::Env env, Napi::Object exports) { return footlight::register_all(env, exports); }

NODE_API_MODULE(footlight, register_footlight)
