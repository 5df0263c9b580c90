import type { Params } from "./augmentation.ts";
import type { AugmentationName } from "./names.ts";

/** Pixels of the picture that a call is for. */
interface Size {
  width: number;
  height: number;
}

/** A number as Python reads it, without digits that nobody sees. */
const num = (it = 0, digits = 3): string => String(Number(it.toFixed(digits)) + 0);
const whole = (it: number): string => num(it, 0);
/** Half of a mixed picture, where torchvision has the whole operation only: Pillow blends to the bit as we do. */
const mixed = (call: string, { share = 1 }: Params): string =>
  share === 1 ? call : `Image.blend(image, ${call}, ${num(share)})`;
const onlyIf = (call: string, { done }: Params): string => (done ? call : "image");
const BILINEAR = "interpolation=F.InterpolationMode.BILINEAR, fill=128";
const degreesOf = (tangent = 0): number => (Math.atan(tangent) * 180) / Math.PI;

const corners = (it: Params, { width, height }: Size): string => {
  const [right, bottom] = [width - 1, height - 1];
  const at = (x: number, y: number) => `[${whole(x)}, ${whole(y)}]`;
  const { x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0 } = it;
  const start = [at(0, 0), at(right, 0), at(right, bottom), at(0, bottom)];
  const end = [
    at(x0 * right, y0 * bottom),
    at((1 - x1) * right, y1 * bottom),
    at((1 - x2) * right, (1 - y2) * bottom),
    at(x3 * right, (1 - y3) * bottom),
  ];
  return `[${start.join(", ")}], [${end.join(", ")}]`;
};

/**
 * The call of torchvision 0.28 that makes of a PIL `image` of this size what the parameters say, one line each. `F` is
 * `torchvision.transforms.v2.functional`, `Image` is Pillow's. Compared with what Peerlab draws: docs/LOG.md.
 */
export const pythonCalls: Readonly<Record<AugmentationName, (params: Params, size: Size) => string>> = {
  brightness: ({ factor }) => `F.adjust_brightness(image, ${num(factor)})`,
  contrast: ({ factor }) => `F.adjust_contrast(image, ${num(factor)})`,
  color: ({ factor }) => `F.adjust_saturation(image, ${num(factor)})`,
  sharpness: ({ factor }) => `F.adjust_sharpness(image, ${num(factor)})`,
  rotate: ({ degrees }) => `F.rotate(image, ${num(degrees, 2)}, ${BILINEAR})`,
  flip: (it) => onlyIf("F.horizontal_flip(image)", it),
  crop: ({ width = 1, height = 1, x = 0, y = 0 }, size) => {
    const top = whole(y * (1 - height) * size.height);
    const left = whole(x * (1 - width) * size.width);
    const cut = `top=${top}, left=${left}, height=${whole(height * size.height)}, width=${whole(width * size.width)}`;
    return `F.resized_crop(image, ${cut}, size=[${size.height}, ${size.width}])`;
  },
  // torchvision turns clockwise here, and counter-clockwise in `rotate`.
  affine: ({ degrees = 0, right = 0, down = 0, zoom, shearX, shearY }, { width, height }) => {
    const moved = `translate=[${whole(right * width)}, ${whole(down * height)}], scale=${num(zoom)}`;
    const sheared = `shear=[${num(-degreesOf(shearX), 2)}, ${num(-degreesOf(shearY), 2)}]`;
    return `F.affine(image, angle=${num(-degrees, 2)}, ${moved}, ${sheared}, ${BILINEAR})`;
  },
  perspective: (it, size) => `F.perspective(image, ${corners(it, size)}, fill=128)`,
  posterize: ({ bits }) => `F.posterize(image, bits=${num(bits)})`,
  solarize: ({ threshold }) => `F.solarize(image, threshold=${num(threshold)})`,
  equalize: (it) => mixed("F.equalize(image)", it),
  autocontrast: (it) => mixed("F.autocontrast(image)", it),
  invert: (it) => onlyIf("F.invert(image)", it),
  blur: ({ sigma = 0 }, { width, height }) => {
    const pixels = sigma * Math.min(width, height);
    return `F.gaussian_blur(image, kernel_size=${2 * Math.max(1, Math.ceil(3 * pixels)) + 1}, sigma=${num(pixels, 2)})`;
  },
  noise: ({ sigma = 0 }) =>
    `F.to_pil_image(F.gaussian_noise(F.to_dtype(F.to_image(image), torch.float32, scale=True), sigma=${num(sigma / 255)}))`,
  cutout: ({ x = 0, y = 0, size = 0 }, { width, height }) => {
    const half = (size * Math.min(width, height)) / 2;
    const cut = (middle: number, side: number) => {
      const from = Math.max(0, Math.round(middle * side - half));
      return [from, Math.max(0, Math.min(side, Math.round(middle * side + half)) - from)] as const;
    };
    const [left, across] = cut(x, width);
    const [top, down] = cut(y, height);
    return `F.erase(image, i=${top}, j=${left}, h=${down}, w=${across}, v=torch.full((3, 1, 1), 128))`;
  },
  grayscale: (it) => mixed("F.rgb_to_grayscale(image, num_output_channels=3)", it),
};
