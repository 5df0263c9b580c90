import { describe, expect, it } from "vitest";
import { tryOnce } from "../../src/inference/session.ts";
import { readModel, withMetadata, withOutputs } from "../../src/onnx/file.ts";
import { colourModel, SIDE } from "../helpers/onnxModels.ts";

const grey = new Float32Array(3 * SIDE * SIDE).fill(0.5);
const dims = [1, 3, SIDE, SIDE];

describe("writing ONNX files", () => {
  it("keeps what it wrote", () => {
    const { graph, opsetImport, irVersion } = readModel(colourModel());
    expect(irVersion).toBe(8);
    expect(opsetImport).toEqual([{ domain: "", version: 17 }]);
    expect(graph?.node.map((node) => node.opType)).toEqual(["GlobalAveragePool", "Flatten", "Gemm"]);
    expect(graph?.initializer?.[0]?.dims).toEqual([3, 3]);
  });

  it("adds metadata after the file's own bytes, which stay as they came", () => {
    const bytes = colourModel();
    const more = withMetadata(bytes, { "peerlab.card": "카드" });
    expect(Buffer.from(more.subarray(0, bytes.length)).equals(bytes)).toBe(true);
    expect(readModel(more).metadataProps).toEqual([{ key: "peerlab.card", value: "카드" }]);
  });

  it("makes an inner value an output, and the runtime agrees", async () => {
    const { outputs } = await tryOnce(withOutputs(withMetadata(colourModel(), { a: "b" }), ["pooled"]), grey, dims);
    expect(outputs["pooled"]?.dims).toEqual([1, 3, 1, 1]);
    expect([...(outputs["scores"]?.data ?? [])]).toEqual([0.5, 0.5, 0.5]);
  });

  it("throws on bytes that are no protobuf", () => {
    expect(() => readModel(Buffer.from("this is a letter, not a model"))).toThrow();
  });
});
