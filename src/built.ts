import { basename } from "node:path";

/** The folder in `dist` of what `npm run build` made of this (scripts/build.mjs), which sets it, and nothing else does. */
declare const PEERLAB_BUILT: string | undefined;

/** Whether this process runs what was built, as `npm start` does, or TypeScript by tsx, as tests do. */
export const isBuilt = typeof PEERLAB_BUILT !== "undefined";

/** Where the build lies. All that is built knows where its source is: its `import.meta.url` is the source's. */
export const builtFolder = new URL(`../dist/${isBuilt ? PEERLAB_BUILT : "none"}/`, import.meta.url);

/** The file that a process or a thread begins with: the built one of a source. */
export const builtFile = (source: URL): URL => new URL(`${basename(source.pathname, ".ts")}.js`, builtFolder);
