// TensorFlow has GELU as twelve operations one after the other and swish as six, and each of them is a pass over the whole of the data; here each is one
// operation and its gradient another. `scripts/install-tensorflow.ts` compiles the files of this folder where it links the binding of
// TensorFlow.js; where it did not, TensorFlow's own operations are taken.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "tensorflow/core/framework/common_shape_fns.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/op_kernel.h"

#include "vectorised.h"

namespace {

using tensorflow::OpKernel;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;

// e^x to the precision of a float, of operations that a compiler turns into vectors (Moshier's Cephes, expf).
INLINE float exponential(float x) {
  x = std::min(std::max(x, -87.0f), 88.0f);
  const float magic = 12582912.0f;
  const float n = (x * 1.44269504f + magic) - magic;
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  const int32_t bits = (static_cast<int32_t>(n) + 127) << 23;
  float scale;
  std::memcpy(&scale, &bits, 4);
  return p * scale;
}

struct Normal {
  float share, density;
};

// The standard normal distribution: its share below x, off by less than 2e-7 (Abramowitz & Stegun 1964, 7.1.26), and its density at x.
INLINE Normal normal(float x) {
  const float u = std::fabs(x) * 0.70710678f;
  const float e = exponential(-u * u);
  const float t = 1.0f / (1.0f + 0.3275911f * u);
  const float tail = ((((1.061405429f * t - 1.453152027f) * t + 1.421413741f) * t - 0.284496736f) * t + 0.254829592f) * t * e * 0.5f;
  return {x < 0 ? tail : 1.0f - tail, e * 0.39894228f};
}

VECTORISED void gelu(const float* __restrict x, float* __restrict y, int64_t count) {
  for (int64_t i = 0; i < count; i++) y[i] = x[i] * normal(x[i]).share;
}

VECTORISED void geluGradient(const float* __restrict dy, const float* __restrict x, float* __restrict dx, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    const Normal it = normal(x[i]);
    dx[i] = dy[i] * (it.share + x[i] * it.density);
  }
}

// 1 / (1 + e^-x)
INLINE float sigmoid(float x) { return 1.0f / (1.0f + exponential(-x)); }

VECTORISED void swish(const float* __restrict x, float* __restrict y, int64_t count) {
  for (int64_t i = 0; i < count; i++) y[i] = x[i] * sigmoid(x[i]);
}

VECTORISED void swishGradient(const float* __restrict dy, const float* __restrict x, float* __restrict dx, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    const float s = sigmoid(x[i]);
    dx[i] = dy[i] * (s + x[i] * (s - s * s));
  }
}

// Values that a thread takes at a time: few enough to stay in a core's cache, many enough to be worth its waking.
constexpr int64_t CHUNK = 1 << 16;
// Cycles a value costs, by which TensorFlow decides how many threads it wakes.
constexpr int64_t CYCLES = 4;

// Makes the output in the shape of the input `like`, and calls work(from, count, output) for every chunk of it, on TensorFlow's own threads.
template <class Work>
void forValues(OpKernelContext* context, int like, Work work) {
  const Tensor& input = context->input(like);
  Tensor* output = nullptr;
  OP_REQUIRES_OK(context, context->allocate_output(0, input.shape(), &output));
  float* values = output->flat<float>().data();
  const int64_t count = input.NumElements();
  auto* workers = context->device()->tensorflow_cpu_worker_threads()->workers;
  workers->ParallelFor((count + CHUNK - 1) / CHUNK, CHUNK * CYCLES, [&](int64_t first, int64_t last) {
    const int64_t from = first * CHUNK;
    work(from, std::min(count, last * CHUNK) - from, values + from);
  });
}

using Activation = void (*)(const float* x, float* y, int64_t count);
using Gradient = void (*)(const float* dy, const float* x, float* dx, int64_t count);

template <Activation ACTIVATION>
class ActivationOp : public OpKernel {
 public:
  using OpKernel::OpKernel;
  void Compute(OpKernelContext* context) override {
    const float* x = context->input(0).flat<float>().data();
    forValues(context, 0, [&](int64_t from, int64_t count, float* y) { ACTIVATION(x + from, y, count); });
  }
};

template <Gradient GRADIENT>
class GradientOp : public OpKernel {
 public:
  using OpKernel::OpKernel;
  void Compute(OpKernelContext* context) override {
    const float *dy = context->input(0).flat<float>().data(), *x = context->input(1).flat<float>().data();
    forValues(context, 1, [&](int64_t from, int64_t count, float* dx) { GRADIENT(dy + from, x + from, dx, count); });
  }
};

#define REGISTER_ACTIVATION(NAME, ACTIVATION, GRADIENT)                                                                   \
  REGISTER_OP(NAME).Input("x: float").Output("y: float").SetShapeFn(tensorflow::shape_inference::UnchangedShape);         \
  REGISTER_OP(NAME "Grad")                                                                                                \
      .Input("dy: float")                                                                                                 \
      .Input("x: float")                                                                                                  \
      .Output("dx: float")                                                                                                \
      .SetShapeFn(tensorflow::shape_inference::UnchangedShape);                                                           \
  REGISTER_KERNEL_BUILDER(Name(NAME).Device(tensorflow::DEVICE_CPU), ActivationOp<ACTIVATION>);                           \
  REGISTER_KERNEL_BUILDER(Name(NAME "Grad").Device(tensorflow::DEVICE_CPU), GradientOp<GRADIENT>)

REGISTER_ACTIVATION("PeerlabGelu", gelu, geluGradient);
REGISTER_ACTIVATION("PeerlabSwish", swish, swishGradient);

}  // namespace
