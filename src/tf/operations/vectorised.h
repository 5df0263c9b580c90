// How functions are compiled that the compiler itself turns into vectors.

#pragma once

// The compiler makes a function for each of these instruction sets, and the program takes the best that its processor has. Not by processors'
// names, as in "arch=haswell": those are Intel's, and an AMD with the same instructions would get the slow one.
#if defined(__x86_64__) && __GNUC__ >= 12
#define VECTORISED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#elif defined(__x86_64__)
#define VECTORISED __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define VECTORISED
#endif
#define INLINE inline __attribute__((always_inline))
