// What the operations of pointwise.cc compute, a block of pixels after the other.

#include "product.h"

// The filters in panels of two vectors of outputs, [panel][input][output], so that a panel is read in one go. `turned`, they are those of the
// gradients of the inputs, of which the outputs are the inputs.
INLINE void packFilters(const Pointwise& it, const float* w, bool turned, float* packed) {
  for (long o = 0; o < it.out; o += 2 * LANES) {
    const long width = std::min(2L * LANES, it.out - o);
    for (long i = 0; i < it.in; i++)
      for (long lane = o; lane < o + width; lane++) *packed++ = turned ? w[lane * it.in + i] : w[i * it.out + lane];
  }
}

INLINE void multiplyPixels(const Pointwise& it, const float* x, const float* packed, long from, long to, float* y) {
  for (long first = from; first < to; first += PIXELS) {
    const long last = std::min(to, first + PIXELS);
    for (long o = 0; o < it.out; o += 2 * LANES) {
      const long width = std::min(2L * LANES, it.out - o);
      const float* panel = packed + o * it.in;
      long pixel = first;
      for (; pixel + ROWS <= last; pixel += ROWS) {
        if (width > LANES) multiply(x + pixel * it.in, it.in, 1, panel, width, y + pixel * it.out + o, it.out, it.in, ROWS, 2, false);
        else multiply(x + pixel * it.in, it.in, 1, panel, width, y + pixel * it.out + o, it.out, it.in, ROWS, 1, false);
      }
      for (; pixel < last; pixel++) {
        if (width > LANES) multiply(x + pixel * it.in, it.in, 1, panel, width, y + pixel * it.out + o, it.out, it.in, 1, 2, false);
        else multiply(x + pixel * it.in, it.in, 1, panel, width, y + pixel * it.out + o, it.out, it.in, 1, 1, false);
      }
    }
  }
}

// sums += xᵀ dy of the pixels from .. to.
INLINE void addFilterGradients(const Pointwise& it, const float* x, const float* dy, long from, long to, float* sums) {
  for (long first = from; first < to; first += PIXELS) {
    const long pixels = std::min(PIXELS, to - first);
    for (long i = 0; i < it.in; i += ROWS)
      for (long o = 0; o < it.out; o += 2 * LANES) {
        const float *a = x + first * it.in + i, *b = dy + first * it.out + o;
        if (it.out - o > LANES) multiply(a, 1, it.in, b, it.out, sums + i * it.out + o, it.out, pixels, ROWS, 2, true);
        else multiply(a, 1, it.in, b, it.out, sums + i * it.out + o, it.out, pixels, ROWS, 1, true);
      }
  }
}

const Functions functions = {
    [](const Pointwise& it, const float* w, bool turned, float* packed) { packFilters(it, w, turned, packed); },
    [](const Pointwise& it, const float* x, const float* packed, long from, long to, float* y) { multiplyPixels(it, x, packed, from, to, y); },
    [](const Pointwise& it, const float* x, const float* dy, long from, long to, float* sums) { addFilterGradients(it, x, dy, from, to, sums); },
};
