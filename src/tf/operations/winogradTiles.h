// What the operations of winograd.cc compute of tiles, with ROWS rows of a product kept in registers.

// c = a b, or c += a b: ROWS rows of one or two vectors. a[i][k] lies at a[i * ai + k * ak].
INLINE void multiply(const float* a, long ai, long ak, const float* b, long bk, float* c, long ci, long count, const int vectors, const bool add) {
  Vector sums[ROWS][2];
#pragma GCC unroll 8
  for (int i = 0; i < ROWS; i++)
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) sums[i][v] = add ? load(c + i * ci + v * LANES) : Vector{};
  for (long k = 0; k < count; k++) {
    const Vector b0 = load(b + k * bk), b1 = vectors == 2 ? load(b + k * bk + LANES) : Vector{};
#pragma GCC unroll 8
    for (int i = 0; i < ROWS; i++) {
      const float it = a[i * ai + k * ak];
      sums[i][0] += it * b0;
      if (vectors == 2) sums[i][1] += it * b1;
    }
  }
#pragma GCC unroll 8
  for (int i = 0; i < ROWS; i++)
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) store(c + i * ci + v * LANES, sums[i][v]);
}

// From [36][tile][channel] or into it: its 36 planes lie `step` apart.

// V of the input channels from .. to of tiles whose 36 pixels `pixels` points at.
INLINE void transformInputs(const float* const* pixels, long tiles, long from, long to, float* v, long step) {
  for (long tile = 0; tile < tiles; tile++, pixels += 36, v += to - from)
    for (long c = from; c < to; c += LANES) {
      Vector t[36], d[36];
#pragma GCC unroll 6
      for (int x = 0; x < 6; x++) {
        Vector column[6];
#pragma GCC unroll 6
        for (int y = 0; y < 6; y++) column[y] = load(pixels[y * 6 + x] + c);
        transformInput(column, 1, t + x, 6);
      }
#pragma GCC unroll 6
      for (int y = 0; y < 6; y++) transformInput(t + y * 6, 1, d + y * 6, 1);
#pragma GCC unroll 36
      for (int i = 0; i < 36; i++) store(v + i * step + c - from, d[i]);
    }
}

// Z of the output channels of tiles whose gradients `pixels` points at.
INLINE void transformOutputGradients(const float* const* pixels, long tiles, long channels, float* z, long step, const int side) {
  for (long tile = 0; tile < tiles; tile++, pixels += side * side, z += channels)
    for (long c = 0; c < channels; c += LANES) {
      Vector t[24], d[36];
#pragma GCC unroll 4
      for (int x = 0; x < side; x++) {
        Vector column[4];
#pragma GCC unroll 4
        for (int y = 0; y < side; y++) column[y] = load(pixels[y * side + x] + c);
        transformOutputGradient(column, 1, t + x, side, side);
      }
#pragma GCC unroll 6
      for (int y = 0; y < 6; y++) transformOutputGradient(t + y * side, 1, d + y * 6, 1, side);
#pragma GCC unroll 36
      for (int i = 0; i < 36; i++) store(z + i * step + c, d[i]);
    }
}

// The pixels that `pixels` points at, of M with its one or two vectors of output channels, the first of which is `first`.
INLINE void transformOutputs(const float* m, long step, long tiles, long width, float* const* pixels, long first, const int side) {
  for (long tile = 0; tile < tiles; tile++, pixels += side * side, m += width)
    for (long c = 0; c < width; c += LANES) {
      Vector t[24], y[16];
#pragma GCC unroll 6
      for (int x = 0; x < 6; x++) {
        Vector column[6];
#pragma GCC unroll 6
        for (int i = 0; i < 6; i++) column[i] = load(m + (i * 6 + x) * step + c);
        transformOutput(column, 1, t + x, 6, side);
      }
#pragma GCC unroll 4
      for (int i = 0; i < side; i++) transformOutput(t + i * 6, 1, y + i * side, 1, side);
#pragma GCC unroll 16
      for (int i = 0; i < side * side; i++) store(pixels[i] + first + c, y[i]);
    }
}

// U of the input channels from .. to: [two vectors of outputs][36][input][output]. Turned, w is of the convolution whose gradient this is.
INLINE void transformFilters(const Convolution& it, const float* w, bool turned, long from, long to, float* u, const int kernel) {
  for (long i = from; i < to; i++)
    for (long o = 0; o < it.out; o += LANES) {
      Vector g[25], t[30], d[36];
      for (int k = 0; k < kernel * kernel; k++) {
        if (!turned) {
          g[k] = load(w + (k * it.in + i) * it.out + o);
        } else {
          const float* here = w + ((kernel * kernel - 1 - k) * it.out + o) * it.in + i;
          for (int lane = 0; lane < LANES; lane++) g[k][lane] = here[lane * it.in];
        }
      }
      for (int x = 0; x < kernel; x++) transformFilter(g + x, kernel, t + x, kernel, kernel);
      for (int y = 0; y < 6; y++) transformFilter(t + y * kernel, 1, d + y * 6, 1, kernel);
      const long first = o - o % (2 * LANES), width = std::min(2L * LANES, it.out - first);
      for (int k = 0; k < 36; k++) store(u + 36 * it.in * first + (k * it.in + i) * width + o - first, d[k]);
    }
}

// The outputs of the tiles from .. to.
INLINE void convolveTiles(const Convolution& it, const float* x, const float* u, long from, long to, float* y, float* scratch, const int kernel) {
  const int side = 7 - kernel;
  const long vStep = TILES * it.in + 16, mStep = TILES * 2 * LANES + 16;
  float *zeros = scratch, *unwanted = zeros + it.in, *v = unwanted + it.out, *m = v + 36 * vStep;
  std::memset(zeros, 0, it.in * sizeof(float));
  const float* inputs[TILES * 36];
  float* outputs[TILES * 16];
  for (long first = from; first < to; first += TILES) {
    const long tiles = std::min(TILES, to - first);
    for (long tile = 0; tile < tiles; tile++) {
      inputPixels(it, x, first + tile, side, zeros, inputs + tile * 36);
      outputPixels(it, y, first + tile, side, unwanted, outputs + tile * side * side);
    }
    transformInputs(inputs, tiles, 0, it.in, v, vStep);
    for (long o = 0; o < it.out; o += 2 * LANES) {
      const long width = std::min(2L * LANES, it.out - o);
      for (int i = 0; i < 36; i++) {
        const float* b = u + 36 * it.in * o + i * it.in * width;
        for (long row = 0; row < tiles; row += ROWS) {
          const float* a = v + i * vStep + row * it.in;
          float* c = m + i * mStep + row * width;
          if (width > LANES) multiply(a, it.in, 1, b, width, c, width, it.in, 2, false);
          else multiply(a, it.in, 1, b, width, c, width, it.in, 1, false);
        }
      }
      transformOutputs(m, mStep, tiles, width, outputs, o, side);
    }
  }
}

// Adds to sums [36][to - from][out] what the tiles first .. last say of the filters of input channels from .. to.
INLINE void addFilterGradients(const Convolution& it, const float* x, const float* dy, long from, long to, long first, long last, float* sums,
                               float* scratch, const int kernel) {
  const int side = 7 - kernel;
  const long channels = to - from, vStep = TILES * channels + 16, zStep = TILES * it.out + 16;
  float *zeros = scratch, *v = zeros + std::max(it.in, it.out), *z = v + 36 * vStep;
  std::memset(zeros, 0, std::max(it.in, it.out) * sizeof(float));
  const float *inputs[TILES * 36], *outputs[TILES * 16];
  for (; first < last; first += TILES) {
    const long tiles = std::min(TILES, last - first);
    for (long tile = 0; tile < tiles; tile++) {
      inputPixels(it, x, first + tile, side, zeros, inputs + tile * 36);
      outputPixels<const float>(it, dy, first + tile, side, zeros, outputs + tile * side * side);
    }
    transformInputs(inputs, tiles, from, to, v, vStep);
    transformOutputGradients(outputs, tiles, it.out, z, zStep, side);
    for (int i = 0; i < 36; i++)
      for (long o = 0; o < it.out; o += 2 * LANES)
        for (long row = 0; row < channels; row += ROWS) {
          const float *a = v + i * vStep + row, *b = z + i * zStep + o;
          float* c = sums + (i * channels + row) * it.out + o;
          if (it.out - o > LANES) multiply(a, 1, channels, b, it.out, c, it.out, tiles, 2, true);
          else multiply(a, 1, channels, b, it.out, c, it.out, tiles, 1, true);
        }
  }
}

// The gradients of the filters of one input channel, of its sums, whose 36 planes lie `step` apart.
INLINE void filterGradients(const Convolution& it, const float* sums, long step, long i, float* dw, const int kernel) {
  for (long o = 0; o < it.out; o += LANES) {
    Vector m[36], t[30], g[25];
    for (int k = 0; k < 36; k++) m[k] = load(sums + k * step + o);
    for (int x = 0; x < 6; x++) transformFilterGradient(m + x, 6, t + x, 6, kernel);
    for (int y = 0; y < kernel; y++) transformFilterGradient(t + y * 6, 1, g + y * kernel, 1, kernel);
    for (int k = 0; k < kernel * kernel; k++) store(dw + (k * it.in + i) * it.out + o, g[k]);
  }
}

// With the size of the filters known to the compiler, every loop over it is unrolled.
const Functions functions = {
    LANES,
    [](const Convolution& it, const float* w, bool turned, long from, long to, float* u) {
      if (it.kernel == 3) transformFilters(it, w, turned, from, to, u, 3);
      else transformFilters(it, w, turned, from, to, u, 5);
    },
    [](const Convolution& it, const float* x, const float* u, long from, long to, float* y, float* scratch) {
      if (it.kernel == 3) convolveTiles(it, x, u, from, to, y, scratch, 3);
      else convolveTiles(it, x, u, from, to, y, scratch, 5);
    },
    [](const Convolution& it, const float* x, const float* dy, long from, long to, long first, long last, float* sums, float* scratch) {
      if (it.kernel == 3) addFilterGradients(it, x, dy, from, to, first, last, sums, scratch, 3);
      else addFilterGradients(it, x, dy, from, to, first, last, sums, scratch, 5);
    },
    [](const Convolution& it, const float* sums, long step, long i, float* dw) {
      if (it.kernel == 3) filterGradients(it, sums, step, i, dw, 3);
      else filterGradients(it, sums, step, i, dw, 5);
    },
};
