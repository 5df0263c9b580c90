// The transforms of minimal filtering. instructionSets.h includes this file, as winogradTiles.h, once for every instruction set.

// The matrices of Lavin & Gray 2015, section 4.1 and appendix, for the points 0, 1, -1, 2, -2 and infinity, each times a column of vectors whose
// elements lie `step` apart. A picture's tile goes through one of them twice, along its columns and along its rows.

// Bᵀ d, 6 to 6
INLINE void transformInput(const Vector* d, int step, Vector* t, int tStep) {
  const Vector a = d[4 * step] - 4.0f * d[2 * step], b = d[3 * step] - 4.0f * d[step];
  const Vector c = d[4 * step] - d[2 * step], e = 2.0f * (d[3 * step] - d[step]);
  t[0] = 4.0f * d[0] - 5.0f * d[2 * step] + d[4 * step];
  t[tStep] = a + b;
  t[2 * tStep] = a - b;
  t[3 * tStep] = c + e;
  t[4 * tStep] = c - e;
  t[5 * tStep] = 4.0f * d[step] - 5.0f * d[3 * step] + d[5 * step];
}

// Aᵀ m, 6 to `side`
INLINE void transformOutput(const Vector* m, int step, Vector* y, int yStep, const int side) {
  const Vector even = m[step] + m[2 * step], odd = m[step] - m[2 * step];
  const Vector even2 = m[3 * step] + m[4 * step], odd2 = m[3 * step] - m[4 * step];
  y[0] = m[0] + even + even2;
  if (side == 2) {
    y[yStep] = odd + 2.0f * odd2 + m[5 * step];
  } else {
    y[yStep] = odd + 2.0f * odd2;
    y[2 * yStep] = even + 4.0f * even2;
    y[3 * yStep] = odd + 8.0f * odd2 + m[5 * step];
  }
}

// A y, `side` to 6
INLINE void transformOutputGradient(const Vector* y, int step, Vector* z, int zStep, const int side) {
  Vector even = y[0], odd = y[step], even2 = even, odd2 = 2.0f * odd;
  if (side == 4) {
    even += y[2 * step];
    odd += y[3 * step];
    even2 += 4.0f * y[2 * step];
    odd2 += 8.0f * y[3 * step];
  }
  z[0] = y[0];
  z[zStep] = even + odd;
  z[2 * zStep] = even - odd;
  z[3 * zStep] = even2 + odd2;
  z[4 * zStep] = even2 - odd2;
  z[5 * zStep] = y[(side - 1) * step];
}

// G g, `kernel` to 6
INLINE void transformFilter(const Vector* g, int step, Vector* u, int uStep, const int kernel) {
#pragma GCC unroll 5
  for (int j = 0; j < 5; j++) {
    Vector sum = G[j][0] * g[0];
#pragma GCC unroll 5
    for (int k = 1; k < kernel; k++) sum += G[j][k] * g[k * step];
    u[j * uStep] = sum;
  }
  u[5 * uStep] = g[(kernel - 1) * step];
}

// Gᵀ m, 6 to `kernel`
INLINE void transformFilterGradient(const Vector* m, int step, Vector* g, int gStep, const int kernel) {
#pragma GCC unroll 5
  for (int k = 0; k < kernel; k++) {
    Vector sum = k == kernel - 1 ? m[5 * step] : Vector{};
#pragma GCC unroll 5
    for (int j = 0; j < 5; j++) sum += G[j][k] * m[j * step];
    g[k * gStep] = sum;
  }
}
