#pragma once

#include "simd/targets.h"

namespace footlight {

// The bits of the float that is the nearest bf16, ties to even: the upper 16, the others are 0. Not-a-number stays one.
// Static, so that what is compiled for one set of instructions is not merged with what is for another.
static inline uint32_t bf16_bits(float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, 4);
  return (value == value ? bits + 0x7fff + (bits >> 16 & 1) : bits | 0x00400000u) & 0xffff0000u;
}

}  // namespace footlight
