"""What torchvision's network of a name says of a picture, with the weights that an ONNX file of ours holds in the same order.

torchvisionLogits.py NAME MODEL.onnx PICTURE.f32 SIZE LOGITS.f32
"""
import sys

import numpy as np
import onnx
import torch

name, model_path, picture_path, size, logits_path = sys.argv[1:]

# torchvision's compiled part may be of another build than torch. Its networks need none of it, only that these names exist.
library = torch.library.Library("torchvision", "FRAGMENT")
for operator in ("nms", "qnms"):
    try:
        library.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    except RuntimeError:
        pass
import torchvision  # noqa: E402

weights = [onnx.numpy_helper.to_array(it) for it in onnx.load(model_path).graph.initializer]
classes = weights[-1].shape[0]
options = {"init_weights": False, "aux_logits": False} if name == "googlenet" else {}
net = torchvision.models.get_model(name, weights=None, num_classes=classes, **options)
for module in net.modules():
    if name.startswith("efficientnet") and isinstance(module, torch.nn.BatchNorm2d):
        module.eps = 1e-3  # the paper's; torchvision's smaller networks have 1e-5


def fit(ours, theirs):
    """Dense layers are [inputs, units] with us; torchvision writes those of squeeze-and-excitation as 1x1 convolutions."""
    return torch.from_numpy(np.ascontiguousarray(ours.T if ours.ndim == 2 else ours)).reshape(theirs.shape)


theirs = {key: value for key, value in net.state_dict().items() if not key.endswith("num_batches_tracked")}
assert len(theirs) == len(weights), (len(theirs), len(weights))
net.load_state_dict({key: fit(ours, value) for ours, (key, value) in zip(weights, theirs.items())}, strict=False)
picture = torch.from_numpy(np.fromfile(picture_path, np.float32)).reshape(1, 3, int(size), int(size))
with torch.inference_mode():
    net.eval()(picture).numpy().astype(np.float32).tofile(logits_path)
