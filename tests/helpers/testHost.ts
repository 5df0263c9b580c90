import { loadConfig } from "../../src/config.ts";
import { startHost } from "../../src/jobs/host.ts";
import { redisQueue } from "../../src/jobs/transport.ts";
import { openLog } from "../../src/log.ts";
import { testChild } from "./testChild.ts";

/** A process that is nothing but a worker host of the queue `train` over Redis, and knows the jobs of testJobs.ts. */
const config = loadConfig(process.env);
const log = openLog(config);
await startHost(redisQueue(config.redisUrl ?? "", log), config, log, ["train"], testChild(config.home));
