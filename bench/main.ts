import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { answers } from "./answers.ts";
import { augment } from "./augment.ts";
import { classify } from "./classify.ts";
import { distill } from "./distill.ts";
import { faults } from "./faults.ts";
import { hostile } from "./hostile.ts";
import { load } from "./load.ts";
import { optionSpecs, readOptions } from "./options.ts";
import { peers } from "./peers.ts";
import { photos } from "./photos.ts";
import { startUp } from "./start.ts";
import { train, wasm } from "./train.ts";
import { unsure } from "./unsure.ts";

/** Every benchmark: `npm run -s bench -- NAME [--json]`. The last line of output is its result as JSON. */
const benches = {
  answers,
  photos,
  peers,
  train,
  distill,
  wasm,
  classify,
  augment,
  faults,
  hostile,
  load,
  start: startUp,
  unsure,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, ...optionSpecs },
});
const [name = ""] = positionals;
const bench = Object.hasOwn(benches, name) ? benches[name as keyof typeof benches] : undefined;
if (!bench) {
  const options = Object.keys(optionSpecs).map((it) => `[--${it} …]`);
  console.error(`npm run -s bench -- ${Object.keys(benches).join("|")} [--json] ${options.join(" ")}; got "${name}"`);
  process.exit(1);
}
const say = (line: string) => (values.json ? undefined : console.log(line));
const [busy = 0] = loadavg();
if (busy > 0.5) console.error(`The machine is busy (load ${busy.toFixed(1)}): these figures will say little.`);
const { json: _, ...options } = values;
console.log(JSON.stringify(await bench(say, readOptions(options))));
