// A product of matrices, as many rows of which as there are registers for are computed at a time.

#include "vectors.h"

#undef ROWS
#define ROWS (LANES == 16 ? 8 : 4)

// c = a b, or c += a b: up to ROWS rows of one or two vectors. a[i][k] lies at a[i * ai + k * ak].
INLINE void multiply(const float* a, long ai, long ak, const float* b, long bk, float* c, long ci, long count, const int rows, const int vectors, const bool add) {
  Vector sums[ROWS][2];
#pragma GCC unroll 8
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) sums[i][v] = add ? load(c + i * ci + v * LANES) : Vector{};
  for (long k = 0; k < count; k++) {
    const Vector b0 = load(b + k * bk), b1 = vectors == 2 ? load(b + k * bk + LANES) : Vector{};
#pragma GCC unroll 8
    for (int i = 0; i < rows; i++) {
      const float factor = a[i * ai + k * ak];
      sums[i][0] += factor * b0;
      if (vectors == 2) sums[i][1] += factor * b1;
    }
  }
#pragma GCC unroll 8
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) store(c + i * ci + v * LANES, sums[i][v]);
}
