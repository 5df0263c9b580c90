import { readFile } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";

/**
 * What a function has to have done before V8 compiles it again for speed: 55 times as much as usual. A start does a little of very much, and that
 * took half of its processor time. What is asked often is as fast after some thousand queries (docs/LOG.md).
 */
const BUDGET = 100_000_000;

let compiled: Promise<WebAssembly.Module> | undefined;

const compile = async () => {
  setFlagsFromString(`--wasm-tiering-budget=${BUDGET}`);
  return WebAssembly.compile(await readFile(new URL("./pglite.wasm", import.meta.resolve("@electric-sql/pglite"))));
};

/**
 * PostgreSQL's program in WebAssembly, compiled once in a process, by other threads than this one: a start asks for it first of all, and loads
 * its modules meanwhile. Rejects where the library's file cannot be read.
 */
export const engineModule = (): Promise<WebAssembly.Module> => {
  compiled ??= compile();
  return compiled;
};
