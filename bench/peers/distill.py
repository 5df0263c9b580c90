"""The peer of `bench -- distill`: knowledge distillation as PyTorch's tutorials do it, fed with commands, a line of JSON each.

load: takes pictures and both networks, and answers with what the teacher says of the first validation pictures.
stretch: trains a new student for some epochs, the teacher in every step, evaluates it, and answers with pictures a second.
"""
import json
import sys
import time
from pathlib import Path

import numpy
import torch
import torch.nn.functional as F
from PIL import Image

from program import Program

# torchvision's compiled part may be of another build than torch. Its transforms need none of it, only that these names exist.
library = torch.library.Library("torchvision", "FRAGMENT")
for operator in ("nms", "qnms"):
    try:
        library.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    except RuntimeError:
        pass
import torchvision  # noqa: E402
from torchvision import transforms  # noqa: E402


class Pictures(torch.utils.data.Dataset):
    """As torchvision.datasets.CIFAR10: arrays in memory, each picture through Pillow and the transforms when it is asked for."""

    def __init__(self, path, count, size, labels, transform):
        self.pixels = numpy.fromfile(path, numpy.uint8).reshape(count, size, size, 3)
        self.labels, self.transform = labels, transform

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.transform(Image.fromarray(self.pixels[index])), self.labels[index]


def build(program, training):
    steps, outputs = program["steps"], program["outputs"]
    return Program(steps, outputs).to(memory_format=torch.channels_last).train(training)


def fill(model, steps, path, index):
    """Copies weights, [height, width, inputs, filters] and [inputs, units] as TensorFlow has them, into the modules by name."""
    numbers = torch.from_numpy(numpy.fromfile(path, numpy.float32))
    modules = iter(model.parts)
    with torch.no_grad():
        for step in steps:
            if "name" not in step:
                continue
            module = next(modules)
            places = {"kernel": "weight", "gamma": "weight", "bias": "bias", "mean": "running_mean", "variance": "running_var"}
            for kind, place in {**places, "beta": "bias"}.items():
                found = index.get(f"{step['name']}/{kind}")
                if found is None:
                    continue
                offset, shape = found
                value = numbers[offset : offset + int(numpy.prod(shape))].reshape(shape)
                value = value.permute(3, 2, 0, 1) if len(shape) == 4 else value.T if len(shape) == 2 else value
                getattr(module, place).copy_(value)


class Lab:
    def __init__(self, command):
        self.command = command
        data, teacher = command["data"], command["teacher"]
        self.folder = Path(command["folder"])
        self.tensor = [transforms.ToTensor(), transforms.Normalize(data["mean"], data["std"])]
        self.teacher = build(teacher, False)
        fill(self.teacher, teacher["steps"], self.folder / "weights.bin", command["weights"])
        self.validation = torch.utils.data.DataLoader(self.pictures("validation", self.tensor), batch_size=250)

    def pictures(self, split, steps):
        data = self.command["data"]
        labels = data[split]
        return Pictures(self.folder / f"{split}.bin", len(labels), data["size"], labels, transforms.Compose(steps))

    def says(self, count):
        x = torch.stack([self.validation.dataset[i][0] for i in range(count)])
        with torch.no_grad():
            return self.teacher(x.to(memory_format=torch.channels_last))[0].flatten().tolist()

    def stretch(self, crop, workers):
        begun = time.perf_counter()
        it = self.command["training"]
        moves = ([transforms.RandomCrop(self.command["data"]["size"], padding=crop)] if crop else []) + [
            transforms.RandomHorizontalFlip()
        ]
        train = self.pictures("train", moves + self.tensor)
        more = {"num_workers": workers, "persistent_workers": True} if workers else {}
        batches = torch.utils.data.DataLoader(train, batch_size=it["batch"], shuffle=True, drop_last=True, **more)
        student = build(self.command["student"], True)
        optimiser = torch.optim.SGD(
            student.parameters(), it["learningRate"], momentum=0.9, nesterov=True, weight_decay=it["weightDecay"]
        )
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, it["epochs"] * len(batches))
        t, done = it["temperature"], 0
        for _ in range(it["epochs"]):
            for x, y in batches:
                x = x.to(memory_format=torch.channels_last)
                with torch.no_grad():
                    taught = self.teacher(x)[0]
                logits = student(x)[0]
                soft = F.kl_div(F.log_softmax(logits / t, 1), F.softmax(taught / t, 1), reduction="batchmean") * t * t
                loss = it["soft"] * soft + it["hard"] * F.cross_entropy(logits, y)
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                schedule.step()
                done += len(y)
        student.eval()
        with torch.no_grad():
            right = sum(int((student(x)[0].argmax(1) == y).sum()) for x, y in self.validation)
        accuracy = right / len(self.validation.dataset)
        return {"imagesPerSecond": done / (time.perf_counter() - begun), "accuracy": accuracy, "pictures": done}


torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(1)
lab = None
print(json.dumps({"version": torch.__version__, "torchvision": torchvision.__version__}), flush=True)
for asked in sys.stdin:
    command = json.loads(asked)
    if command["do"] == "load":
        lab = Lab(command)
        answer = {"logits": lab.says(command["asked"])}
    else:
        answer = lab.stretch(command["crop"], command["workers"])
    print(json.dumps(answer), flush=True)
