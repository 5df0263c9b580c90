import { PGlite } from "@electric-sql/pglite";
import { serve } from "../../src/app/serve.ts";
import { loadConfig } from "../../src/config.ts";
import { openLog } from "../../src/log.ts";

/**
 * `npm start`, whose database holds for good, having said "held", at the statement that PEERLAB_HOLD_AT is a part of: to be killed there, at
 * exactly that moment.
 */
const holdAt = process.env["PEERLAB_HOLD_AT"];
const execute = PGlite.prototype.execProtocolStream;
PGlite.prototype.execProtocolStream = async function (message, options) {
  if (holdAt && Buffer.from(message).includes(holdAt)) {
    console.log("held");
    await new Promise(() => {});
  }
  return execute.call(this, message, options);
};

const config = loadConfig(process.env);
const serving = await serve(config, openLog(config), { web: true });
console.log(`Peerlab is at ${serving?.address}`);
