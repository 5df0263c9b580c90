import { parseArgs } from "node:util";
import { configOrExit } from "./environment.ts";
import { startHost } from "./jobs/host.ts";
import { formerQueues, type QueueName, queueNames } from "./jobs/queues.ts";
import { redisQueue } from "./jobs/transport.ts";
import { listenForStop, stopping } from "./lifecycle.ts";
import { openLog } from "./log.ts";
import { watchSpace } from "./space.ts";

/** `npm run worker -- --queues images,infer`: serves queues of a Redis from this machine, until Ctrl-C. */
const { values } = parseArgs({
  options: { queues: { type: "string", default: queueNames.join(",") }, data: { type: "string" } },
});
const config = configOrExit(values.data ? { PEERLAB_HOME: values.data } : {});
const log = openLog(config);
for (const notice of config.notices) log.warn(notice);
const served = values.queues.split(",").map((name) => {
  const now = formerQueues[name];
  if (now) log.warn(`the queue ${name} is called ${now} now`);
  return now ?? name;
});
const unknown = served.filter((it) => !queueNames.some((queue) => queue === it));

if (unknown.length > 0) {
  console.error(`--queues: expected some of ${queueNames.join(", ")}, got ${unknown.join(", ")}`);
  process.exit(2);
}
if (!config.redisUrl) {
  console.error(
    "REDIS_URL: needed here, because a worker of its own shares the queue with the bot over Redis. Without it, `npm start` works alone.",
  );
  process.exit(2);
}
listenForStop();
const transport = redisQueue(config.redisUrl, log);
const space = watchSpace(config);
space.follow(transport.work);
await startHost(transport, config, log, served as QueueName[]);
await new Promise((resolve) => stopping.addEventListener("abort", resolve, { once: true }));
await transport.close();
process.exit(0);
