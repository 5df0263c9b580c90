import { openExamBot } from "../adapters/bot.ts";

/** A process with a bot on Discord, in the folder and with the settings of its environment: to be killed at any moment. */
const bot = await openExamBot(process.env["PEERLAB_HOME"], {});
console.log("open");
process.once("SIGTERM", () => void bot.close().then(() => process.exit(0)));
