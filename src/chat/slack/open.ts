import { setTimeout } from "node:timers/promises";
import type { AdapterParts } from "../adapter.ts";
import { openApi } from "./api.ts";
import { openChannels } from "./channels.ts";
import { eraseFromSlack } from "./erase.ts";
import { codeOf, handlingOf } from "./errors.ts";
import { listChannels } from "./groupChannels.ts";
import { openModals } from "./opening.ts";
import { openPeople } from "./people.ts";
import { keepPort } from "./port.ts";
import { openPlaceholders } from "./progress.ts";
import { openReceiving } from "./receive.ts";
import { openResponseUrls } from "./responseUrls.ts";
import { openSending } from "./send.ts";
import type { Slack } from "./slack.ts";
import { keepSockets } from "./sockets.ts";
import { type Link, openStates, stateOf } from "./states.ts";

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;

/** Opens Slack over a bot: it listens, takes the deliveries for Slack from the outbox, and goes on with what was acknowledged. */
export const openSlack = async ({ config, connection, ...parts }: AdapterParts): Promise<void> => {
  const { bot, log, signal } = parts;
  const { slack: settings } = config;
  if (!settings) throw new Error("Expected Slack's tokens: the adapter is started only where they are set");
  const { mode, apiUrl } = settings;
  const ways: Link[] = "socket" in mode ? ["socket 1", "socket 2"] : ["port"];
  const states = openStates(["token", ...ways], connection);

  /** Asks Slack who we are until it says so. */
  let isChecking = false;
  const checkToken = async () => {
    for (let waitMs = FIRST_RETRY_MS; !signal.aborted; waitMs = Math.min(2 * waitMs, LAST_RETRY_MS)) {
      try {
        await api.call((client) => client.auth.test());
        return states.set("token", { state: "connected" });
      } catch (error) {
        if (signal.aborted) return;
        states.set("token", stateOf(codeOf(error), "SLACK_BOT_TOKEN", error));
        await setTimeout(waitMs, undefined, { signal, ref: false }).catch(() => {});
      }
    }
  };
  const check = () => {
    if (isChecking) return;
    isChecking = true;
    checkToken().finally(() => {
      isChecking = false;
    });
  };

  const api = openApi(settings, {
    log,
    signal,
    // A token that is refused in the middle of things is seen at once, and watched until it works again.
    onError: (error) => {
      if (handlingOf(error) === "token" && states.is("token") === "connected") check();
    },
  });
  const slack: Slack = {
    ...parts,
    api,
    people: openPeople(api),
    channels: openChannels(api),
    responseUrls: openResponseUrls(api, signal),
  };
  const placeholders = openPlaceholders(slack);
  const sending = openSending(slack, placeholders.ended);
  const receiving = openReceiving(slack, { sending, placeholders, modals: openModals(slack, sending) });

  bot.channels.serve("slack", listChannels(api));
  bot.events.onProgress("slack", placeholders.report);
  bot.events.onErased(({ deliveries }) => void eraseFromSlack(deliveries, slack));
  await receiving.goOn();
  await bot.outbox.serve("slack", sending.send);

  check();
  const listening = { onEvent: receiving.onEvent, states, log, signal };
  if ("socket" in mode) keepSockets({ appToken: mode.socket.appToken, apiUrl }, listening);
  else keepPort({ ...mode.http, host: config.host }, listening);
};
