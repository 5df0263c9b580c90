import { randomUUID } from "node:crypto";
import { requestId } from "../../../src/chat/requestId.ts";
import type { Viewer } from "../../../src/store/references.ts";
import { until } from "../processes.ts";
import { type SlackBlock, type SlackDouble, type SlackSeen, startSlack } from "../slack/double.ts";
import { whyNoSlack } from "../slack/localSlack.ts";
import { BOT, CHANNEL, ELSEWHERE, environmentOf, slackConfig, TEAM, users } from "../slack/workspace.ts";
import type { ExamBot } from "./bot.ts";
import type { AdapterDriver, ExamPeer, Seen, Sent } from "./driver.ts";
import { type ExamQuestion, exam } from "./exam.ts";

/** mrkdwn as our text again: its two marks, without what nobody sees. */
const fromSlack = (text: string): string =>
  text
    .replaceAll("\u200b", "")
    .replace(/```\n([\s\S]*?)\n```/g, "$1")
    .replace(/\*([^*\n]+)\*/g, "**$1**")
    .replace(/<(https?:[^>]+)>/g, "$1")
    .replace(/&(amp|lt|gt);/g, (_, name: string) => ({ amp: "&", lt: "<", gt: ">" })[name] ?? "");

const buttonsOf = ({ blocks = [] }: SlackSeen) =>
  blocks.flatMap((it) => (it.type === "actions" ? (it.elements ?? []) : [])).filter((it) => it.action_id?.startsWith("press:"));
const labelOf = ({ text }: NonNullable<SlackBlock["elements"]>[number]) => (typeof text === "object" ? text.text : "");
const deliveryOf = (message: SlackSeen): string | undefined => {
  const told = (message.blocks?.[0] as { block_id?: string } | undefined)?.block_id;
  return message.metadata?.event_payload?.delivery ?? (message.ephemeral_to && told !== "peerlab" ? told : undefined);
};
const partOf = (message: SlackSeen): number => message.metadata?.event_payload?.part ?? 0;

const textOf = ({ blocks = [] }: SlackSeen): string =>
  fromSlack(blocks.flatMap((it) => (it.type === "section" && it.text ? [it.text.text] : [])).join("\n"));

const why = whyNoSlack();
let double: SlackDouble;

/** Files never change, and every look at the channel looks at all of them. */
const knownSizes = new Map<string, number>();
const sizeOf = async (id: string): Promise<number> => {
  const size = knownSizes.get(id) ?? (await double.fileSize(id));
  if (size >= 0) knownSizes.set(id, size);
  return size;
};

/** What a message shows, with all that hangs on it. */
const see = async (main: SlackSeen, all: readonly SlackSeen[], status: Seen["status"]): Promise<Seen> => {
  const delivery = deliveryOf(main) as string;
  const others = all.filter((it) => it !== main && it.metadata && deliveryOf(it) === delivery && partOf(it) > 0);
  const parts = [main, ...others.sort((a, b) => partOf(a) - partOf(b))];
  const blocks = parts.flatMap((it) => it.blocks ?? []);
  const shown = blocks.flatMap((it) => it.slack_file?.id ?? []);
  const carried = parts.flatMap((it) => (it.metadata?.event_payload?.files ?? "").split(",").filter(Boolean));
  const sizes = (ids: readonly string[]) => Promise.all(ids.map(sizeOf));
  return {
    ...{ id: main.ts, request: delivery, status },
    text: parts.map(textOf).join("\n"),
    pictures: await sizes(shown),
    files: await sizes(carried.filter((id) => !shown.includes(id))),
    buttons: parts.flatMap(buttonsOf).map(labelOf),
    messages: parts.filter((it) => it === main || it.thread_ts === undefined).length,
  };
};

const openPeer = async (bot: ExamBot, user: string): Promise<ExamPeer> => {
  const viewer: Viewer = { userId: `slack:${TEAM}:${user}`, groupId: `slack:${TEAM}`, channel: CHANNEL };
  await until("Slack's sockets", () => double.sockets.standing() >= 2);
  const outcome = (request: string) => bot.bot.outcome(request, 0, viewer);
  const visible = async () =>
    (await double.messages(CHANNEL)).filter((it) => (it.ephemeral_to ?? user) === user && it.user === BOT);

  /** Everything that can be seen, or the messages that show one delivery. */
  const sees = async (delivery?: string): Promise<Seen[]> => {
    const all = await visible();
    const isMeant = (it: SlackSeen) => deliveryOf(it) !== undefined && (delivery ?? deliveryOf(it)) === deliveryOf(it);
    const mains = all.filter((it) => isMeant(it) && partOf(it) === 0);
    return Promise.all(
      mains.map(async (it) => {
        const found = await outcome(deliveryOf(it) as string);
        return see(it, all, found?.status ?? "said");
      }),
    );
  };
  const isTaken = async (request: string) => {
    const found = await outcome(request);
    if (!found) return false;
    return found.status !== "waiting" || (await bot.store.deliveries.get(request))?.externalId != null;
  };

  /** Sends an event: the name that it gives the request, and how to send it again. */
  const fire = async ({ input, files = [], replyTo }: Sent): Promise<{ request: string; again(): Promise<unknown> }> => {
    if (typeof input !== "string") {
      const values = Object.fromEntries(
        Object.entries(input.args).map(([name, value]) => [name, { [name]: { type: "plain_text_input", value: String(value) } }]),
      );
      const private_metadata = JSON.stringify({ path: input.command, channel: CHANNEL });
      const view = { id: `V${randomUUID()}`, callback_id: "ask", private_metadata, state: { values } };
      const payload = { type: "view_submission", view, user: { id: user }, team: { id: TEAM }, trigger_id: randomUUID() };
      const again = () => double.send("interactive", payload);
      await again();
      return { request: requestId("slack", `view ${view.id}`), again };
    }
    const [first = "", ...rest] = input.slice(1).split(" ");
    const needsPicture = first === "augment" || first === "증강" || first === "classify" || first === "models";
    if (files.length === 0 && !replyTo && !needsPicture) {
      const isOwn = first === "count";
      const text = isOwn ? rest.join(" ") : input.slice(1);
      const payload = await double.command({ user, channel: CHANNEL, command: isOwn ? "/count" : "/peerlab", text });
      return {
        request: requestId("slack", `command ${payload.trigger_id}`),
        again: () => double.send("slash_commands", payload),
      };
    }
    const text = `<@${BOT}> ${input.slice(1)}`;
    const thread = replyTo ? { thread_ts: replyTo.id } : {};
    const said =
      files.length > 0
        ? await double.upload({ channel: CHANNEL, user, text, ...thread }, files)
        : await double.say({ channel: CHANNEL, user, text, ...thread });
    return { request: requestId("slack", `message ${TEAM} ${CHANNEL} ${said.ts}`), again: double.repeat };
  };

  /** What the exam calls by an id of its own, and how it is sent again. */
  const named = new Map<string, { request: string; again(): Promise<unknown> }>();
  const alias = new Map<string, string>();
  const real = (id: string) => named.get(id)?.request ?? id;
  const asNamed = (seen: Seen): Seen => ({ ...seen, ...(seen.request && { request: alias.get(seen.request) ?? seen.request }) });
  const once = async (
    id: string | undefined,
    send: () => Promise<{ request: string; again(): Promise<unknown> }>,
  ): Promise<string> => {
    const before = id === undefined ? undefined : named.get(id);
    if (before) {
      await before.again();
      return id as string;
    }
    const sent = await send();
    if (id === undefined) return sent.request;
    named.set(id, sent);
    alias.set(sent.request, id);
    return id;
  };

  return {
    send: async (sent) => {
      const id = await once(sent.id, () => fire(sent));
      await until(`Slack to take ${JSON.stringify(sent.input)}`, () => isTaken(real(id)));
      return id;
    },
    answer: async (id) => {
      const find = async () => {
        if ((await outcome(real(id)))?.status === "waiting") return undefined;
        if ((await bot.store.deliveries.get(real(id)))?.state !== "sent") return undefined;
        const isWaiting = (await visible()).some((it) => deliveryOf(it) === real(id) && it.metadata?.event_payload?.waiting);
        const [found] = isWaiting ? [] : await sees(real(id));
        return found && asNamed(found);
      };
      await until(`the answer to ${id}`, find, 120);
      // Long answers and files follow in messages of their own.
      await bot.bot.idle();
      return until(`all of the answer to ${id}`, find);
    },
    press: async (seen, index, id) => {
      const told = async () => (await visible()).filter((it) => it.ephemeral_to === user && deliveryOf(it) === undefined);
      const before = (await told()).length;
      const all = await visible();
      const carrier = all
        .filter((it) => it.ts === seen.id || (it.metadata && deliveryOf(it) === seen.request))
        .find((it) => buttonsOf(it)[index]);
      // What the presser saw, which may have changed since.
      const message = (carrier ?? all.find((it) => it.ts === seen.id)) as SlackSeen;
      const payload = {
        user,
        channel: CHANNEL,
        message,
        action: { action_id: `press:${index}`, value: real(seen.request ?? "") },
      };
      const pressed = await once(id, async () => {
        const trigger_id = randomUUID();
        const again = () => double.press(payload, { trigger_id });
        await again();
        return { request: requestId("slack", `press ${trigger_id}`), again };
      });
      await until("the press to be taken", async () => (await outcome(real(pressed))) || (await told()).length > before);
      if (!(await outcome(real(pressed)))) throw new Error(fromSlack((await told()).at(-1)?.text ?? ""));
      return pressed;
    },
    cancel: async (id) => {
      const message = await until("its progress", async () =>
        (await visible()).find((it) => deliveryOf(it) === real(id) && it.metadata?.event_payload?.waiting),
      );
      await double.press({ user, channel: CHANNEL, message, action: { action_id: "cancel", value: real(id) } });
    },
    progress: (id) =>
      double.calls.flatMap(({ method, params }) => {
        const { event_payload } = (params["metadata"] ?? {}) as NonNullable<SlackSeen["metadata"]>;
        if (!/^chat\.(update|postMessage)$/.test(method) || !event_payload?.waiting || event_payload.delivery !== real(id))
          return [];
        const [, percent] = JSON.stringify(params["blocks"]).match(/(\d+) %/) ?? [];
        return [percent === undefined ? { done: 0, of: 0 } : { done: Number(percent), of: 100 }];
      }),
    sees: async () => (await sees()).map(asNamed),
    download: async ({ id }) => {
      const all = await visible();
      const main = all.find((it) => it.ts === id);
      if (!main) return [];
      const parts = all.filter((it) => it === main || (it.metadata && deliveryOf(it) === deliveryOf(main)));
      const shown = parts.flatMap(({ blocks = [] }) => blocks.flatMap((it) => it.slack_file?.id ?? []));
      const carried = parts.flatMap((it) => (it.metadata?.event_payload?.files ?? "").split(",").filter(Boolean));
      return Promise.all([...new Set([...shown, ...carried])].map(double.file));
    },
    thread: async ({ id }) => {
      const below = (await visible()).filter((it) => it.thread_ts === id && it.ts !== id);
      return below.map(textOf).join("\n");
    },
    suggest: async ({ command, option, typed, given }) => {
      const values = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, { [name]: { type: "static_select", selected_option: { value } } }]),
      );
      const view = { id: "V1", private_metadata: JSON.stringify({ path: command, channel: CHANNEL }), state: { values } };
      const { options } = (await double.suggest(user, view, option, typed)) as { options: { value: string }[] };
      return options.map((it) => it.value);
    },
    leave: async () => {},
  };
};

/** Slack, by the real Bolt against local-slack, with what its users do. */
export const slackDriver: AdapterDriver = {
  ...(why && { absent: why }),
  skips: why ? (Object.fromEntries(Object.keys(exam).map((question) => [question, why])) as Record<ExamQuestion, string>) : {},
  place: { adapter: "slack", group: `slack:${TEAM}`, channel: CHANNEL },
  ...(!why && {
    open: async () => {
      double = await startSlack({ config: slackConfig() });
      for (const korean of [users.Sora, users.하늘]) double.world.locales.set(korean, "ko-KR");
      return {
        environment: environmentOf(double),
        elsewhere: {
          name: "elsewhere",
          texts: async () => (await double.messages(ELSEWHERE)).filter((it) => it.user === BOT).map(textOf),
          lose: (how) => {
            // Who is thrown out of a public channel may come back; where that is not allowed, it is as if the channel were archived.
            double.world.archived.add(ELSEWHERE);
            if (how === "thrown out") double.world.members.get(ELSEWHERE)?.delete(BOT);
            return () => void double.world.archived.delete(ELSEWHERE);
          },
        },
        close: double.stop,
      };
    },
  }),
  join: async (bot, name) => (why ? ({ leave: async () => {} } as ExamPeer) : openPeer(bot, users[name as keyof typeof users])),
};
