// What squeeze-and-excitation (Hu, Shen & Sun 2018) does with the channels of an image: their means, and a factor for each. TensorFlow repeats the
// factors in every pixel, and their gradient is a product as large as the input that is then summed up; here each is one pass.

#include <algorithm>

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

// Of one image [pixels, channels] each.

VECTORISED void means(const float* __restrict x, long pixels, long channels, float* __restrict y) {
  std::fill(y, y + channels, 0.f);
  for (long pixel = 0; pixel < pixels; pixel++, x += channels)
    for (long c = 0; c < channels; c++) y[c] += x[c];
  for (long c = 0; c < channels; c++) y[c] /= pixels;
}

VECTORISED void spread(const float* __restrict dy, long pixels, long channels, float* __restrict dx) {
  for (long c = 0; c < channels; c++) dx[c] = dy[c] / pixels;
  for (long pixel = 1; pixel < pixels; pixel++) std::copy(dx, dx + channels, dx + pixel * channels);
}

VECTORISED void scale(const float* __restrict x, const float* __restrict factors, long pixels, long channels, float* __restrict y) {
  for (long pixel = 0; pixel < pixels; pixel++, x += channels, y += channels)
    for (long c = 0; c < channels; c++) y[c] = x[c] * factors[c];
}

VECTORISED void scaleGradient(const float* __restrict dy, const float* __restrict x, const float* __restrict factors, long pixels, long channels,
                              float* __restrict dx, float* __restrict dFactors) {
  std::fill(dFactors, dFactors + channels, 0.f);
  for (long pixel = 0; pixel < pixels; pixel++, x += channels, dy += channels, dx += channels)
    for (long c = 0; c < channels; c++) {
      dx[c] = dy[c] * factors[c];
      dFactors[c] += dy[c] * x[c];
    }
}

// Images of `values` values each, on TensorFlow's own threads.
template <class Work>
void forImages(OpKernelContext* context, long images, long values, Work work) {
  context->device()->tensorflow_cpu_worker_threads()->workers->ParallelFor(images, values, [&](int64_t from, int64_t to) {
    for (long image = from; image < to; image++) work(image);
  });
}

class MeansOp : public OpKernel {
 public:
  using OpKernel::OpKernel;
  void Compute(OpKernelContext* context) override {
    const Tensor& x = context->input(0);
    const long images = x.dim_size(0), pixels = x.dim_size(1) * x.dim_size(2), channels = x.dim_size(3);
    Tensor* y = nullptr;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({images, channels}), &y));
    const float* from = x.flat<float>().data();
    float* to = y->flat<float>().data();
    forImages(context, images, pixels * channels, [&](long it) { means(from + it * pixels * channels, pixels, channels, to + it * channels); });
  }
};

class MeansGradientOp : public OpKernel {
 public:
  explicit MeansGradientOp(OpKernelConstruction* context) : OpKernel(context) {
    OP_REQUIRES_OK(context, context->GetAttr("height", &height_));
    OP_REQUIRES_OK(context, context->GetAttr("width", &width_));
  }
  void Compute(OpKernelContext* context) override {
    const Tensor& dy = context->input(0);
    const long images = dy.dim_size(0), pixels = height_ * width_, channels = dy.dim_size(1);
    Tensor* dx = nullptr;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({images, height_, width_, channels}), &dx));
    const float* from = dy.flat<float>().data();
    float* to = dx->flat<float>().data();
    forImages(context, images, pixels * channels, [&](long it) { spread(from + it * channels, pixels, channels, to + it * pixels * channels); });
  }

 private:
  int64_t height_, width_;
};

class ScaleOp : public OpKernel {
 public:
  using OpKernel::OpKernel;
  void Compute(OpKernelContext* context) override {
    const Tensor &x = context->input(0), &factors = context->input(1);
    const long pixels = x.dim_size(1) * x.dim_size(2), channels = x.dim_size(3), values = pixels * channels;
    Tensor* y = nullptr;
    OP_REQUIRES_OK(context, context->allocate_output(0, x.shape(), &y));
    const float *from = x.flat<float>().data(), *by = factors.flat<float>().data();
    float* to = y->flat<float>().data();
    forImages(context, x.dim_size(0), values, [&](long it) { scale(from + it * values, by + it * channels, pixels, channels, to + it * values); });
  }
};

class ScaleGradientOp : public OpKernel {
 public:
  using OpKernel::OpKernel;
  void Compute(OpKernelContext* context) override {
    const Tensor &dy = context->input(0), &x = context->input(1), &factors = context->input(2);
    const long pixels = x.dim_size(1) * x.dim_size(2), channels = x.dim_size(3), values = pixels * channels;
    Tensor *dx = nullptr, *dFactors = nullptr;
    OP_REQUIRES_OK(context, context->allocate_output(0, x.shape(), &dx));
    OP_REQUIRES_OK(context, context->allocate_output(1, factors.shape(), &dFactors));
    const float *gradients = dy.flat<float>().data(), *from = x.flat<float>().data(), *by = factors.flat<float>().data();
    float *ofInputs = dx->flat<float>().data(), *ofFactors = dFactors->flat<float>().data();
    forImages(context, x.dim_size(0), 2 * values, [&](long it) {
      scaleGradient(gradients + it * values, from + it * values, by + it * channels, pixels, channels, ofInputs + it * values, ofFactors + it * channels);
    });
  }
};

using tensorflow::shape_inference::InferenceContext;

REGISTER_OP("PeerlabChannelMeans").Input("x: float").Output("y: float").SetShapeFn([](InferenceContext* context) {
  context->set_output(0, context->MakeShape({context->Dim(context->input(0), 0), context->Dim(context->input(0), 3)}));
  return absl::OkStatus();
});
REGISTER_OP("PeerlabChannelMeansGrad")
    .Input("dy: float")
    .Output("dx: float")
    .Attr("height: int")
    .Attr("width: int")
    .SetShapeFn([](InferenceContext* context) {
      int64_t height, width;
      TF_RETURN_IF_ERROR(context->GetAttr("height", &height));
      TF_RETURN_IF_ERROR(context->GetAttr("width", &width));
      const auto dy = context->input(0);
      context->set_output(0, context->MakeShape({context->Dim(dy, 0), context->MakeDim(height), context->MakeDim(width), context->Dim(dy, 1)}));
      return absl::OkStatus();
    });
REGISTER_OP("PeerlabScaleChannels")
    .Input("x: float")
    .Input("factors: float")
    .Output("y: float")
    .SetShapeFn(tensorflow::shape_inference::UnchangedShape);
REGISTER_OP("PeerlabScaleChannelsGrad")
    .Input("dy: float")
    .Input("x: float")
    .Input("factors: float")
    .Output("dx: float")
    .Output("dfactors: float")
    .SetShapeFn([](InferenceContext* context) {
      for (int i = 0; i < 2; i++) context->set_output(i, context->input(1 + i));
      return absl::OkStatus();
    });
REGISTER_KERNEL_BUILDER(Name("PeerlabChannelMeans").Device(tensorflow::DEVICE_CPU), MeansOp);
REGISTER_KERNEL_BUILDER(Name("PeerlabChannelMeansGrad").Device(tensorflow::DEVICE_CPU), MeansGradientOp);
REGISTER_KERNEL_BUILDER(Name("PeerlabScaleChannels").Device(tensorflow::DEVICE_CPU), ScaleOp);
REGISTER_KERNEL_BUILDER(Name("PeerlabScaleChannelsGrad").Device(tensorflow::DEVICE_CPU), ScaleGradientOp);

}  // namespace
