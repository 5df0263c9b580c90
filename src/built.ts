import { basename } from "node:path";

/** Set where `npm run build` made JavaScript of this (scripts/build), and nowhere else. */
declare const PEERLAB_BUILT: true | undefined;

/** Whether this process runs what was built, as `npm start` does, or TypeScript by tsx, as tests do. */
export const isBuilt = typeof PEERLAB_BUILT !== "undefined";

/** Where the build lies. All that is built knows where its source is: its `import.meta.url` is the source's. */
export const builtFolder = new URL("../dist/server/", import.meta.url);

/** The file that a process or a thread begins with: the built one of a source. */
export const builtFile = (source: URL): URL => new URL(`${basename(source.pathname, ".ts")}.js`, builtFolder);
