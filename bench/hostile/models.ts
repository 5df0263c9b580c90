import { readModel, writeModel } from "../../src/onnx/file.ts";
import { attributeTypes, elementTypes, type OnnxNode, type OnnxTensor } from "../../src/onnx/model.ts";
import {
  colourModel,
  crashingModel,
  flatColourModel,
  floats,
  int,
  ints,
  modelOf,
  node,
  SIDE,
  value,
} from "../../tests/helpers/onnxModels.ts";

/** Where a model claims its weights lie, to make the server read one of its own files. */
const elsewhere = (name: string, location: string): OnnxTensor => ({
  name,
  dims: [5],
  dataType: elementTypes.float,
  externalData: [
    { key: "location", value: location },
    { key: "offset", value: "0" },
    { key: "length", value: "20" },
  ],
  dataLocation: 1,
});
const [KEY, VALUE] = [1, 2];
const [DIMS, TYPE, NAME, EXTERNAL, LOCATION] = [1, 2, 8, 13, 14];

const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)]);
/** Protobuf by hand, for what `onnx.proto` here does not describe. */
const field = (number: number, content: string | Uint8Array | number): Buffer => {
  if (typeof content === "number") return Buffer.from([...varint(number << 3), content]);
  const bytes = Buffer.from(content as Uint8Array);
  return Buffer.concat([Buffer.from([...varint((number << 3) | 2), ...varint(bytes.length)]), bytes]);
};
const tensorElsewhere = (location: string): Buffer =>
  Buffer.concat([
    ...[field(DIMS, 5), field(TYPE, elementTypes.float), field(NAME, "stolen")],
    field(EXTERNAL, Buffer.concat([field(KEY, "location"), field(VALUE, location)])),
    field(EXTERNAL, Buffer.concat([field(KEY, "length"), field(VALUE, "20")])),
    field(LOCATION, 1),
  ]);
/** A function (name 1, output 5, node 7, opset 9, domain 10) whose only node is a Constant (output 2, type 4, attribute 5). */
const functionReading = (location: string): Buffer => {
  const attribute = Buffer.concat([field(1, "value"), field(5, tensorElsewhere(location)), field(20, attributeTypes.tensor)]);
  const constant = Buffer.concat([field(2, "out"), field(4, "Constant"), field(5, attribute)]);
  const opset = field(2, 17);
  return Buffer.concat([field(1, "Steal"), field(5, "out"), field(7, constant), field(9, opset), field(10, "own")]);
};

const head: OnnxNode[] = [node("GlobalAveragePool", ["picture"], ["pooled"]), node("Flatten", ["pooled"], ["flat"])];
const dense = floats("weight", [3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]);
const last = node("Gemm", ["flat", "weight"], ["scores"], [int("transB", 1)]);
const through = (...nodes: OnnxNode[]) => modelOf({ node: [...head, ...nodes, last], initializer: [dense] });
const chain = (length: number) =>
  modelOf({
    node: [
      ...head,
      ...Array.from({ length }, (_, i) => node("Identity", [i === 0 ? "flat" : `n${i - 1}`], [`n${i}`])),
      node("Gemm", [`n${length - 1}`, "weight"], ["scores"], [int("transB", 1)]),
    ],
    initializer: [dense],
  });
const withCard = (card: object) => {
  const model = readModel(colourModel());
  return writeModel({ ...model, metadataProps: [{ key: "peerlab", value: JSON.stringify(card) }] });
};
/** A graph inside a graph inside a graph. */
const nested = (depth: number): OnnxNode => {
  const inner = depth === 0 ? node("Identity", ["flat"], ["o0"]) : nested(depth - 1);
  const branch = { node: [inner], input: [], output: [value(`o${depth}`, ["N", 3])] };
  return node(
    "If",
    ["yes"],
    [`o${depth + 1}`],
    [
      { name: "then_branch", type: attributeTypes.graph, g: { name: "then", ...branch } },
      { name: "else_branch", type: attributeTypes.graph, g: { name: "else", ...branch } },
    ],
  );
};
const large = (...dims: number[]) =>
  modelOf({ node: [...head, node("ConstantOfShape", ["shape"], ["much"]), last], initializer: [dense, shapeOf(dims)] });
const shapeOf = (dims: readonly number[]): OnnxTensor => ({
  ...{ name: "shape", dims: [dims.length], dataType: elementTypes.int64 },
  rawData: new Uint8Array(BigInt64Array.from(dims.map(BigInt)).buffer),
});

/** Models made to break something, by what they do. */
export const hostileModels: Readonly<Record<string, () => Uint8Array>> = {
  nothing: () => new Uint8Array(),
  "a text": () => Buffer.from("hello, I am a model"),
  zeros: () => new Uint8Array(3000),
  "0xff": () => new Uint8Array(3000).fill(255),
  "external data in an initialiser": () =>
    modelOf({ node: [...head, last], initializer: [dense, elsewhere("more", "package.json")] }),
  "external data at an absolute path": () =>
    modelOf({ node: [...head, last], initializer: [elsewhere("weight", "/etc/passwd")] }),
  "external data in a Constant": () =>
    through(
      node("Constant", [], ["stolen"], [{ name: "value", type: attributeTypes.tensor, t: elsewhere("x", "package.json") }]),
    ),
  "external data in a function": () => {
    const model = readModel(modelOf({ node: [node("Steal", [], ["stolen"]), ...head, last], initializer: [dense] }));
    const [first, ...rest] = model.graph?.node ?? [];
    const graph = { ...model.graph, node: [{ ...first, domain: "own" }, ...rest] } as NonNullable<typeof model.graph>;
    const opsetImport = [...(model.opsetImport ?? []), { domain: "own", version: 1 }];
    return Buffer.concat([writeModel({ ...model, graph, opsetImport }), field(25, functionReading("package.json"))]);
  },
  // GraphProto.sparse_initializer is field 15, ModelProto.graph 7, its TrainingInfo 20.
  "external data in a sparse initialiser": () =>
    Buffer.concat([colourModel(), field(7, field(15, Buffer.concat([field(1, tensorElsewhere("package.json")), field(3, 5)])))]),
  "external data in training info": () =>
    Buffer.concat([colourModel(), field(20, field(1, field(5, tensorElsewhere("package.json"))))]),
  "a crash": crashingModel,
  "an unknown operator": () => through(node("Teleport", ["flat"], ["there"])),
  "an unknown domain": () => through({ ...node("Gelu", ["flat"], ["there"]), domain: "com.evil" }),
  "a cycle": () => through(node("Add", ["flat", "b"], ["a"]), node("Add", ["a", "flat"], ["b"])),
  "the same name twice": () => through(node("Identity", ["flat"], ["flat"])),
  "20,000 nodes": () => chain(20_000),
  "graphs 12 deep": () =>
    modelOf({
      node: [...head, nested(12), last],
      initializer: [dense, { name: "yes", dims: [], dataType: elementTypes.bool, rawData: Uint8Array.of(1) }],
    }),
  "10 GB of zeros": () => large(50_000, 50_000),
  "a negative size": () => large(-1, 5),
  "a size beyond 64 bits": () => large(2 ** 40, 2 ** 40),
  "a kernel larger than the picture": () => through(node("MaxPool", ["picture"], ["x"], [ints("kernel_shape", [99, 99])])),
  "a stride of zero": () => through(node("MaxPool", ["picture"], ["x"], [ints("kernel_shape", [1, 1]), ints("strides", [0, 0])])),
  "pads below zero": () =>
    through(node("MaxPool", ["picture"], ["x"], [ints("kernel_shape", [2, 2]), ints("pads", [-9, -9, -9, -9])])),
  "weights that are NaN": () =>
    modelOf({ node: [...head, last], initializer: [floats("weight", [3, 3], Array(9).fill(Number.NaN))] }),
  "weights shorter than their shape": () =>
    modelOf({ node: [...head, last], initializer: [{ ...floats("weight", [3, 3], [1, 2]) }] }),
  "a picture of 100,000 pixels a side": () =>
    modelOf({ node: [...head, last], initializer: [dense], input: [value("picture", ["N", 3, 100_000, 100_000])] }),
  "a side of 1": () => modelOf({ node: [...head, last], initializer: [dense], input: [value("picture", ["N", 3, 1, 1])] }),
  "names that are paths": () =>
    modelOf({ node: [...head, last], initializer: [dense], input: [value("../../picture", ["N", 3, SIDE, SIDE])] }),
  "an operator named with NUL": () => through(node("Re\0lu", ["flat"], ["a\0b"])),
  "a card that boasts": () => withCard({ name: "house", accuracy: 1e308, classes: Array(100_000).fill("x") }),
  "a card that is no card": () =>
    withCard({ name: 5, classes: "red", preprocessing: { resize: "a" }, lineage: { __proto__: null } }),
  "a batch of four": () => flatColourModel(4),
};

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
/** Lists of class names that are broken, or nearly. */
export const hostileLabels: Readonly<Record<string, () => Buffer>> = {
  "as Windows writes them": () => utf16("red\r\ngreen\r\nblue"),
  "UTF-16 without a mark": () => Buffer.from("red\ngreen\nblue", "utf16le"),
  "UTF-8 with a mark": () => Buffer.from("\ufeffred\ngreen\nblue"),
  "with NUL": () => Buffer.from("re\0d\ngreen\nblue"),
  "no UTF-8": () => Buffer.from([0xff, 0xfe, 0xfd, 10, 0xc0, 10, 0x80]),
  empty: () => Buffer.alloc(0),
  "empty lines": () => Buffer.from("\n\n\n"),
  "a name of 2 MB": () => Buffer.from(`${"r".repeat(2e6)}\ngreen\nblue`),
  "a million names": () => Buffer.from("x\n".repeat(1e6)),
  "JSON of numbers": () => Buffer.from("[1,2,3]"),
  "JSON 5,000 deep": () => Buffer.from("[".repeat(5000)),
  "JSON that is no list": () => Buffer.from('{"0":"red","1":"green","2":"blue"}'),
  "JSON with lone surrogates": () => Buffer.from('["\\ud800","green","blue"]'),
  "JSON with NUL": () => Buffer.from('["a\\u0000b","green","blue"]'),
  markup: () => Buffer.from("<script>alert(1)</script>\n**b**\n`c`"),
  "the same three times": () => Buffer.from("red\nred\nred"),
  Korean: () => Buffer.from("빨강\n초록\n파랑"),
};
