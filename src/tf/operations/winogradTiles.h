// What the operations of winograd.cc compute of tiles, with ROWS rows of a product kept in registers.

#include "product.h"
#include "winogradTransforms.h"

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
INLINE void transformFilters(const Convolution& shape, const float* w, bool turned, long from, long to, float* u, const int kernel) {
  for (long i = from; i < to; i++)
    for (long o = 0; o < shape.out; o += LANES) {
      Vector g[25], t[30], d[36];
      for (int k = 0; k < kernel * kernel; k++) {
        if (!turned) {
          g[k] = load(w + (k * shape.in + i) * shape.out + o);
        } else {
          const float* here = w + ((kernel * kernel - 1 - k) * shape.out + o) * shape.in + i;
          for (int lane = 0; lane < LANES; lane++) g[k][lane] = here[lane * shape.in];
        }
      }
      for (int x = 0; x < kernel; x++) transformFilter(g + x, kernel, t + x, kernel, kernel);
      for (int y = 0; y < 6; y++) transformFilter(t + y * kernel, 1, d + y * 6, 1, kernel);
      const long first = o - o % (2 * LANES), width = std::min(2L * LANES, shape.out - first);
      for (int k = 0; k < 36; k++) store(u + 36 * shape.in * first + (k * shape.in + i) * width + o - first, d[k]);
    }
}

// The outputs of the tiles from .. to.
INLINE void convolveTiles(const Convolution& shape, const float* x, const float* u, long from, long to, float* y, float* scratch, const int kernel) {
  const int side = 7 - kernel;
  const long vStep = TILES * shape.in + 16, mStep = TILES * 2 * LANES + 16;
  float *zeros = scratch, *unwanted = zeros + shape.in, *v = unwanted + shape.out, *m = v + 36 * vStep;
  std::memset(zeros, 0, shape.in * sizeof(float));
  const float* inputs[TILES * 36];
  float* outputs[TILES * 16];
  for (long first = from; first < to; first += TILES) {
    const long tiles = std::min(TILES, to - first);
    for (long tile = 0; tile < tiles; tile++) {
      inputPixels(shape, x, first + tile, side, zeros, inputs + tile * 36);
      outputPixels(shape, y, first + tile, side, unwanted, outputs + tile * side * side);
    }
    transformInputs(inputs, tiles, 0, shape.in, v, vStep);
    for (long o = 0; o < shape.out; o += 2 * LANES) {
      const long width = std::min(2L * LANES, shape.out - o);
      for (int i = 0; i < 36; i++) {
        const float* b = u + 36 * shape.in * o + i * shape.in * width;
        for (long row = 0; row < tiles; row += ROWS) {
          const float* a = v + i * vStep + row * shape.in;
          float* c = m + i * mStep + row * width;
          if (width > LANES) multiply(a, shape.in, 1, b, width, c, width, shape.in, ROWS, 2, false);
          else multiply(a, shape.in, 1, b, width, c, width, shape.in, ROWS, 1, false);
        }
      }
      transformOutputs(m, mStep, tiles, width, outputs, o, side);
    }
  }
}

// Adds to sums [36][to - from][out] what the tiles first .. last say of the filters of input channels from .. to.
INLINE void addFilterGradients(const Convolution& shape, const float* x, const float* dy, long from, long to, long first, long last, float* sums,
                               float* scratch, const int kernel) {
  const int side = 7 - kernel;
  const long channels = to - from, vStep = TILES * channels + 16, zStep = TILES * shape.out + 16;
  float *zeros = scratch, *v = zeros + std::max(shape.in, shape.out), *z = v + 36 * vStep;
  std::memset(zeros, 0, std::max(shape.in, shape.out) * sizeof(float));
  const float *inputs[TILES * 36], *outputs[TILES * 16];
  for (; first < last; first += TILES) {
    const long tiles = std::min(TILES, last - first);
    for (long tile = 0; tile < tiles; tile++) {
      inputPixels(shape, x, first + tile, side, zeros, inputs + tile * 36);
      outputPixels<const float>(shape, dy, first + tile, side, zeros, outputs + tile * side * side);
    }
    transformInputs(inputs, tiles, from, to, v, vStep);
    transformOutputGradients(outputs, tiles, shape.out, z, zStep, side);
    for (int i = 0; i < 36; i++)
      for (long o = 0; o < shape.out; o += 2 * LANES)
        for (long row = 0; row < channels; row += ROWS) {
          const float *a = v + i * vStep + row, *b = z + i * zStep + o;
          float* c = sums + (i * channels + row) * shape.out + o;
          if (shape.out - o > LANES) multiply(a, 1, channels, b, shape.out, c, shape.out, tiles, ROWS, 2, true);
          else multiply(a, 1, channels, b, shape.out, c, shape.out, tiles, ROWS, 1, true);
        }
  }
}

// The gradients of the filters of one input channel, of its sums, whose 36 planes lie `step` apart.
INLINE void filterGradients(const Convolution& shape, const float* sums, long step, long i, float* dw, const int kernel) {
  for (long o = 0; o < shape.out; o += LANES) {
    Vector m[36], t[30], g[25];
    for (int k = 0; k < 36; k++) m[k] = load(sums + k * step + o);
    for (int x = 0; x < 6; x++) transformFilterGradient(m + x, 6, t + x, 6, kernel);
    for (int y = 0; y < kernel; y++) transformFilterGradient(t + y * 6, 1, g + y * kernel, 1, kernel);
    for (int k = 0; k < kernel * kernel; k++) store(dw + (k * shape.in + i) * shape.out + o, g[k]);
  }
}

// With the size of the filters known to the compiler, every loop over it is unrolled.
const Functions functions = {
    LANES,
    [](const Convolution& shape, const float* w, bool turned, long from, long to, float* u) {
      if (shape.kernel == 3) transformFilters(shape, w, turned, from, to, u, 3);
      else transformFilters(shape, w, turned, from, to, u, 5);
    },
    [](const Convolution& shape, const float* x, const float* u, long from, long to, float* y, float* scratch) {
      if (shape.kernel == 3) convolveTiles(shape, x, u, from, to, y, scratch, 3);
      else convolveTiles(shape, x, u, from, to, y, scratch, 5);
    },
    [](const Convolution& shape, const float* x, const float* dy, long from, long to, long first, long last, float* sums, float* scratch) {
      if (shape.kernel == 3) addFilterGradients(shape, x, dy, from, to, first, last, sums, scratch, 3);
      else addFilterGradients(shape, x, dy, from, to, first, last, sums, scratch, 5);
    },
    [](const Convolution& shape, const float* sums, long step, long i, float* dw) {
      if (shape.kernel == 3) filterGradients(shape, sums, step, i, dw, 3);
      else filterGradients(shape, sums, step, i, dw, 5);
    },
};
