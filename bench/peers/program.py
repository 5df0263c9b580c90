"""Networks in PyTorch from the steps that bench/program.ts writes, so that both frameworks compute exactly the same ones."""
import torch
import torch.nn.functional as F
from torch import nn


def padded(pads, value, module, asked):
    """PyTorch pads both sides alike; what a window hangs over by goes before it as a step of its own."""
    left, right, top, bottom = pads
    if left == right and top == bottom:
        module.padding = (top, left)
        if asked:
            module._reversed_padding_repeated_twice = (left, left, top, top)
        return module
    return lambda x: module(F.pad(x, pads, value=value))


def conv(it):
    bias, groups = it["bias"], it["groups"]
    module = nn.Conv2d(it["channels"], it["filters"], it["kernel"], it["stride"], groups=groups, bias=bias)
    module.weight.requires_grad = not it["frozen"]
    return module, padded(it["pads"], 0, module, True)


def norm(it):
    module = nn.BatchNorm2d(it["channels"], eps=it["epsilon"], momentum=1 - it["momentum"])
    module.weight.requires_grad = it["scale"]
    return module, module


def pool(kind, value):
    def make(it):
        more = {"count_include_pad": False} if kind is nn.AvgPool2d else {}
        module = kind(it["size"], it["stride"], **more)
        return module, padded(it["pads"], value, module, False)

    return make


def plain(function):
    return lambda it: (None, function)


def drop_path(it):
    def drop(x):
        keep = 1 - it["rate"]
        return x * (torch.rand(x.shape[0], 1, 1, 1) < keep).to(x.dtype) / keep

    return None, drop


def module(make):
    return lambda it: (lambda built: (built, built))(make(it))


MAKERS = {
    "conv": conv,
    "batchNorm": norm,
    "dense": module(lambda it: nn.Linear(it["features"], it["units"], bias=it["bias"])),
    "relu": plain(F.relu),
    "swish": plain(F.silu),
    "gelu": plain(F.gelu),
    "sigmoid": plain(torch.sigmoid),
    "maxPool": pool(nn.MaxPool2d, float("-inf")),
    "averagePool": pool(nn.AvgPool2d, 0),
    "globalAveragePool": plain(lambda x: x.mean((2, 3))),
    "adaptiveAveragePool": lambda it: (None, lambda x: F.adaptive_avg_pool2d(x, it["size"])),
    "add": plain(torch.add),
    "scaleChannels": plain(lambda x, factors: x * factors[:, :, None, None]),
    "scale": lambda it: (None, lambda x: x * it["factor"]),
    "concat": plain(lambda *parts: torch.cat(parts, 1)),
    "flatten": plain(lambda x: x.flatten(1)),
    "dropout": module(lambda it: nn.Dropout(it["rate"])),
    "dropPath": drop_path,
}


class Program(nn.Module):
    """The steps as one Python function, each result given back after its last use, as in a network written by hand."""

    def __init__(self, steps, outputs):
        super().__init__()
        made = [MAKERS[it["op"]](it) for it in steps]
        self.parts = nn.ModuleList(part for part, _ in made if part is not None)
        last = {it: len(steps) for it in outputs}
        for number, step in enumerate(steps):
            for it in step["inputs"]:
                last[it] = max(last.get(it, 0), number)
        lines = ["def forward(f, v0):"]
        for number, step in enumerate(steps):
            lines.append(f" v{number + 1} = f[{number}]({', '.join(f'v{it}' for it in step['inputs'])})")
            lines += [f" del v{it}" for it in sorted(set(step["inputs"])) if last[it] == number]
        lines.append(f" return {', '.join(f'v{it}' for it in outputs)},")
        scope = {}
        exec("\n".join(lines), scope)
        self.run, self.functions = scope["forward"], [function for _, function in made]

    def forward(self, x):
        return self.run(self.functions, x)
