import { CARD_KEY } from "../../../models/cardKey.ts";

/** What an `.onnx` file says of itself, as far as it was understood; the server looks closer. */
export interface OnnxFacts {
  /** Pixels along each side of the picture that it takes, where the file fixes that. */
  side?: number;
  /** How many classes it tells apart, where the file says so. */
  classes?: number;
  /** Whether it brings a card of Peerlab's, with its classes and its preprocessing. */
  hasCard?: true;
}

/** The numbers of fields in onnx-ml.proto (github.com/onnx/onnx), by the message that holds them. */
const fields = {
  model: { graph: 7, metadata: 14 },
  graph: { input: 11, output: 12 },
  entry: { key: 1, value: 2 },
  /** A value's type, that of a tensor, its shape, a dimension, and the number of that. */
  valueToDimensions: [2, 1, 2],
  dimension: 1,
  size: 1,
} as const;
/** The kinds of field of the protobuf wire format: a number, 8 bytes, bytes with their length before them, 4 bytes. */
const [NUMBER, EIGHT, BYTES, FOUR] = [0, 1, 2, 5];
/** So much is read at a time, and more fields than this no classifier has. */
const WINDOW = 1 << 16;
const MOST_FIELDS = 200_000;
/** Longer than any card. */
const MOST_BYTES = 4e6;

/** A field: its number, and where its bytes begin and end. */
type Field = { id: number; from: number; to: number };

/** Reads a file a window at a time, so that the weights of a large one, which are skipped, are never in memory. */
const openReader = (file: Blob) => {
  let window: { from: number; bytes: Uint8Array } = { from: 0, bytes: new Uint8Array() };
  const take = async (from: number, to: number): Promise<Uint8Array> => {
    if (to > file.size) throw new RangeError(`Expected ${to} bytes, the file has ${file.size}`);
    if (from < window.from || to > window.from + window.bytes.length) {
      const end = Math.min(file.size, Math.max(to, from + WINDOW));
      window = { from, bytes: new Uint8Array(await file.slice(from, end).arrayBuffer()) };
    }
    return window.bytes.subarray(from - window.from, to - window.from);
  };
  const numberAt = async (at: number): Promise<{ value: number; next: number }> => {
    const bytes = await take(at, Math.min(file.size, at + 10));
    let value = 0;
    for (const [index, byte] of bytes.entries()) {
      value += (byte & 127) * 2 ** (7 * index);
      if (byte < 128) return { value, next: at + index + 1 };
    }
    throw new RangeError(`Expected a number at ${at}`);
  };
  let count = 0;
  async function* fieldsIn(from: number, to: number): AsyncGenerator<Field> {
    for (let at = from; at < to; ) {
      if (++count > MOST_FIELDS) throw new RangeError(`Expected at most ${MOST_FIELDS} fields`);
      const { value: tag, next } = await numberAt(at);
      const [id, wire] = [Math.floor(tag / 8), tag % 8];
      if (wire === NUMBER) {
        const number = await numberAt(next);
        yield { id, from: next, to: number.next };
        at = number.next;
      } else if (wire === BYTES) {
        const { value: length, next: body } = await numberAt(next);
        yield { id, from: body, to: body + length };
        at = body + length;
      } else if (wire === EIGHT || wire === FOUR) at = next + (wire === EIGHT ? 8 : 4);
      else throw new RangeError(`Expected a field at ${at}`);
    }
  }
  const text = async ({ from, to }: Field): Promise<string> =>
    to - from > MOST_BYTES ? "" : new TextDecoder().decode(await take(from, to));
  return { fieldsIn, numberAt, text };
};
type Reader = ReturnType<typeof openReader>;

const within = async (reader: Reader, outer: Field, id: number): Promise<Field[]> => {
  const found: Field[] = [];
  for await (const field of reader.fieldsIn(outer.from, outer.to)) if (field.id === id) found.push(field);
  return found;
};

/** A value's shape; a size that is free, or has only a name, is 0. */
const shapeOf = async (reader: Reader, value: Field): Promise<number[]> => {
  let inner: Field | undefined = value;
  for (const id of fields.valueToDimensions) inner = inner && (await within(reader, inner, id))[0];
  const dimensions = inner ? await within(reader, inner, fields.dimension) : [];
  return Promise.all(
    dimensions.map(async (it) => {
      const [size] = await within(reader, it, fields.size);
      return size ? (await reader.numberAt(size.from)).value : 0;
    }),
  );
};

/** The side of a square picture of three channels, if that is what a value of this shape is; 0 where it is free. */
const sideOf = ([batch = 0, ...rest]: readonly number[]): number | undefined => {
  const sides = rest[0] === 3 ? rest.slice(1) : rest[2] === 3 ? rest.slice(0, 2) : [];
  return batch <= 1 && rest.length === 3 && sides[0] === sides[1] ? sides[0] : undefined;
};

const isCard = (text: string): boolean => {
  try {
    const { classes, preprocessing } = JSON.parse(text);
    return Array.isArray(classes) && typeof preprocessing === "object";
  } catch {
    return false;
  }
};

/** What can be read off an `.onnx` file without running it. Nothing is said of what is not understood, or is no such file. */
export const onnxFacts = async (file: Blob): Promise<OnnxFacts> => {
  const reader = openReader(file);
  const facts: OnnxFacts = {};
  try {
    for await (const field of reader.fieldsIn(0, file.size)) {
      if (field.id === fields.model.metadata) {
        const [key] = await within(reader, field, fields.entry.key);
        const [value] = await within(reader, field, fields.entry.value);
        if (key && value && (await reader.text(key)) === CARD_KEY && isCard(await reader.text(value))) facts.hasCard = true;
      }
      if (field.id !== fields.model.graph) continue;
      for await (const part of reader.fieldsIn(field.from, field.to)) {
        if (part.id === fields.graph.input) {
          const side = sideOf(await shapeOf(reader, part));
          if (side) facts.side ??= side;
        }
        if (part.id === fields.graph.output) {
          const [, classes = 0, ...ones] = await shapeOf(reader, part);
          if (classes > 1 && ones.every((one) => one === 1)) facts.classes ??= classes;
        }
      }
    }
  } catch {
    // Whatever was read until here is what is known; the server says what is wrong with the file.
  }
  return facts;
};
