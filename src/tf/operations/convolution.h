// A convolution with stride 1, and where the pixels of its tiles lie.

#pragma once

#include "vectorised.h"

namespace {

// All of the field's usual sizes; `pad` zeros lie around the input.
struct Convolution {
  long images, height, width, in, outHeight, outWidth, out;
  int kernel, pad;
};

INLINE long across(long pixels, int side) { return (pixels + side - 1) / side; }
INLINE long tilesOf(const Convolution& shape) {
  const int side = 7 - shape.kernel;
  return shape.images * across(shape.outHeight, side) * across(shape.outWidth, side);
}

// Where the `count` x `count` pixels of a tile lie, from (top, left) of its image on; `outside` stands for those that lie beyond the image.
template <class Float>
INLINE void pixels(Float* image, long height, long width, long channels, long top, long left, int count, Float* outside, Float** at) {
  for (long y = top; y < top + count; y++)
    for (long x = left; x < left + count; x++) {
      const bool inside = y >= 0 && y < height && x >= 0 && x < width;
      *at++ = inside ? image + (y * width + x) * channels : outside;
    }
}

INLINE void inputPixels(const Convolution& shape, const float* x, long tile, int side, const float* outside, const float** at) {
  const long columns = across(shape.outWidth, side), rows = across(shape.outHeight, side);
  const float* image = x + tile / columns / rows * shape.height * shape.width * shape.in;
  pixels(image, shape.height, shape.width, shape.in, tile / columns % rows * side - shape.pad, tile % columns * side - shape.pad, 6, outside, at);
}

template <class Float>
INLINE void outputPixels(const Convolution& shape, Float* y, long tile, int side, Float* outside, Float** at) {
  const long columns = across(shape.outWidth, side), rows = across(shape.outHeight, side);
  Float* image = y + tile / columns / rows * shape.outHeight * shape.outWidth * shape.out;
  pixels(image, shape.outHeight, shape.outWidth, shape.out, tile / columns % rows * side, tile % columns * side, side, outside, at);
}

}  // namespace
