import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { addModel } from "../../workers/addModel.ts";
import { explain } from "../../workers/explain.ts";
import { newJobContext } from "../helpers/jobContext.ts";
import { colourModel, colours, flatColourModel, plainly } from "../helpers/onnxModels.ts";

/** Grey, with a red square at the left and a blue one at the right. */
const twoSquares = () =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="320" height="320"><rect width="320" height="320" fill="#606060"/>
    <rect x="20" y="110" width="100" height="100" fill="#ff0000"/><rect x="200" y="110" width="100" height="100" fill="#0000ff"/></svg>`),
  )
    .png()
    .toBuffer();

const explained = async (bytes: Uint8Array, index?: number) => {
  const context = await newJobContext();
  const put = (it: Uint8Array, name: string) => context.blobs.put(it, { name, type: "application/octet-stream" });
  const labelsFile = await put(Buffer.from(colours.join("\n")), "colours.txt");
  const { card, file } = await addModel(
    { file: await put(bytes, "a.onnx"), name: "colours", preprocessing: plainly, labelsFile },
    context,
  );
  const input = { image: await put(await twoSquares(), "a.png"), model: { blob: file.blob, card }, lang: "en" as const };
  const output = await explain({ ...input, ...(index !== undefined && { index }) }, context);
  return {
    ...output,
    reports: context.reports,
    pixels: await sharp(await context.blobs.get(output.picture.blob))
      .raw()
      .toBuffer({ resolveWithObject: true }),
  };
};

/** How red the heated photo (on the right) is around a point of it, 0..1 across and down. */
const warmth = ({ pixels: { data, info } }: Awaited<ReturnType<typeof explained>>, across: number, down: number): number => {
  const x = Math.round(552 + across * 480);
  const y = Math.round(176 + down * 480);
  const at = (y * info.width + x) * 3;
  return (data[at] ?? 0) - (data[at + 2] ?? 0);
};

describe("explaining", () => {
  it("reads a class activation map where the graph allows one", async () => {
    const it = await explained(colourModel(), 0);
    expect(it).toMatchObject({ method: "cam", target: { index: 0, label: "red" } });
    expect(it.reports).toEqual([]);
    expect(warmth(it, 0.22, 0.5)).toBeGreaterThan(100);
    expect(warmth(it, 0.5, 0.1)).toBeLessThan(60);
  });

  it("looks for whatever class is asked for", async () => {
    const red = await explained(colourModel(), 0);
    const blue = await explained(colourModel(), 2);
    expect(blue.target.label).toBe("blue");
    expect(warmth(blue, 0.78, 0.5)).toBeGreaterThan(warmth(red, 0.78, 0.5));
  });

  it.each([
    ["eight covered pictures at once", "N"],
    ["one after another, where the model takes no more", 1],
  ] as const)("covers places elsewhere: %s", async (_, batch) => {
    const it = await explained(flatColourModel(batch), 0);
    expect(it.method).toBe("occlusion");
    expect(it.reports.at(-1)).toMatchObject({ done: 144, of: 144 });
    expect(warmth(it, 0.22, 0.5)).toBeGreaterThan(warmth(it, 0.22, 0.05) + 60);
  });
});
