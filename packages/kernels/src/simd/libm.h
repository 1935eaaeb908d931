#pragma once

// Functions of the C library that kernels call. Freestanding builds have no <math.h>; whoever links them provides these.
#if __STDC_HOSTED__ || defined(_MSC_VER)
#include <math.h>
#include <string.h>
#else
extern "C" {
float cosf(float x);
float expf(float x);
float logf(float x);
float powf(float x, float y);
float sinf(float x);
double log(double x);
}
static inline float ceilf(float x) { return __builtin_ceilf(x); }
static inline float floorf(float x) { return __builtin_floorf(x); }
static inline float rintf(float x) { return __builtin_rintf(x); }
#endif
