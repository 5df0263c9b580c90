import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { inspect } from "../../src/inference/inspect.ts";
import { createSessionCache, tryOnce } from "../../src/inference/session.ts";
import { ModelProto } from "../../src/onnx/file.ts";
import { colourModel, colours, plainly, SIDE } from "../helpers/onnxModels.ts";
import { field, text } from "../helpers/protobuf.ts";
import { pythonHas } from "../helpers/python.ts";

/** A tensor whose 20 bytes lie in package.json: dims, data_type uint8, name, external_data, data_location. */
const outside = Buffer.concat([
  Buffer.from([0x08, 20, 0x10, 2]),
  text(8, "stolen"),
  ...[
    ["location", "package.json"],
    ["offset", "0"],
    ["length", "20"],
  ].map(([key = "", value = ""]) => field(13, Buffer.concat([text(1, key), text(2, value)]))),
  Buffer.from([0x70, 1]),
]);

/** Every place of onnx-ml.proto where a TensorProto may stand, by the official numbers of the fields that lead there. */
const places: readonly [string, readonly number[]][] = [
  ["an initialiser", [7, 5]],
  ["a sparse initialiser's values", [7, 15, 1]],
  ["a sparse initialiser's indices", [7, 15, 2]],
  ["an attribute", [7, 1, 5, 5]],
  ["an attribute's list", [7, 1, 5, 10]],
  ["an attribute's sparse tensor", [7, 1, 5, 22, 1]],
  ["an attribute's list of sparse tensors", [7, 1, 5, 23, 2]],
  ["an inner graph's initialiser", [7, 1, 5, 6, 5]],
  ["an inner graph's sparse initialiser", [7, 1, 5, 6, 15, 1]],
  ["one of several inner graphs", [7, 1, 5, 11, 5]],
  ["a graph in a graph in a graph", [7, 1, 5, 6, 1, 5, 11, 1, 5, 6, 5]],
  ["a function's constant", [25, 7, 5, 5]],
  ["a function's list of constants", [25, 7, 5, 10]],
  ["a function's sparse constant", [25, 7, 5, 22, 1]],
  ["a function's list of sparse constants", [25, 7, 5, 23, 1]],
  ["a function's inner graph", [25, 7, 5, 6, 5]],
  ["a function's default for an attribute", [25, 11, 5]],
  ["a function's default that is a graph", [25, 11, 6, 5]],
  ["the graph that begins a training", [20, 1, 5]],
  ["the graph that trains", [20, 2, 1, 5, 5]],
];
/** A sound model with something more in it: laid end to end, two messages are one. */
const modelWith = (path: readonly number[], bytes: Uint8Array = outside): Uint8Array =>
  Buffer.concat([colourModel(), path.reduceRight((inner, id) => field(id, inner), bytes)]);

const claims = { name: "x", file: "x.onnx", preprocessing: plainly, labels: colours };
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "accepted",
    (error: unknown) => (error instanceof UserError ? error.mistake.code : String(error)),
  );

describe("a tensor whose numbers lie in another file is refused", () => {
  it.each(places)("as %s", async (_, path) => {
    expect(await codeOf(inspect(modelWith(path), claims))).toBe("model_external_data");
  });

  it("by whichever part of it says so: a location alone, or that the numbers are elsewhere", async () => {
    const said = field(13, Buffer.concat([text(1, "location"), text(2, "x.bin")]));
    expect(await codeOf(inspect(modelWith([25, 7, 5, 5], said), claims))).toBe("model_external_data");
    expect(await codeOf(inspect(modelWith([25, 7, 5, 5], Buffer.from([0x70, 1])), claims))).toBe("model_external_data");
    // Two words about the place: the runtime skips the one that it does not know.
    expect(await codeOf(inspect(modelWith([7, 5], Buffer.from([0x70, 1, 0x70, 7])), claims))).toBe("model_external_data");
  });

  it("also by a file that was taken before it was checked: whatever opens a model looks", async () => {
    const bytes = modelWith([25, 7, 5, 5]);
    const grey = new Float32Array(3 * SIDE * SIDE);
    expect(await codeOf(tryOnce(bytes, grey, [1, 3, SIDE, SIDE]))).toBe("model_external_data");
    expect(await codeOf(createSessionCache(1e9)("x", async () => bytes))).toBe("model_external_data");
  });
});

it("an .onnx file that also passes for ONNX Runtime's own format is read as what it was checked as", async () => {
  const disguised = Buffer.concat([text(2, "xxORTM"), colourModel()]);
  expect(disguised.subarray(4, 8).toString()).toBe("ORTM");
  expect((await inspect(disguised, claims)).params).toBe(9);
});

it.skipIf(!pythonHas("onnx"))("no place is forgotten that the official schema has (needs the Python package onnx)", () => {
  const script = `
import json
from onnx import onnx_ml_pb2 as it
messages = {}
def collect(m):
    messages[m.name] = [(f.number, f.message_type.name) for f in m.fields if f.message_type]
    for n in m.nested_types: collect(n)
for m in it.DESCRIPTOR.message_types_by_name.values(): collect(m)
leads = {"TensorProto"}
while True:
    more = {name for name, fields in messages.items() if any(to in leads for _, to in fields)} | leads
    if more == leads: break
    leads = more
print(json.dumps({name: sorted(f for f in messages[name] if f[1] in leads) for name in sorted(leads)}))`;
  const official = JSON.parse(execFileSync("python3", ["-c", script], { encoding: "utf8" })) as Record<
    string,
    [number, string][]
  >;
  const ours = Object.entries(official).map(([name, fields]) => {
    const type = ModelProto.root.lookupType(`onnx.${name}`);
    const kept = type.fieldsArray.map((it) => [it.id, it.resolve().resolvedType?.name] as const);
    return [name, fields.map(([id]) => kept.find((it) => it[0] === id) ?? [id, "missing"])];
  });
  expect(Object.fromEntries(ours)).toEqual(official);
  expect(Object.keys(official)).toEqual(
    expect.arrayContaining(["ModelProto", "GraphProto", "FunctionProto", "SparseTensorProto", "TrainingInfoProto"]),
  );
});
