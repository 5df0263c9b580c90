import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { built } from "./build.mjs";

/** `npm start`, `npm run ask` and `npm run worker`: builds what has changed since the last time, and runs it in this process. */
const [, , program] = process.argv;
process.argv.splice(2, 1);
await import(pathToFileURL(join(built(), `${program}.js`)).href);
