import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Which TensorFlow trains here, as scripts/install-tensorflow.ts found it. */
export interface Engine {
  /** `official`: the binary of tfjs-node-gpu. `linked`: its binding over the TensorFlow of PyPI. `wasm`: no native TensorFlow. */
  way: "official" | "linked" | "wasm";
  /** Of TensorFlow itself; of the WASM backend where there is none. */
  version: string;
  /** Why it is not native, for whoever installed it. */
  why?: string;
}

/** Beside the packages it speaks of, so that deleting node_modules forgets it too. */
export const enginePath = fileURLToPath(new URL("../../node_modules/.peerlab-tensorflow.json", import.meta.url));

/** What is in use, without loading it: for /status. */
export const installedEngine = (): Engine => {
  try {
    return JSON.parse(readFileSync(enginePath, "utf8")) as Engine;
  } catch {
    return { way: "wasm", version: "4.22.0", why: "install scripts were off; `npm run tensorflow` looks for the native one" };
  }
};
