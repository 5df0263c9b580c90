const WIDTH = 960;
const HEIGHT = 640;

/** A drawn picture for those who have no photo at hand: a boat at sundown, with a clear left, right, top and colour. */
export const drawSample = async (): Promise<File> => {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const pen = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
  const fill = (style: string | CanvasGradient, shape: () => void) => {
    pen.fillStyle = style;
    pen.beginPath();
    shape();
    pen.fill();
  };
  const blend = (from: number, to: number, ...colours: string[]) => {
    const gradient = pen.createLinearGradient(0, from, 0, to);
    for (const [index, colour] of colours.entries()) gradient.addColorStop(index / (colours.length - 1), colour);
    return gradient;
  };
  const polygon = (...points: [number, number][]) => {
    for (const [x, y] of points) pen.lineTo(x, y);
  };

  fill(blend(0, 420, "#2b3a8c", "#c86b98", "#ffb26b"), () => pen.rect(0, 0, WIDTH, 420));
  fill("#ffe9b8", () => pen.arc(690, 330, 78, 0, 2 * Math.PI));
  fill("#5d4a86", () => polygon([0, 420], [0, 330], [150, 240], [290, 350], [420, 290], [560, 420]));
  fill(blend(420, HEIGHT, "#f29a76", "#3c4a94", "#1d2a5c"), () => pen.rect(0, 420, WIDTH, HEIGHT - 420));
  for (let row = 0; row < 7; row++) fill("#ffe9b8aa", () => pen.rect(640 + row * 5, 436 + row * 22, 100 - row * 10, 6));
  fill("#7a2f2f", () => polygon([200, 500], [440, 500], [400, 556], [244, 556]));
  fill("#f7f3ea", () => polygon([318, 250], [318, 486], [214, 486]));
  fill("#e8503a", () => polygon([330, 290], [330, 486], [424, 486]));
  return new File([await canvas.convertToBlob({ type: "image/png" })], "boat.png", { type: "image/png" });
};
