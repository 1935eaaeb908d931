#pragma once

#include <cstdio>
#include <cstdlib>

// For the tests that run under sanitizers (sanitize.mjs): ends the program where something does not hold.
inline void check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "expected: %s\n", what);
  std::exit(1);
}
