"""The peer of `bench -- augment`: torchvision's RandAugment over Pillow, the way training scripts use it, in one thread.

tiles: RandAugment on the 32-pixel tiles of a picture, tiles a second. preview: a JPEG to a sheet of 8 variants, sheets a second.
"""
import io
import json
import sys
import time

import torch
from PIL import Image, ImageDraw, ImageOps

# torchvision's compiled part may be of another build than torch. Its transforms need none of it, only that these names exist.
library = torch.library.Library("torchvision", "FRAGMENT")
for operator in ("nms", "qnms"):
    try:
        library.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    except RuntimeError:
        pass
import torchvision  # noqa: E402
from torchvision.transforms import RandAugment  # noqa: E402

torch.set_num_threads(1)
augment = RandAugment(num_ops=2, magnitude=9)


def cut(path, side):
    photo = ImageOps.fit(Image.open(path).convert("RGB"), (640, 640))
    corners = [(x, y) for y in range(0, 640, side) for x in range(0, 640, side)]
    return [photo.crop((x, y, x + side, y + side)) for x, y in corners]


def preview(path, width, height):
    photo = Image.open(path)
    photo.draft("RGB", (2 * width, 2 * height))
    photo = ImageOps.contain(ImageOps.exif_transpose(photo).convert("RGB"), (width, height))
    sheet = Image.new("RGB", (1080, 3 * (photo.height + 60) + 140), "white")
    pen = ImageDraw.Draw(sheet)
    for number, tile in enumerate([photo, *(augment(photo) for _ in range(8))]):
        x, y = 32 + number % 3 * (width + 20), 140 + number // 3 * (photo.height + 60)
        sheet.paste(tile, (x, y))
        pen.text((x, y + photo.height + 8), f"variant {number}", "black")
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=88, subsampling=0)
    return out.getbuffer().nbytes


print(json.dumps({"version": torchvision.__version__}), flush=True)
tiles = []
for asked in sys.stdin:
    command = json.loads(asked)
    tiles = tiles or cut(command["photo"], 32)
    begun, done = time.perf_counter(), 0
    while done == 0 or time.perf_counter() - begun < command["seconds"]:
        if command["do"] == "tiles":
            for tile in tiles:
                augment(tile)
            done += len(tiles)
        else:
            preview(command["photo"], command["width"], command["height"])
            done += 1
    print(json.dumps({"perSecond": done / (time.perf_counter() - begun)}), flush=True)
