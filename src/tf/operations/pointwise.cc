// Convolutions of 1x1 with stride 1: a product of the pixels with the filters, which oneDNN computes at a half or a third of what a core can where there
// are few channels.

#include <algorithm>
#include <cstring>

#include "tensorflow/core/framework/common_shape_fns.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/op_kernel.h"

#include "vectorised.h"

namespace {

using tensorflow::OpKernel;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;
using tensorflow::TensorShape;
using Scheduling = tensorflow::thread::ThreadPool::SchedulingParams;

struct Pointwise {
  long in, out;
};

struct Functions {
  void (*packFilters)(const Pointwise&, const float* w, bool turned, float* packed);
  void (*multiplyPixels)(const Pointwise&, const float* x, const float* packed, long from, long to, float* y);
  void (*addFilterGradients)(const Pointwise&, const float* x, const float* dy, long from, long to, float* sums);
};

// So many pixels of both sides fit a second-level cache.
constexpr long PIXELS = 64;

}  // namespace

#define KERNELS "pointwiseBlocks.h"
#include "instructionSets.h"

namespace {

const Functions& functionsFor(const Pointwise& it) { return chosen(it.in % 16 == 0 && it.out % 16 == 0); }

// The convolution of x by w, or, TURNED, the gradient of its input of w and the gradient of its output.
template <bool TURNED>
class PointwiseOp : public OpKernel {
 public:
  using OpKernel::OpKernel;
  void Compute(OpKernelContext* context) override {
    const Tensor &x = context->input(TURNED ? 1 : 0), &w = context->input(TURNED ? 0 : 1);
    const Pointwise it = {x.dim_size(3), w.dim_size(TURNED ? 2 : 3)};
    const long pixels = x.dim_size(0) * x.dim_size(1) * x.dim_size(2);
    Tensor *y = nullptr, filters;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({x.dim_size(0), x.dim_size(1), x.dim_size(2), it.out}), &y));
    OP_REQUIRES_OK(context, context->allocate_temp(tensorflow::DT_FLOAT, TensorShape({it.in * it.out}), &filters));
    const Functions& functions = functionsFor(it);
    float *packed = filters.flat<float>().data(), *to = y->flat<float>().data();
    const float* from = x.flat<float>().data();
    functions.packFilters(it, w.flat<float>().data(), TURNED, packed);
    auto* workers = context->device()->tensorflow_cpu_worker_threads()->workers;
    const long blocks = (pixels + PIXELS - 1) / PIXELS;
    workers->ParallelFor(blocks, Scheduling::Adaptive(PIXELS * it.in * it.out / 16), [&](int64_t first, int64_t last) {
      functions.multiplyPixels(it, from, packed, first * PIXELS, std::min(pixels, last * PIXELS), to);
    });
  }
};

// Each thread's sums are its own, of some of the pixels, and are added in an order that is always the same.
class FilterGradientOp : public OpKernel {
 public:
  using OpKernel::OpKernel;
  void Compute(OpKernelContext* context) override {
    const Tensor &x = context->input(0), &dy = context->input(1);
    const Pointwise it = {x.dim_size(3), dy.dim_size(3)};
    const long pixels = x.dim_size(0) * x.dim_size(1) * x.dim_size(2), values = it.in * it.out;
    auto* workers = context->device()->tensorflow_cpu_worker_threads()->workers;
    const long blocks = (pixels + PIXELS - 1) / PIXELS, parts = std::max(1L, std::min(blocks, 2L * workers->NumThreads()));
    Tensor *dw = nullptr, all;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({1, 1, it.in, it.out}), &dw));
    OP_REQUIRES_OK(context, context->allocate_temp(tensorflow::DT_FLOAT, TensorShape({parts * values}), &all));
    const Functions& functions = functionsFor(it);
    float *sums = all.flat<float>().data(), *to = dw->flat<float>().data();
    const float *inputs = x.flat<float>().data(), *gradients = dy.flat<float>().data();
    workers->ParallelFor(parts, Scheduling::Fixed(1), [&](int64_t first, int64_t last) {
      for (long part = first; part < last; part++) {
        std::memset(sums + part * values, 0, values * sizeof(float));
        functions.addFilterGradients(it, inputs, gradients, blocks * part / parts * PIXELS, std::min(pixels, blocks * (part + 1) / parts * PIXELS),
                                     sums + part * values);
      }
    });
    std::copy(sums, sums + values, to);
    for (long part = 1; part < parts; part++)
      for (long k = 0; k < values; k++) to[k] += sums[part * values + k];
  }
};

using tensorflow::shape_inference::InferenceContext;

template <bool TURNED>
absl::Status multipliedShape(InferenceContext* context) {
  const auto x = context->input(TURNED ? 1 : 0), w = context->input(TURNED ? 0 : 1);
  context->set_output(0, context->MakeShape({context->Dim(x, 0), context->Dim(x, 1), context->Dim(x, 2), context->Dim(w, TURNED ? 2 : 3)}));
  return absl::OkStatus();
}

REGISTER_OP("PeerlabPointwise").Input("x: float").Input("w: float").Output("y: float").SetShapeFn(multipliedShape<false>);
REGISTER_OP("PeerlabPointwiseBackpropInput").Input("w: float").Input("dy: float").Output("dx: float").SetShapeFn(multipliedShape<true>);
REGISTER_OP("PeerlabPointwiseBackpropFilter").Input("x: float").Input("dy: float").Output("dw: float").SetShapeFn([](InferenceContext* context) {
  context->set_output(0, context->MakeShape({context->MakeDim(1), context->MakeDim(1), context->Dim(context->input(0), 3), context->Dim(context->input(1), 3)}));
  return absl::OkStatus();
});
REGISTER_KERNEL_BUILDER(Name("PeerlabPointwise").Device(tensorflow::DEVICE_CPU), PointwiseOp<false>);
REGISTER_KERNEL_BUILDER(Name("PeerlabPointwiseBackpropInput").Device(tensorflow::DEVICE_CPU), PointwiseOp<true>);
REGISTER_KERNEL_BUILDER(Name("PeerlabPointwiseBackpropFilter").Device(tensorflow::DEVICE_CPU), FilterGradientOp);

}  // namespace
