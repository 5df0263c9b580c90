import { availableParallelism } from "node:os";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { refuseExternalData } from "../onnx/externalData.ts";
import { type ProviderName, providers } from "../providers.ts";
import { usableProviders } from "./usableProviders.ts";

/** An opened model, kept warm in this process. */
export interface Session {
  inputs: readonly string[];
  outputs: readonly string[];
  /** How many pictures a pass takes, where the graph fixes it. */
  batch: number | undefined;
  /** One forward pass over `dims`; every output by its name. `ms` is the pass alone, on a session that has run before. */
  run(input: Float32Array, dims: readonly number[]): Promise<{ outputs: Readonly<Record<string, Output>>; ms: number }>;
}
export interface Output {
  dims: readonly number[];
  data: Float32Array;
}

const MAX_KEPT_BYTES = 800e6; // the largest model we accept and a few small ones beside it
const MAX_THREADS = 4; // a batch of one gains little beyond, and the machine also serves a chat

let usable: Promise<readonly ProviderName[]> | undefined;

/** Where this process computes: of `providers()` those that start here. Looked at once, when the first model is opened. */
export const providersInUse = (): Promise<readonly ProviderName[]> => {
  usable ??= usableProviders(providers(), async (model, provider) => {
    await (await InferenceSession.create(model, { executionProviders: [provider], logSeverityLevel: 4 })).release();
  });
  return usable;
};

/** Opens a model for whoever releases it. Whatever its way here: none is opened whose tensors lie in files of this machine. */
export const openOwnSession = async (bytes: Uint8Array): Promise<Session & { release(): Promise<void> }> => {
  refuseExternalData(bytes);
  const session = await InferenceSession.create(bytes, {
    executionProviders: [...(await providersInUse())],
    intraOpNumThreads: Math.min(MAX_THREADS, availableParallelism()),
    graphOptimizationLevel: "all",
    logSeverityLevel: 4,
    extra: {
      session: {
        // Waiting threads sleep instead of spinning: half the processor time, faster on a busy machine (docs/LOG.md).
        intra_op: { allow_spinning: "0" },
        // Else a file with "ORTM" at its fifth byte would be read as another format than the one it was checked as.
        load_model_format: "ONNX",
      },
    },
  });
  const [input = ""] = session.inputNames;
  const [about] = session.inputMetadata;
  const batch = about?.isTensor ? about.shape[0] : undefined;
  let fresh = true;
  const pass = async (tensor: Tensor) => {
    const begun = performance.now();
    const result = await session.run({ [input]: tensor });
    return { result, ms: performance.now() - begun };
  };
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    batch: typeof batch === "number" ? batch : undefined,
    release: () => session.release(),
    run: async (data, dims) => {
      const tensor = new Tensor("float32", data, dims);
      if (fresh) await pass(tensor); // the first pass of a session allocates and tunes; it would be timed as if it were the model
      fresh = false;
      const { result, ms } = await pass(tensor);
      const outputs: Record<string, Output> = {};
      for (const [name, it] of Object.entries(result)) outputs[name] = { dims: it.dims, data: it.data as Float32Array };
      return { outputs, ms };
    },
  };
};

/** Opens a model, or hands out the one already open under `key`. */
export type OpenSession = (key: string, load: () => Promise<Uint8Array>) => Promise<Session>;

/** Keeps sessions open, together no larger than `maxBytes` of model files: the least recently used are closed first. */
export const createSessionCache = (maxBytes: number): OpenSession => {
  const kept = new Map<string, { session: ReturnType<typeof openOwnSession>; bytes: number }>();
  return async (key, load) => {
    const found = kept.get(key);
    if (found) {
      kept.delete(key);
      kept.set(key, found); // a Map keeps its order of insertion: the end is the most recently used
      return found.session;
    }
    const bytes = await load();
    let total = bytes.length + [...kept.values()].reduce((sum, it) => sum + it.bytes, 0);
    for (const [oldest, it] of kept) {
      if (total <= maxBytes) break;
      kept.delete(oldest);
      total -= it.bytes;
      await (await it.session).release();
    }
    const session = openOwnSession(bytes);
    kept.set(key, { session, bytes: bytes.length });
    session.catch(() => kept.delete(key));
    return session;
  };
};

/** The sessions of this process: a warm child answers without opening anything. */
export const openSession = createSessionCache(MAX_KEPT_BYTES);

/** Opens a model for a while, beside those that are kept: for a trial of a file that may be rejected. */
export const withSession = async <T>(bytes: Uint8Array, use: (session: Session) => Promise<T>): Promise<T> => {
  const session = await openOwnSession(bytes);
  try {
    return await use(session);
  } finally {
    await session.release();
  }
};

/** Runs a model once and closes it. */
export const tryOnce = (bytes: Uint8Array, input: Float32Array, dims: readonly number[]) =>
  withSession(bytes, (session) => session.run(input, dims));
