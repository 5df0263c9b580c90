import { expect, it } from "vitest";
import { createSessionCache } from "../../src/inference/session.ts";
import { colourModel, flatColourModel, SIDE } from "../helpers/onnxModels.ts";

const input = new Float32Array(3 * SIDE * SIDE).fill(0.25);
const dims = [1, 3, SIDE, SIDE];

/** A loader that counts how often it was needed. */
const counted = (bytes: Uint8Array) => {
  const loader = {
    times: 0,
    load: async () => {
      loader.times++;
      return bytes;
    },
  };
  return loader;
};

it("a session runs, again and again, and says how long", async () => {
  const session = await createSessionCache(1e9)("a", async () => colourModel());
  expect(session.inputs).toEqual(["picture"]);
  for (const _ of [1, 2]) {
    const { outputs, ms } = await session.run(input, dims);
    expect([...(outputs["scores"]?.data ?? [])]).toEqual([0.25, 0.25, 0.25]);
    expect(ms).toBeGreaterThan(0);
  }
});

it("an open model is not read again, until others took its place", async () => {
  const [small, large] = [counted(colourModel()), counted(flatColourModel())];
  const open = createSessionCache(flatColourModel().length + 10);
  const first = await open("small", small.load);
  expect(await open("small", small.load)).toBe(first);
  expect(small.times).toBe(1);
  await open("large", large.load);
  await (await open("small", small.load)).run(input, dims);
  expect([small.times, large.times]).toEqual([2, 1]);
});

it("a file that does not open is not kept as if it had", async () => {
  const open = createSessionCache(1e9);
  await expect(open("a", async () => Buffer.from("no model"))).rejects.toThrow();
  await expect(open("a", async () => colourModel())).resolves.toBeDefined();
});
