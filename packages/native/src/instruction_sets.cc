#include "instruction_sets.h"

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

InstructionSet chosen() {
  const char* text = std::getenv("FOOTLIGHT_INSTRUCTIONS");
  const std::string asked = text ? text : "";
  if (asked == "portable") return InstructionSet::portable;
  if (asked == "avx2") return std::min(best(), InstructionSet::avx2);
  return best();
}

}  // namespace

InstructionSet instruction_set() {
  static const InstructionSet set = chosen();
  return set;
}

}  // namespace footlight
