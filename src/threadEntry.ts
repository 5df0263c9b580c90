import { builtFile, isBuilt } from "./built.ts";

/**
 * What a worker thread is started with so that it runs a file of ours. Where that is TypeScript, a thread does not inherit the loader that
 * lets Node.js read it, and has to register it before it imports our files.
 */
export const threadEntry = (file: URL): URL => {
  if (isBuilt) return builtFile(file);
  const [loader, ours] = [import.meta.resolve("tsx/esm/api"), file.href];
  const code = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(ours)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
};
