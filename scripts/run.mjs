import { buildIfNeeded } from "./build.mjs";

/** `npm start`, `npm run ask` and `npm run worker`: builds what has changed since the last time, and runs it in this process. */
const [, , program] = process.argv;
buildIfNeeded();
process.argv.splice(2, 1);
await import(`../dist/server/${program}.js`);
