// What the operations of depthwise.cc compute of one image, a vector of channels after the other, with its filter in registers.

#include "vectors.h"

// Values that are needed next: vectors lie far apart in an image, which a processor does not foresee.
INLINE void fetch(const float* values, long count, const int toWrite) {
  for (long i = 0; i < count; i += 16) __builtin_prefetch(values + i, toWrite, 3);
}

// The rows of an image that a filter lies on from `row` on; `zeros` is a row of those beyond it.
INLINE void rowsUnder(const Depthwise& it, const float* image, long row, const float* zeros, const float** rows, const int kernel) {
  for (int i = 0; i < kernel; i++, row++) rows[i] = row >= 0 && row < it.height ? image + row * it.width * it.channels : zeros;
}

// Every column of an output, with the first column of the image that its filter lies on, and whether the whole filter lies inside.
template <class Work>
INLINE void forColumns(const Depthwise& it, const int kernel, Work work) {
  const long first = std::min((it.left + it.stride - 1L) / it.stride, it.outWidth), last = (it.width + it.left - kernel) / it.stride;
  long column = 0;
  for (; column < first; column++) work(column, column * it.stride - it.left, false);
  for (; column <= last; column++) work(column, column * it.stride - it.left, true);
  for (; column < it.outWidth; column++) work(column, column * it.stride - it.left, false);
}

// Every place of a filter that lies inside the image.
template <class Work>
INLINE void forPlaces(const Depthwise& it, const int kernel, long column, const bool inside, Work work) {
#pragma GCC unroll 5
  for (int i = 0; i < kernel; i++)
#pragma GCC unroll 5
    for (int j = 0; j < kernel; j++)
      if (inside || (column + j >= 0 && column + j < it.width)) work(i, j);
}

#define INLINED __attribute__((always_inline))

// Rows of outputs; `turned`, of the gradients of the inputs of a stride of 1, which is the same with the filters turned round.
INLINE void filterRows(const Depthwise& it, const float* image, const float* filter, const float* zeros, long from, long to, float* y, const int kernel,
                       const bool turned) {
  const long inputs = it.width * it.channels, outputs = it.outWidth * it.channels;
  for (long row = from; row < to; row++) {
    const long top = row * it.stride - it.top, next = std::max(0L, top + kernel), more = std::min(it.height - next, long(it.stride));
    fetch(image + next * inputs, more * inputs, 0);
    if (row + 1 < to) fetch(y + (row + 1) * outputs, outputs, 1);
    const float* rows[5];
    rowsUnder(it, image, top, zeros, rows, kernel);
    for (long c = 0; c < it.channels; c += LANES) {
      Vector w[25];
      for (int k = 0; k < kernel * kernel; k++) w[k] = load(filter + (turned ? kernel * kernel - 1 - k : k) * it.channels + c);
      forColumns(it, kernel, [&](long column, long left, const bool inside) INLINED {
        Vector sum{};
        forPlaces(it, kernel, left, inside, [&](int i, int j) INLINED { sum += w[i * kernel + j] * load(rows[i] + (left + j) * it.channels + c); });
        store(y + row * outputs + column * it.channels + c, sum);
      });
    }
  }
}

// The gradients of the inputs of any stride: of each, from the outputs that it is in, which are in every `stride`th row and column of the filter.
INLINE void spreadRows(const Depthwise& it, const float* dy, const float* filter, float* dx) {
  for (long row = 0; row < it.height; row++) {
    const float* rows[5];
    int of[5], n = 0;
    for (int i = (row + it.top) % it.stride; i < it.kernel; i += it.stride) {
      const long y = (row + it.top - i) / it.stride;
      if (row + it.top < i || y >= it.outHeight) continue;
      rows[n] = dy + y * it.outWidth * it.channels;
      of[n++] = i * it.kernel;
    }
    for (long c = 0; c < it.channels; c += LANES)
      for (long column = 0; column < it.width; column++) {
        Vector sum{};
        for (int j = (column + it.left) % it.stride; j < it.kernel; j += it.stride) {
          const long x = (column + it.left - j) / it.stride;
          if (column + it.left < j || x >= it.outWidth) continue;
          for (int i = 0; i < n; i++) sum += load(filter + (of[i] + j) * it.channels + c) * load(rows[i] + x * it.channels + c);
        }
        store(dx + (row * it.width + column) * it.channels + c, sum);
      }
  }
}

INLINE void sumProducts(const Depthwise& it, const float* image, const float* dy, const float* zeros, float* dw, const int kernel) {
  for (long c = 0; c < it.channels; c += LANES) {
    Vector sums[25] = {};
    for (long row = 0; row < it.outHeight; row++) {
      const float* rows[5];
      rowsUnder(it, image, row * it.stride - it.top, zeros, rows, kernel);
      forColumns(it, kernel, [&](long column, long left, const bool inside) INLINED {
        const Vector gradient = load(dy + (row * it.outWidth + column) * it.channels + c);
        forPlaces(it, kernel, left, inside, [&](int i, int j) INLINED { sums[i * kernel + j] += gradient * load(rows[i] + (left + j) * it.channels + c); });
      });
    }
    for (int k = 0; k < kernel * kernel; k++) store(dw + k * it.channels + c, sums[k]);
  }
}

// With the size of the filters known to the compiler, every loop over it is unrolled.
const Functions functions = {
    [](const Depthwise& it, const float* image, const float* w, const float* zeros, long from, long to, float* y) {
      if (it.kernel == 3) filterRows(it, image, w, zeros, from, to, y, 3, false);
      else filterRows(it, image, w, zeros, from, to, y, 5, false);
    },
    [](const Depthwise& it, const float* dy, const float* w, const float* zeros, float* dx) {
      if (it.stride > 1) return spreadRows(it, dy, w, dx);
      const int far = it.kernel - 1;
      const Depthwise turned = {it.images, it.outHeight, it.outWidth, it.height, it.width, it.channels, it.kernel, 1, far - it.top, far - it.left};
      if (it.kernel == 3) filterRows(turned, dy, w, zeros, 0, it.height, dx, 3, true);
      else filterRows(turned, dy, w, zeros, 0, it.height, dx, 5, true);
    },
    [](const Depthwise& it, const float* image, const float* dy, const float* zeros, float* dw) {
      if (it.kernel == 3) sumProducts(it, image, dy, zeros, dw, 3);
      else sumProducts(it, image, dy, zeros, dw, 5);
    },
};
#undef INLINED
