import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { augment } from "./augment.ts";
import { classify } from "./classify.ts";
import { peers } from "./peers.ts";
import { photos } from "./photos.ts";
import { train } from "./train.ts";

/** Every benchmark: `npm run -s bench -- NAME [--json]`. The last line of output is its result as JSON. */
const benches = { photos, peers, train, classify, augment };

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: "boolean", default: false } } });
const [name = ""] = positionals;
const bench = Object.hasOwn(benches, name) ? benches[name as keyof typeof benches] : undefined;
if (!bench) {
  console.error(`npm run -s bench -- ${Object.keys(benches).join("|")} [--json]; got "${name}"`);
  process.exit(1);
}
const say = (line: string) => (values.json ? undefined : console.log(line));
const [load = 0] = loadavg();
if (load > 0.5) console.error(`The machine is busy (load ${load.toFixed(1)}): these figures will say little.`);
console.log(JSON.stringify(await bench(say)));
