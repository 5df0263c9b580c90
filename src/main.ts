import { parseArgs } from "node:util";
import { serve } from "./app/serve.ts";
import type { Serving } from "./app/servers.ts";
import { everyNetwork, freshToken, invitation, invitationLink, sharedAddresses, sharedConfig } from "./app/share.ts";
import { configOrExit, languageOfStart } from "./environment.ts";
import { UserError } from "./errors.ts";
import { listenForStop, stopping } from "./lifecycle.ts";
import { openLog } from "./log.ts";

/** `npm start`: the bot, its workers and the web chat, until Ctrl-C; with `--share` also for others in the local network. */
const { values } = parseArgs({
  options: { data: { type: "string" }, port: { type: "string" }, share: { type: "boolean", default: false } },
});
const own = configOrExit(
  {
    ...(values.data ? { PEERLAB_HOME: values.data } : {}),
    ...(values.port ? { PEERLAB_PORT: values.port } : {}),
    ...(values.share ? freshToken() : {}),
  },
  values.share ? everyNetwork : {},
);

/** Why it cannot work here is a sentence for whoever started it; anything else is our failure. */
const explain = (error: unknown): never => {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exit(1);
};
const shared = () => {
  try {
    return sharedConfig(own);
  } catch (error) {
    return explain(error);
  }
};
const config = values.share ? shared() : own;
const log = openLog(config);
for (const notice of config.notices) log.warn(notice);
listenForStop();

const POLL_MS = 300;
const pause = () => new Promise((resolve) => setTimeout(resolve, POLL_MS));

const begin = (): Promise<Serving | undefined> => serve(config, log, { web: true }).catch(explain);

/** Where the web chat is, for whoever started it; when it is shared, how others get in. */
const describeStart = (address = ""): string => {
  if (!values.share) return `Peerlab is at ${address}  (Ctrl-C stops it; what was asked goes on at the next start)`;
  const links = sharedAddresses(own, Number(new URL(address).port || 80)).map((it) => invitationLink(it, own.webToken ?? ""));
  return `\n${invitation(links, languageOfStart(), process.stdout.isTTY ?? false)}\n`;
};

let serving = await begin();
if (!serving) console.log(`Another Peerlab works in ${config.home}; this one waits until it is done  (Ctrl-C stops it)`);
while (!serving && !stopping.aborted) {
  await pause();
  serving = await begin();
}
if (serving && !stopping.aborted) {
  console.log(describeStart(serving.address));
  await new Promise((resolve) => stopping.addEventListener("abort", resolve, { once: true }));
}
log.info("stopping");
// Docker kills after ten seconds. A job that takes longer is done again after the next start.
setTimeout(() => process.exit(0), 8000).unref();
await serving?.close();
process.exit(0);
