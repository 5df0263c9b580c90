import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { commands } from "../commands/index.ts";
import { dataPage } from "./docs/dataPage.ts";

/** `npm run docs`: makes docs/data.md again from the commands' schemas. Examples of a new command are put below its heading by hand. */
const path = fileURLToPath(new URL("../docs/data.md", import.meta.url));
await writeFile(path, dataPage(await readFile(path, "utf8"), commands));
