import { commands } from "../commands/index.ts";
import { manifestText } from "../src/chat/slack/manifest.ts";

/**
 * Prints Slack's manifest of the app, to be pasted at api.slack.com/apps: `npm run -s manifest`, or for HTTP, with the address at which Slack
 * reaches SLACK_PORT, `npm run -s manifest -- https://peerlab.example.org`.
 */
const [address] = process.argv.slice(2);
process.stdout.write(manifestText(commands, address === undefined ? "socket" : { address }));
