import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { openCheckpoints } from "../../src/blobs/checkpoints.ts";
import { loadConfig } from "../../src/config.ts";
import { embeddedQueue } from "../../src/jobs/embedded.ts";
import { openFlows } from "../../src/jobs/flows.ts";
import { startHost } from "../../src/jobs/host.ts";
import { openLog } from "../../src/log.ts";

/** A process that is nothing but a worker host over an embedded queue. Each line on its standard input asks for one more drawing. */
const config = loadConfig(process.env);
const transport = await embeddedQueue(await PGlite.create(), openLog(config));
await startHost(transport, config, openLog(config), ["images"]);
const flows = await openFlows(transport, openCheckpoints(join(config.home, "blobs")));
let asked = 0;
process.stdin.on("data", async (lines: Buffer) => {
  for (const _ of lines.toString().trim().split("\n")) {
    asked++;
    await flows.start(
      `drawing-${asked}`,
      { job: "arch", input: { net: "resnet20", lang: "en" } },
      { person: "mina", priority: 1 },
    );
  }
});
console.log("ready");
