#pragma once

// Functions of the C library that kernels call. Freestanding builds have no <math.h>; whoever links them provides these.
#if __STDC_HOSTED__ || defined(_MSC_VER)
#include <math.h>
#include <string.h>
#else
extern "C" {
float ceilf(float x);
float cosf(float x);
float expf(float x);
float floorf(float x);
float logf(float x);
float powf(float x, float y);
float rintf(float x);
float sinf(float x);
double log(double x);
}
#endif
