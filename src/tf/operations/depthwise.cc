// Convolution of every channel by itself (depthwise; Chollet 2017, "Xception") and its gradients. It multiplies so little that memory decides: no
// padded copy of the input is made, as TensorFlow needs one for padding that is not its own "SAME", and both gradients read an image's values
// while it lies in a cache.

#include <algorithm>
#include <vector>

#include "tensorflow/core/framework/common_shape_fns.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/op_kernel.h"

#include "vectorised.h"

namespace {

using tensorflow::OpKernel;
using tensorflow::OpKernelConstruction;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;
using tensorflow::TensorShape;

// All of the field's usual sizes; (top, left) zeros lie before the input.
struct Depthwise {
  long images, height, width, outHeight, outWidth, channels;
  int kernel, stride, top, left;
};

// What is computed of one image; `zeros` is a row of its input.
struct Functions {
  void (*filterRows)(const Depthwise&, const float* image, const float* w, const float* zeros, long from, long to, float* y);
  void (*inputGradient)(const Depthwise&, const float* dy, const float* w, const float* zeros, float* dx);
  void (*filterGradient)(const Depthwise&, const float* image, const float* dy, const float* zeros, float* dw);
};

}  // namespace

#define KERNELS "depthwiseRows.h"
#include "instructionSets.h"

namespace {

class DepthwiseKernel : public OpKernel {
 public:
  explicit DepthwiseKernel(OpKernelConstruction* context) : OpKernel(context) {
    OP_REQUIRES_OK(context, context->GetAttr("stride", &stride_));
    OP_REQUIRES_OK(context, context->GetAttr("pads", &pads_));
  }

 protected:
  Depthwise shapeOf(const Tensor& x, const Tensor& w) const {
    const int kernel = w.dim_size(0);
    return {.images = x.dim_size(0),
            .height = x.dim_size(1),
            .width = x.dim_size(2),
            .outHeight = (x.dim_size(1) + pads_[0] + pads_[1] - kernel) / stride_ + 1,
            .outWidth = (x.dim_size(2) + pads_[2] + pads_[3] - kernel) / stride_ + 1,
            .channels = x.dim_size(3),
            .kernel = kernel,
            .stride = stride_,
            .top = pads_[0],
            .left = pads_[2]};
  }
  // Cycles of an output, by which TensorFlow decides how many threads it wakes.
  static long cyclesOf(const Depthwise& it) { return it.channels * it.kernel * it.kernel / 8 + 20; }

 private:
  int stride_;
  std::vector<int> pads_;
};

class DepthwiseOp : public DepthwiseKernel {
 public:
  using DepthwiseKernel::DepthwiseKernel;
  void Compute(OpKernelContext* context) override {
    const Tensor &x = context->input(0), &w = context->input(1);
    const Depthwise it = shapeOf(x, w);
    Tensor* y = nullptr;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({it.images, it.outHeight, it.outWidth, it.channels}), &y));
    const float *images = x.flat<float>().data(), *weights = w.flat<float>().data();
    float* outputs = y->flat<float>().data();
    const Functions& functions = chosen(it.channels % 16 == 0);
    const std::vector<float> zeros(std::max(it.width, it.outWidth) * it.channels);
    auto* workers = context->device()->tensorflow_cpu_worker_threads()->workers;
    workers->ParallelFor(it.images * it.outHeight, it.outWidth * cyclesOf(it), [&](int64_t from, int64_t to) {
      for (long row = from; row < to;) {
        const long image = row / it.outHeight, first = row % it.outHeight, last = std::min(it.outHeight, first + to - row);
        functions.filterRows(it, images + image * it.height * it.width * it.channels, weights, zeros.data(), first, last,
                    outputs + image * it.outHeight * it.outWidth * it.channels);
        row += last - first;
      }
    });
  }
};

// The gradients of the input and of the filters; those of each image by itself, so that their sum is the same on any number of threads.
class DepthwiseGradientOp : public DepthwiseKernel {
 public:
  using DepthwiseKernel::DepthwiseKernel;
  void Compute(OpKernelContext* context) override {
    const Tensor &x = context->input(0), &w = context->input(1), &dy = context->input(2);
    const Depthwise it = shapeOf(x, w);
    const long filter = it.kernel * it.kernel * it.channels;
    const long inputs = it.height * it.width * it.channels, outputs = it.outHeight * it.outWidth * it.channels;
    Tensor *dx = nullptr, *dw = nullptr, sums;
    OP_REQUIRES_OK(context, context->allocate_output(0, x.shape(), &dx));
    OP_REQUIRES_OK(context, context->allocate_output(1, w.shape(), &dw));
    OP_REQUIRES_OK(context, context->allocate_temp(tensorflow::DT_FLOAT, TensorShape({it.images * filter}), &sums));
    const float *images = x.flat<float>().data(), *weights = w.flat<float>().data(), *gradients = dy.flat<float>().data();
    float *ofInputs = dx->flat<float>().data(), *ofFilters = dw->flat<float>().data(), *each = sums.flat<float>().data();
    const Functions& functions = chosen(it.channels % 16 == 0);
    const std::vector<float> zeros(std::max(it.width, it.outWidth) * it.channels);
    auto* workers = context->device()->tensorflow_cpu_worker_threads()->workers;
    workers->ParallelFor(it.images, 2 * it.outHeight * it.outWidth * cyclesOf(it), [&](int64_t from, int64_t to) {
      for (long image = from; image < to; image++) {
        functions.filterGradient(it, images + image * inputs, gradients + image * outputs, zeros.data(), each + image * filter);
        functions.inputGradient(it, gradients + image * outputs, weights, zeros.data(), ofInputs + image * inputs);
      }
    });
    std::fill(ofFilters, ofFilters + filter, 0.f);
    for (long image = 0; image < it.images; image++)
      for (long k = 0; k < filter; k++) ofFilters[k] += each[image * filter + k];
  }
};

using tensorflow::shape_inference::DimensionHandle;
using tensorflow::shape_inference::InferenceContext;

REGISTER_OP("PeerlabDepthwise")
    .Input("x: float")
    .Input("w: float")
    .Output("y: float")
    .Attr("stride: int")
    .Attr("pads: list(int)")
    .SetShapeFn([](InferenceContext* context) {
      int stride;
      std::vector<int> pads;
      TF_RETURN_IF_ERROR(context->GetAttr("stride", &stride));
      TF_RETURN_IF_ERROR(context->GetAttr("pads", &pads));
      const auto x = context->input(0), w = context->input(1);
      DimensionHandle sides[2];
      for (int i = 0; i < 2; i++) {
        const DimensionHandle side = context->Dim(x, 1 + i), kernel = context->Dim(w, i);
        const bool known = context->ValueKnown(side) && context->ValueKnown(kernel);
        sides[i] = known ? context->MakeDim((context->Value(side) + pads[2 * i] + pads[2 * i + 1] - context->Value(kernel)) / stride + 1)
                         : context->UnknownDim();
      }
      context->set_output(0, context->MakeShape({context->Dim(x, 0), sides[0], sides[1], context->Dim(x, 3)}));
      return absl::OkStatus();
    });
REGISTER_OP("PeerlabDepthwiseGrad")
    .Input("x: float")
    .Input("w: float")
    .Input("dy: float")
    .Output("dx: float")
    .Output("dw: float")
    .Attr("stride: int")
    .Attr("pads: list(int)")
    .SetShapeFn([](InferenceContext* context) {
      for (int i = 0; i < 2; i++) context->set_output(i, context->input(i));
      return absl::OkStatus();
    });
REGISTER_KERNEL_BUILDER(Name("PeerlabDepthwise").Device(tensorflow::DEVICE_CPU), DepthwiseOp);
REGISTER_KERNEL_BUILDER(Name("PeerlabDepthwiseGrad").Device(tensorflow::DEVICE_CPU), DepthwiseGradientOp);

}  // namespace
