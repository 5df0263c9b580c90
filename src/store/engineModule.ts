import { readFile } from "node:fs/promises";

let compiled: Promise<WebAssembly.Module> | undefined;

const compile = async () =>
  WebAssembly.compile(await readFile(new URL("./pglite.wasm", import.meta.resolve("@electric-sql/pglite"))));

/**
 * PostgreSQL's program in WebAssembly, compiled once in a process, by other threads than this one: a start asks for it first of all, and loads
 * its modules meanwhile. Rejects where the library's file cannot be read.
 */
export const engineModule = (): Promise<WebAssembly.Module> => {
  compiled ??= compile();
  return compiled;
};
