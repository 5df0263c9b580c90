/** Where a run stands: enough to go on as if nothing had happened. */
export interface Checkpoint {
  /** Steps done. */
  step: number;
  /** What the run is, as `runKey` of `fit.ts` says it. Another run's checkpoint is not taken for ours. */
  run: string;
  /** What whoever runs it keeps beside it, such as its curve: anything that JSON can hold. */
  notes?: unknown;
  /** Weights, optimiser state and averages by their names. */
  state: Record<string, Float32Array>;
  shapes: Record<string, readonly number[]>;
}

// The safetensors format (huggingface.co/docs/safetensors): 8 bytes with the length of a JSON header, the header, and the numbers one
// after another. Anyone can open it; nothing in it is ever executed.

interface Entry {
  dtype: "F32";
  shape: readonly number[];
  data_offsets: [number, number];
}

interface Header {
  __metadata__: { step: string; run: string; notes?: string };
  [name: string]: unknown;
}

/** A checkpoint as bytes, in the safetensors format. */
export const encodeCheckpoint = ({ step, run, notes, state, shapes }: Checkpoint): Buffer<ArrayBuffer> => {
  let offset = 0;
  const entries = Object.entries(state).map(([name, values]): [string, Entry] => {
    const from = offset;
    offset += values.byteLength;
    return [name, { dtype: "F32", shape: shapes[name] ?? [values.length], data_offsets: [from, offset] }];
  });
  const metadata = { step: `${step}`, run, ...(notes === undefined ? {} : { notes: JSON.stringify(notes) }) };
  const header = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const text = Buffer.from(header + " ".repeat(-Buffer.byteLength(header) & 7));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const bytes = (it: Float32Array) => new Uint8Array(it.buffer, it.byteOffset, it.byteLength);
  return Buffer.concat([length, text, ...Object.values(state).map(bytes)]);
};

/** The checkpoint that these bytes are; undefined when it is another run's. */
export const decodeCheckpoint = (bytes: Uint8Array, run: string): Checkpoint | undefined => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(buffer.readBigUInt64LE());
  const { __metadata__, ...entries } = JSON.parse(buffer.toString("utf8", 8, 8 + length)) as Header;
  if (__metadata__.run !== run) return undefined;
  const state: Checkpoint["state"] = {};
  const shapes: Checkpoint["shapes"] = {};
  for (const [name, { shape, data_offsets }] of Object.entries(entries as Record<string, Entry>)) {
    const [from, to] = data_offsets;
    const at = bytes.byteOffset + 8 + length + from;
    state[name] = new Float32Array(bytes.buffer.slice(at, at + to - from) as ArrayBuffer);
    shapes[name] = shape;
  }
  const { step, notes } = __metadata__;
  return { step: Number(step), run, ...(notes === undefined ? {} : { notes: JSON.parse(notes) as unknown }), state, shapes };
};
