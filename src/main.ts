import { parseArgs } from "node:util";
import { type Serving, serve } from "./app/serve.ts";
import { configOrExit } from "./environment.ts";
import { UserError } from "./errors.ts";
import { listenForStop, stopping } from "./lifecycle.ts";
import { openLog } from "./log.ts";

/** `npm start`: the bot, its workers and the web chat, until Ctrl-C. */
const { values } = parseArgs({ options: { data: { type: "string" }, port: { type: "string" } } });
const config = configOrExit({
  ...(values.data ? { PEERLAB_HOME: values.data } : {}),
  ...(values.port ? { PEERLAB_PORT: values.port } : {}),
});
const log = openLog(config);
for (const notice of config.notices) log.warn(notice);
listenForStop();

const POLL_MS = 300;
const pause = () => new Promise((resolve) => setTimeout(resolve, POLL_MS));

/** Why it cannot work here is a sentence for whoever started it; anything else is our failure. */
const begin = (): Promise<Serving | undefined> =>
  serve(config, log, { web: true }).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exit(1);
  });

let serving = await begin();
if (!serving) console.log(`Another Peerlab works in ${config.home}; this one waits until it is done  (Ctrl-C stops it)`);
while (!serving && !stopping.aborted) {
  await pause();
  serving = await begin();
}
if (serving && !stopping.aborted) {
  console.log(`Peerlab is at ${serving.address}  (Ctrl-C stops it; what was asked goes on at the next start)`);
  await new Promise((resolve) => stopping.addEventListener("abort", resolve, { once: true }));
}
log.info("stopping");
// Docker kills after ten seconds. A job that takes longer is done again after the next start.
setTimeout(() => process.exit(0), 8000).unref();
await serving?.close();
process.exit(0);
