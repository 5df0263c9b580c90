// Convolutions of 3x3 and 5x5 with stride 1 by minimal filtering (Winograd 1980; Lavin & Gray 2015, "Fast Algorithms for Convolutional Neural
// Networks"): 4x4 or 2x2 outputs of a channel from 36 products instead of 144 or 100. Forward, the gradient of the input (which is the same with the
// filters turned round) and that of the filters. Rounding differs from the direct sum's: by some 1e-5 of the largest output.
//
// A tile is the 6x6 inputs that its outputs need. Its transform V, the filters' U and the gradients' Z have 36 planes each, and every plane is a
// product of matrices: M = V U, or for the filters' gradient Vᵀ Z.

#include <algorithm>
#include <cstring>

#include "tensorflow/core/framework/common_shape_fns.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/op_kernel.h"

#include "convolution.h"

namespace {

struct Functions {
  long lanes;
  void (*transformFilters)(const Convolution&, const float* w, bool turned, long from, long to, float* u);
  void (*convolveTiles)(const Convolution&, const float* x, const float* u, long from, long to, float* y, float* scratch);
  void (*addFilterGradients)(const Convolution&, const float* x, const float* dy, long from, long to, long first, long last, float* sums, float* scratch);
  void (*filterGradients)(const Convolution&, const float* sums, long step, long i, float* dw);
};

// Tiles that a thread transforms at a time: with 64 channels, what it keeps of them fits a second-level cache.
constexpr long TILES = 32;
// Input channels of a thread's filter gradients.
constexpr long CHANNELS = 64;

// p^k / N of the points p = 0, 1, -1, 2, -2, where N is the product of a point's distances from the others.
constexpr float G[5][5] = {
    {1 / 4.f, 0, 0, 0, 0},
    {-1 / 6.f, -1 / 6.f, -1 / 6.f, -1 / 6.f, -1 / 6.f},
    {-1 / 6.f, 1 / 6.f, -1 / 6.f, 1 / 6.f, -1 / 6.f},
    {1 / 24.f, 1 / 12.f, 1 / 6.f, 1 / 3.f, 2 / 3.f},
    {1 / 24.f, -1 / 12.f, 1 / 6.f, -1 / 3.f, 2 / 3.f},
};

}  // namespace

#define KERNELS "winogradTiles.h"
#include "instructionSets.h"

namespace {

// Vectors of 16 are the quicker ones from 32 channels on; before that, one of them is all of a tile's channels.
const Functions& functionsFor(const Convolution& shape) {
  return chosen(shape.in % 16 == 0 && shape.out % 16 == 0 && shape.in >= 32 && shape.out >= 32);
}

using tensorflow::OpKernel;
using tensorflow::OpKernelConstruction;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;
using tensorflow::TensorShape;
using Scheduling = tensorflow::thread::ThreadPool::SchedulingParams;

// Filters transformed, then tiles of the output, TensorFlow's threads taking one lot after the other.
void convolve(OpKernelContext* context, const Convolution& shape, const float* x, const float* w, bool turned, float* y) {
  const Functions& functions = functionsFor(shape);
  auto* workers = context->device()->tensorflow_cpu_worker_threads()->workers;
  const long scratch = 36 * (TILES * (shape.in + 2 * functions.lanes) + 32) + shape.in + shape.out;
  Tensor filters, scratches;
  OP_REQUIRES_OK(context, context->allocate_temp(tensorflow::DT_FLOAT, TensorShape({36 * shape.in * shape.out}), &filters));
  OP_REQUIRES_OK(context, context->allocate_temp(tensorflow::DT_FLOAT, TensorShape({(workers->NumThreads() + 1) * scratch}), &scratches));
  float *u = filters.flat<float>().data(), *free = scratches.flat<float>().data();
  workers->ParallelFor(shape.in, Scheduling::Adaptive(shape.out * 20), [&](int64_t from, int64_t to) { functions.transformFilters(shape, w, turned, from, to, u); });
  const long tiles = tilesOf(shape), lots = across(tiles, TILES);
  const Scheduling scheduling = Scheduling::Adaptive(TILES * 36 * shape.in * shape.out / functions.lanes);
  workers->ParallelForWithWorkerId(lots, scheduling, [&](int64_t from, int64_t to, int thread) {
    functions.convolveTiles(shape, x, u, from * TILES, std::min(tiles, to * TILES), y, free + thread * scratch);
  });
}

// The convolution of x by w, or, TURNED, the gradient of its input of w and the gradient of its output.
template <bool TURNED>
class ConvolveOp : public OpKernel {
 public:
  explicit ConvolveOp(OpKernelConstruction* context) : OpKernel(context) { OP_REQUIRES_OK(context, context->GetAttr("same", &same_)); }
  void Compute(OpKernelContext* context) override {
    const Tensor &x = context->input(TURNED ? 1 : 0), &w = context->input(TURNED ? 0 : 1);
    const int kernel = w.dim_size(0);
    const long more = same_ ? 0 : TURNED ? kernel - 1 : 1 - kernel;
    const Convolution shape = {.images = x.dim_size(0),
                            .height = x.dim_size(1),
                            .width = x.dim_size(2),
                            .in = x.dim_size(3),
                            .outHeight = x.dim_size(1) + more,
                            .outWidth = x.dim_size(2) + more,
                            .out = w.dim_size(TURNED ? 2 : 3),
                            .kernel = kernel,
                            .pad = same_ ? kernel / 2 : TURNED ? kernel - 1 : 0};
    Tensor* y = nullptr;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({shape.images, shape.outHeight, shape.outWidth, shape.out}), &y));
    convolve(context, shape, x.flat<float>().data(), w.flat<float>().data(), TURNED, y->flat<float>().data());
  }

 private:
  bool same_;
};

// Each thread's sums are its own, of some input channels and some of the tiles, and are added in an order that is always the same.
class FilterGradientOp : public OpKernel {
 public:
  explicit FilterGradientOp(OpKernelConstruction* context) : OpKernel(context) {
    OP_REQUIRES_OK(context, context->GetAttr("same", &same_));
    OP_REQUIRES_OK(context, context->GetAttr("kernel", &kernel_));
  }
  void Compute(OpKernelContext* context) override {
    const Tensor &x = context->input(0), &dy = context->input(1);
    const Convolution shape = {.images = x.dim_size(0),
                            .height = x.dim_size(1),
                            .width = x.dim_size(2),
                            .in = x.dim_size(3),
                            .outHeight = dy.dim_size(1),
                            .outWidth = dy.dim_size(2),
                            .out = dy.dim_size(3),
                            .kernel = kernel_,
                            .pad = same_ ? kernel_ / 2 : 0};
    Tensor* dw = nullptr;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({kernel_, kernel_, shape.in, shape.out}), &dw));
    const Functions& functions = functionsFor(shape);
    auto* workers = context->device()->tensorflow_cpu_worker_threads()->workers;
    const long lots = across(tilesOf(shape), TILES), slices = across(shape.in, CHANNELS);
    const long parts = std::max(1L, std::min(lots, across(2 * workers->NumThreads(), slices))), plane = shape.in * shape.out;
    const long scratch = 36 * (TILES * (std::min(shape.in, CHANNELS) + shape.out) + 32) + std::max(shape.in, shape.out);
    Tensor all, scratches;
    OP_REQUIRES_OK(context, context->allocate_temp(tensorflow::DT_FLOAT, TensorShape({parts * 36 * plane}), &all));
    OP_REQUIRES_OK(context, context->allocate_temp(tensorflow::DT_FLOAT, TensorShape({(workers->NumThreads() + 1) * scratch}), &scratches));
    float *sums = all.flat<float>().data(), *free = scratches.flat<float>().data();
    const float *inputs = x.flat<float>().data(), *gradients = dy.flat<float>().data();
    workers->ParallelForWithWorkerId(parts * slices, Scheduling::Fixed(1), [&](int64_t from, int64_t to, int thread) {
      for (long unit = from; unit < to; unit++) {
        const long part = unit / slices, first = unit % slices * CHANNELS, last = std::min(shape.in, first + CHANNELS);
        float* own = sums + 36 * (part * plane + first * shape.out);
        std::memset(own, 0, 36 * (last - first) * shape.out * sizeof(float));
        functions.addFilterGradients(shape, inputs, gradients, first, last, lots * part / parts * TILES,
                                     std::min(tilesOf(shape), lots * (part + 1) / parts * TILES), own, free + thread * scratch);
      }
    });
    workers->ParallelFor(shape.in, Scheduling::Adaptive(36 * parts * shape.out), [&](int64_t from, int64_t to) {
      for (long i = from; i < to; i++) {
        const long first = i / CHANNELS * CHANNELS, step = (std::min(shape.in, first + CHANNELS) - first) * shape.out;
        float* of = sums + 36 * first * shape.out + (i - first) * shape.out;
        for (long part = 1; part < parts; part++)
          for (int k = 0; k < 36; k++)
            for (long o = 0; o < shape.out; o++) of[k * step + o] += of[part * 36 * plane + k * step + o];
        functions.filterGradients(shape, of, step, i, dw->flat<float>().data());
      }
    });
  }

 private:
  bool same_;
  int kernel_;
};

using tensorflow::shape_inference::DimensionHandle;
using tensorflow::shape_inference::InferenceContext;
using tensorflow::shape_inference::ShapeHandle;

template <bool TURNED>
absl::Status convolvedShape(InferenceContext* context) {
  bool same;
  TF_RETURN_IF_ERROR(context->GetAttr("same", &same));
  const ShapeHandle x = context->input(TURNED ? 1 : 0), w = context->input(TURNED ? 0 : 1);
  DimensionHandle sides[2];
  for (int i = 0; i < 2; i++) {
    const DimensionHandle side = context->Dim(x, 1 + i), kernel = context->Dim(w, 0);
    if (same) sides[i] = side;
    else if (!context->ValueKnown(side) || !context->ValueKnown(kernel)) sides[i] = context->UnknownDim();
    else sides[i] = context->MakeDim(context->Value(side) + (TURNED ? 1 : -1) * (context->Value(kernel) - 1));
  }
  context->set_output(0, context->MakeShape({context->Dim(x, 0), sides[0], sides[1], context->Dim(w, TURNED ? 2 : 3)}));
  return absl::OkStatus();
}

REGISTER_OP("PeerlabConv2D").Input("x: float").Input("w: float").Output("y: float").Attr("same: bool").SetShapeFn(convolvedShape<false>);
REGISTER_OP("PeerlabConv2DBackpropInput").Input("w: float").Input("dy: float").Output("dx: float").Attr("same: bool").SetShapeFn(convolvedShape<true>);
REGISTER_OP("PeerlabConv2DBackpropFilter")
    .Input("x: float")
    .Input("dy: float")
    .Output("dw: float")
    .Attr("same: bool")
    .Attr("kernel: int")
    .SetShapeFn([](InferenceContext* context) {
      int kernel;
      TF_RETURN_IF_ERROR(context->GetAttr("kernel", &kernel));
      const DimensionHandle in = context->Dim(context->input(0), 3), out = context->Dim(context->input(1), 3);
      context->set_output(0, context->MakeShape({context->MakeDim(kernel), context->MakeDim(kernel), in, out}));
      return absl::OkStatus();
    });
REGISTER_KERNEL_BUILDER(Name("PeerlabConv2D").Device(tensorflow::DEVICE_CPU), ConvolveOp<false>);
REGISTER_KERNEL_BUILDER(Name("PeerlabConv2DBackpropInput").Device(tensorflow::DEVICE_CPU), ConvolveOp<true>);
REGISTER_KERNEL_BUILDER(Name("PeerlabConv2DBackpropFilter").Device(tensorflow::DEVICE_CPU), FilterGradientOp);

}  // namespace
