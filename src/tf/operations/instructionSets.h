// Includes the file KERNELS, which computes with vectors of LANES floats and ends in a table `functions`, once for every instruction set; `chosen`
// is the table for the processor this runs on.

#pragma once

#include <cstdlib>
#include <string>

#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")
#define LANES 16
namespace avx512 {
#include KERNELS
}
#undef LANES
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#define LANES 8
namespace avx2 {
#include KERNELS
}
#undef LANES
#pragma GCC pop_options
#endif
#define LANES 4
namespace any {
#include KERNELS
}

namespace {

// With vectors of 16 where the processor has them and they suit. Whoever holds oneDNN to fewer instructions than the processor has, to measure or
// to compare, means these operations too.
inline const Functions& chosen(bool sixteenSuit) {
#if defined(__x86_64__)
  static const char* set = std::getenv("ONEDNN_MAX_CPU_ISA");
  static const std::string limit = set ? set : "";
  static const bool hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && limit != "SSE41" && limit != "AVX";
  static const bool hasAvx512 = hasAvx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                                __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") && limit.rfind("AVX2", 0) != 0;
  if (hasAvx512 && sixteenSuit) return avx512::functions;
  if (hasAvx2) return avx2::functions;
#endif
  return any::functions;
}

}  // namespace
