// What winograd.cc computes with: the same functions for every instruction set, and which of them a convolution takes.

#pragma once

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>

#include "convolution.h"

namespace {

struct Functions {
  long lanes;
  void (*transformFilters)(const Convolution&, const float* w, bool turned, long from, long to, float* u);
  void (*convolveTiles)(const Convolution&, const float* x, const float* u, long from, long to, float* y, float* scratch);
  void (*addFilterGradients)(const Convolution&, const float* x, const float* dy, long from, long to, long first, long last, float* sums, float* scratch);
  void (*filterGradients)(const Convolution&, const float* sums, long step, long i, float* dw);
};

// Tiles that a thread transforms at a time: with 64 channels, what it keeps of them fits a second-level cache.
constexpr long TILES = 32;
// Input channels of a thread's filter gradients.
constexpr long CHANNELS = 64;

// p^k / N of the points p = 0, 1, -1, 2, -2, where N is the product of a point's distances from the others.
constexpr float G[5][5] = {
    {1 / 4.f, 0, 0, 0, 0},
    {-1 / 6.f, -1 / 6.f, -1 / 6.f, -1 / 6.f, -1 / 6.f},
    {-1 / 6.f, 1 / 6.f, -1 / 6.f, 1 / 6.f, -1 / 6.f},
    {1 / 24.f, 1 / 12.f, 1 / 6.f, 1 / 3.f, 2 / 3.f},
    {1 / 24.f, -1 / 12.f, 1 / 6.f, -1 / 3.f, 2 / 3.f},
};

#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")
#define LANES 16
#define ROWS 8
namespace avx512 {
#include "winogradTransforms.h"
#include "winogradTiles.h"
}
#undef LANES
#undef ROWS
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#define LANES 8
#define ROWS 4
namespace avx2 {
#include "winogradTransforms.h"
#include "winogradTiles.h"
}
#undef LANES
#undef ROWS
#pragma GCC pop_options
#endif
#define LANES 4
#define ROWS 4
namespace any {
#include "winogradTransforms.h"
#include "winogradTiles.h"
}

// Vectors of 16 are the quicker ones from 32 channels on; before that, one of them is all of a tile's channels. Whoever holds oneDNN to fewer
// instructions than the processor has, to measure or to compare, means these operations too.
const Functions& functionsFor(const Convolution& shape) {
#if defined(__x86_64__)
  static const char* set = std::getenv("ONEDNN_MAX_CPU_ISA");
  static const std::string limit = set ? set : "";
  static const bool hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && limit != "SSE41" && limit != "AVX";
  static const bool hasAvx512 = hasAvx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                                __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") && limit.rfind("AVX2", 0) != 0;
  if (hasAvx512 && shape.in % 16 == 0 && shape.out % 16 == 0 && shape.in >= 32 && shape.out >= 32) return avx512::functions;
  if (hasAvx2) return avx2::functions;
#endif
  return any::functions;
}

}  // namespace
