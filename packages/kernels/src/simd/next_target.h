// Ends a pass of foreach_target.h: headers that end in -inl.h are read again when this toggle changes.

#undef FOOTLIGHT_NAMESPACE
#undef FOOTLIGHT_TARGET
#undef FOOTLIGHT_LANES
#undef FOOTLIGHT_AVX512

#ifdef FOOTLIGHT_TARGET_TOGGLE
#undef FOOTLIGHT_TARGET_TOGGLE
#else
#define FOOTLIGHT_TARGET_TOGGLE
#endif
