"""The peer of `bench -- classify` and `bench -- train`: networks in PyTorch, fed with commands, a line of JSON each.

load: builds a network from the steps that bench/program.ts writes ("googlenet-caffe" is written here), with random weights.
run: computes for some seconds and answers with pictures a second. The classic way: eager, channels last, MKL-DNN's kernels.
"""
import json
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

from program import Program


class Inception(nn.Module):
    def __init__(self, channels, one, three, five, pooled):
        super().__init__()
        self.one = nn.Conv2d(channels, one, 1)
        self.three_reduce, self.three = nn.Conv2d(channels, three[0], 1), nn.Conv2d(*three, 3, padding=1)
        self.five_reduce, self.five = nn.Conv2d(channels, five[0], 1), nn.Conv2d(*five, 5, padding=2)
        self.pooled = nn.Conv2d(channels, pooled, 1)

    def forward(self, x):
        branches = (
            self.one(x),
            self.three(F.relu(self.three_reduce(x))),
            self.five(F.relu(self.five_reduce(x))),
            self.pooled(F.max_pool2d(x, 3, 1, 1)),
        )
        return F.relu(torch.cat(branches, 1))


class CaffeGoogLeNet(nn.Module):
    """BVLC's GoogLeNet, as the shared weights have it: biases, local response normalisation, no batch norm."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 64, 7, 2, 3), nn.ReLU(), nn.MaxPool2d(3, 2, ceil_mode=True), nn.LocalResponseNorm(5, 1e-4),
            nn.Conv2d(64, 64, 1), nn.ReLU(), nn.Conv2d(64, 192, 3, padding=1), nn.ReLU(),
            nn.LocalResponseNorm(5, 1e-4), nn.MaxPool2d(3, 2, ceil_mode=True),
        )  # fmt: skip
        down = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.modules_ = nn.Sequential(
            Inception(192, 64, (96, 128), (16, 32), 32), Inception(256, 128, (128, 192), (32, 96), 64), down,
            Inception(480, 192, (96, 208), (16, 48), 64), Inception(512, 160, (112, 224), (24, 64), 64),
            Inception(512, 128, (128, 256), (24, 64), 64), Inception(512, 112, (144, 288), (32, 64), 64),
            Inception(528, 256, (160, 320), (32, 128), 128), down,
            Inception(832, 256, (160, 320), (32, 128), 128), Inception(832, 384, (192, 384), (48, 128), 128),
        )  # fmt: skip
        self.head = nn.Linear(1024, 1000)

    def forward(self, x):
        return (F.softmax(self.head(self.modules_(self.stem(x)).mean((2, 3))), 1),)


def load(net, size, batch, steps=None, outputs=(), training=False):
    model = Program(steps, outputs) if steps else {"googlenet-caffe": CaffeGoogLeNet}[net]()
    model = model.to(memory_format=torch.channels_last).train(training)
    x = torch.randn(batch, 3, size, size).to(memory_format=torch.channels_last)
    if not training:

        def infer():
            with torch.inference_mode():
                return float(model(x)[0][0, 0])

        return infer, sum(it.numel() for it in model.parameters())
    y = torch.randint(0, 10, (batch,))
    trained = [it for it in model.parameters() if it.requires_grad]
    optimiser = torch.optim.SGD(trained, 0.01, momentum=0.9, nesterov=True, weight_decay=5e-4)

    def step():
        optimiser.zero_grad(set_to_none=True)
        logits, *aux = model(x)
        loss = F.cross_entropy(logits, y) + 0.3 * sum(F.cross_entropy(it, y) for it in aux)
        loss.backward()
        optimiser.step()
        return loss.item()

    return step, sum(it.numel() for it in model.parameters())


def matmul():
    a, b = torch.randn(1024, 1024), torch.randn(1024, 1024)
    best = 0.0
    for _ in range(40):
        begun = time.perf_counter()
        a @ b
        best = max(best, 2 * 1024**3 / (time.perf_counter() - begun) / 1e9)
    return best


torch.set_num_threads(int(sys.argv[1]))
work, batch = None, 1
print(json.dumps({"version": torch.__version__}), flush=True)
for asked in sys.stdin:
    command = json.loads(asked)
    if command["do"] == "matmul":
        answer = {"gflops": matmul()}
    elif command["do"] == "load":
        work, parameters = load(**command["net"])
        batch = command["net"]["batch"]
        for _ in range(3):
            work()
        answer = {"parameters": parameters}
    else:
        begun, passes = time.perf_counter(), 0
        while passes == 0 or time.perf_counter() - begun < command["seconds"]:
            work()
            passes += 1
        answer = {"imagesPerSecond": passes * batch / (time.perf_counter() - begun)}
    print(json.dumps(answer), flush=True)
