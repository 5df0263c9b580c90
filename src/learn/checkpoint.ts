import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Where a run stands: enough to go on as if nothing had happened. */
export interface Checkpoint {
  /** Steps done. */
  step: number;
  /** What the run is: its recipe, network and seed as JSON. Another run's checkpoint is not taken for ours. */
  run: string;
  /** Weights, optimiser state and averages by their names. */
  state: Record<string, Float32Array>;
  shapes: Record<string, readonly number[]>;
}

// A file in the safetensors format (huggingface.co/docs/safetensors): 8 bytes with the length of a JSON header, the header, and
// the numbers one after another. Anyone can open it; nothing in it is ever executed.

interface Entry {
  dtype: "F32";
  shape: readonly number[];
  data_offsets: [number, number];
}

/** The bytes of a checkpoint, in parts that follow each other. */
const encode = ({ step, run, state, shapes }: Checkpoint): Uint8Array[] => {
  let offset = 0;
  const entries = Object.entries(state).map(([name, values]): [string, Entry] => {
    const from = offset;
    offset += values.byteLength;
    return [name, { dtype: "F32", shape: shapes[name] ?? [values.length], data_offsets: [from, offset] }];
  });
  const header = JSON.stringify({ __metadata__: { step: `${step}`, run }, ...Object.fromEntries(entries) });
  const text = Buffer.from(header + " ".repeat(-Buffer.byteLength(header) & 7));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const bytes = (it: Float32Array) => new Uint8Array(it.buffer, it.byteOffset, it.byteLength);
  return [length, text, ...Object.values(state).map(bytes)];
};

/** Replaces the checkpoint at `path`. A process killed at any moment leaves the old one or the new one, whole. */
export const saveCheckpoint = async (path: string, checkpoint: Checkpoint): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(`${path}.new`, "w");
  try {
    for (const it of encode(checkpoint)) await file.write(it);
    await file.sync(); // a rename may reach the disk before the bytes it names
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
};

/** The checkpoint at `path`, if there is one of this run. */
export const loadCheckpoint = async (path: string, run: string): Promise<Checkpoint | undefined> => {
  if (!existsSync(path)) return undefined;
  const bytes = await readFile(path);
  const length = Number(bytes.readBigUInt64LE());
  const { __metadata__, ...entries } = JSON.parse(bytes.toString("utf8", 8, 8 + length)) as Record<string, Entry> & {
    __metadata__: { step: string; run: string };
  };
  if (__metadata__.run !== run) return undefined;
  const state: Checkpoint["state"] = {};
  const shapes: Checkpoint["shapes"] = {};
  for (const [name, { shape, data_offsets }] of Object.entries(entries as Record<string, Entry>)) {
    const [from, to] = data_offsets;
    const at = bytes.byteOffset + 8 + length + from;
    state[name] = new Float32Array(bytes.buffer.slice(at, at + to - from) as ArrayBuffer);
    shapes[name] = shape;
  }
  return { step: Number(__metadata__.step), run, state, shapes };
};
