#include "simd/targets.h"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace footlight {
namespace {

InstructionSet best() {
#if FOOTLIGHT_X86
  __builtin_cpu_init();
  const bool fused = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512bw");
  if (fused && wide) return InstructionSet::avx512;
  if (fused) return InstructionSet::avx2;
#endif
  return InstructionSet::portable;
}

std::string asked_for() {
  const char* text = std::getenv("FOOTLIGHT_INSTRUCTIONS");
  return text ? text : "";
}

// Nothing is beyond AVX-512 here: to ask for it is to ask for the best.
InstructionSet chosen() {
  const std::string asked = asked_for();
  if (asked == "portable") return InstructionSet::portable;
  if (asked == "avx2") return std::min(best(), InstructionSet::avx2);
  return best();
}

}  // namespace

InstructionSet instruction_set() {
  static const InstructionSet set = chosen();
  return set;
}

bool amx_allowed() {
  const std::string asked = asked_for();
  return asked != "portable" && asked != "avx2" && asked != "avx512";
}

}  // namespace footlight
