import type { APIMessage } from "discord.js";
import { shownIn } from "../../../src/chat/discord/shown.ts";
import { requestId } from "../../../src/chat/requestId.ts";
import type { Viewer } from "../../../src/store/references.ts";
import { chatCommand, readLine } from "../discord/acting.ts";
import { type DiscordDouble, startDiscord } from "../discord/double.ts";
import { fault } from "../discord/refusals.ts";
import { BOT, CHANNEL, ELSEWHERE, environmentOf, SERVER, serverOptions, users } from "../discord/server.ts";
import { openValidator } from "../discord/validation.ts";
import { until } from "../processes.ts";
import type { ExamBot } from "./bot.ts";
import type { AdapterDriver, ExamPeer, Seen, Sent } from "./driver.ts";

const place = { adapter: "discord", group: `discord:${SERVER}`, channel: CHANNEL } as const;
let double: DiscordDouble;

/** Discord's markdown as our text again. */
const fromDiscord = (text: string): string =>
  text
    .replace(/```\n([\s\S]*?)\n```/g, "$1")
    .replace(/\\([\\*_~|`<>@[\]#+:-])/g, "$1")
    .replace(/^…$/gm, "");

interface Button {
  label: string;
  custom_id: string;
}
const buttonsOf = ({ components = [] }: Pick<APIMessage, "components">): Button[] =>
  (components as unknown as { components: Button[] }[]).flatMap((row) => row.components);
/** A button of each answer as it was seen, by its delivery and its number: what is shown may change before it is pressed. */
const pressable = new Map<string, string>();

const openPeer = async (bot: ExamBot, user: string, locale: string): Promise<ExamPeer> => {
  const viewer: Viewer = { userId: `discord:${user}`, groupId: place.group, channel: CHANNEL };
  await until("the bot on Discord", double.isConnected);
  const outcome = (request: string) => bot.bot.outcome(request, 0, viewer);
  /** What hangs in a thread is not seen by looking at the channel. */
  const conversations = [CHANNEL, double.directChannel(user)];
  const visible = async () => (await Promise.all(conversations.map((it) => double.shownTo(user, it)))).flat();
  /** The delivery that a message shows, as far as its sender noted it. */
  const deliveryOf = async (message: APIMessage): Promise<{ delivery: string; isWaiting: boolean } | undefined> => {
    for (const name of ["", "ephemeral/", "waiting/", `${message.channel_id}/`]) {
      const delivery = await bot.store.deliveries.shownAs(place, name + message.id);
      if (delivery) return { delivery, isWaiting: name === "waiting/" };
    }
    return undefined;
  };
  const byDelivery = async () => {
    const all = await Promise.all((await visible()).map(async (message) => ({ message, ...(await deliveryOf(message)) })));
    const shown = new Map<string, { message: APIMessage; isWaiting?: boolean }[]>();
    for (const { delivery, ...it } of all) {
      if (delivery !== undefined) shown.set(delivery, [...(shown.get(delivery) ?? []), it]);
    }
    return shown;
  };
  const see = async (delivery: string, parts: readonly { message: APIMessage; isWaiting?: boolean }[]): Promise<Seen> => {
    const messages = parts.map((it) => it.message);
    const attachments = messages.flatMap((it) => it.attachments);
    const sizes = (arePictures: boolean) =>
      attachments.filter((it) => it.content_type?.startsWith("image/") === arePictures).map((it) => it.size);
    const buttons = messages.flatMap(buttonsOf).filter((it) => it.custom_id.startsWith("press:"));
    for (const [index, it] of buttons.entries()) {
      // While a message is being changed, it may show already what is not yet noted.
      if (it.custom_id.startsWith(`press:${delivery}:`)) pressable.set(`${delivery}:${index}`, it.custom_id);
    }
    const status = parts[0]?.isWaiting ? "waiting" : ((await outcome(delivery))?.status ?? "said");
    return {
      ...{ id: (messages[0] as APIMessage).id, request: delivery, status },
      text: messages
        .map((it) => fromDiscord(it.content))
        .join("\n")
        .trim(),
      ...{ pictures: sizes(true), files: sizes(false), buttons: buttons.map((it) => it.label), messages: messages.length },
    };
  };
  const sees = async (): Promise<Seen[]> =>
    Promise.all([...(await byDelivery())].map(([delivery, parts]) => see(delivery, parts)));
  const isTaken = async (request: string) => {
    const found = await outcome(request);
    if (!found) return false;
    return found.status !== "waiting" || (await bot.store.deliveries.get(request))?.externalId != null;
  };

  type Fired = { request: string; event: [string, object] };
  const interact = async (type: number, data: Record<string, unknown>, messageId?: string): Promise<Fired> => {
    const did = { type, channelId: CHANNEL, userId: user, data, ...(messageId && { messageId }) };
    const { id, event } = await double.act(did, { locale });
    return { request: requestId("discord", id), event };
  };
  /** Does what gets a request to the bot: a chat command where Discord has one for it, else a message that mentions the bot. */
  const fire = async ({ input, files = [], replyTo }: Sent): Promise<Fired> => {
    const line = typeof input === "string" ? readLine(input, bot.bot.commands) : undefined;
    const asked = typeof input === "string" ? line : { path: input.command, args: input.args };
    const needsFile = Object.values(line?.command.options ?? {}).some((it) => it.required && it.kind === "image");
    if (asked && !replyTo && (files.length > 0 || !needsFile)) {
      const data = await chatCommand(double, bot.bot.commands, asked.path, asked.args, files);
      if (data) return interact(2, data);
    }
    const attachments = await Promise.all(
      files.map(async (file) => double.upload(file.name, file.type, Buffer.from(await file.arrayBuffer()))),
    );
    const replied = replyTo && (await visible()).find((it) => it.id === replyTo.id);
    const { id, event } = await double.say(CHANNEL, user, `<@${BOT}> ${input}`, attachments, replied);
    return { request: requestId("discord", id), event };
  };

  /** What the exam calls by an id of its own, with the event, to send it again. */
  const named = new Map<string, Fired>();
  const real = (id: string) => named.get(id)?.request ?? id;
  const asNamed = (seen: Seen): Seen => {
    const name = [...named].find(([, { request }]) => request === seen.request)?.[0];
    return name ? { ...seen, request: name } : seen;
  };
  const once = async (id: string | undefined, send: () => Promise<Fired>): Promise<string> => {
    const before = id === undefined ? undefined : named.get(id);
    if (before) double.repeat(before.event);
    const sent = before ?? (await send());
    if (id !== undefined) named.set(id, sent);
    return id ?? sent.request;
  };
  return {
    send: async (sent) => {
      const id = await once(sent.id, () => fire(sent));
      await until(`Discord to take ${JSON.stringify(sent.input)}`, () => isTaken(real(id)));
      return id;
    },
    answer: async (id) => {
      const find = async () => {
        if ((await outcome(real(id)))?.status === "waiting") return undefined;
        const row = await bot.store.deliveries.get(real(id));
        if (row?.state !== "sent") return undefined;
        const isThere = ({ channel }: { channel: string | undefined }) =>
          channel === undefined || conversations.includes(channel);
        const names = shownIn(row.externalId ?? "", place).flatMap((it) => (isThere(it) ? [it.id] : []));
        const all = await visible();
        const parts = names.flatMap((name) => all.find((it) => it.id === name) ?? []).map((message) => ({ message }));
        const found = parts.length === names.length ? await see(real(id), parts) : undefined;
        return found && asNamed(found);
      };
      return until(`the answer to ${id}`, find, 120);
    },
    press: async (seen, index, id) => {
      const before = new Set((await visible()).map((it) => it.id));
      const told = async () => (await visible()).filter((it) => !before.has(it.id) && it.flags && it.flags & 64);
      const customId = pressable.get(`${real(seen.request ?? "")}:${index}`);
      const fired = () => interact(3, { custom_id: customId, component_type: 2 }, seen.id);
      const pressed = await once(id, fired);
      await until("the press to be taken", async () => (await outcome(real(pressed))) || (await told()).length > 0);
      if (!(await outcome(real(pressed)))) throw new Error(fromDiscord((await told())[0]?.content ?? ""));
      return pressed;
    },
    cancel: async (id) => {
      const find = async () =>
        (await visible()).find((it) => buttonsOf(it).some((button) => button.custom_id === `cancel:${real(id)}`));
      const message = await until("its progress", find);
      await interact(3, { custom_id: `cancel:${real(id)}`, component_type: 2 }, message.id);
    },
    progress: (id) =>
      double.calls.flatMap(({ method, body }) => {
        if (method !== "PATCH" || !buttonsOf(body ?? {}).some((it) => it.custom_id === `cancel:${real(id)}`)) return [];
        const [, percent] = String(body.content).match(/(\d+) %/) ?? [];
        return [percent === undefined ? { done: 0, of: 0 } : { done: Number(percent), of: 100 }];
      }),
    sees: async () => (await sees()).map(asNamed),
    download: async ({ request = "" }) => {
      const shown = (await byDelivery()).get(real(request)) ?? [];
      const files = shown.flatMap(({ message }) => message.attachments);
      return Promise.all(files.map(async ({ url }) => Buffer.from(await (await fetch(url)).arrayBuffer())));
    },
    thread: async ({ request = "" }) => {
      const row = await bot.store.deliveries.get(real(request));
      const below = shownIn(row?.externalId ?? "", place).filter((it) => it.channel !== CHANNEL);
      const threads = await Promise.all(below.map(({ channel = "" }) => double.shownTo(user, channel)));
      const texts = below.map(({ id }, index) => threads[index]?.find((it) => it.id === id)?.content ?? "");
      return texts.map(fromDiscord).join("\n");
    },
    suggest: async ({ command, option, typed, given }) => {
      const typedOption = { name: option, type: 3, value: typed, focused: true };
      const options = [...Object.entries(given).map(([name, value]) => ({ name, type: 3, value })), typedOption];
      const calls = double.calls.length;
      await interact(4, { id: "1", name: command, type: 1, options });
      const answered = () => double.calls.slice(calls).find((it) => it.path.endsWith("/callback"));
      const { body } = await until("choices", answered);
      return body.data.choices.map((it: { value: string }) => it.value);
    },
    leave: async () => {},
  };
};

/** Discord, by the real discord.js against a Discord on loopback, with what its users do. */
export const discordDriver: AdapterDriver = {
  skips: {},
  place,
  open: async () => {
    double = await startDiscord(serverOptions());
    const validate = openValidator();
    return {
      environment: environmentOf(double),
      elsewhere: {
        name: "elsewhere",
        texts: async () => (await double.shownTo(users.Mina, ELSEWHERE)).map((it) => fromDiscord(it.content)),
        lose: (how) => {
          const { before } = double.staged;
          const refusal = () => (how === "deleted" ? fault(404, 10003, "Unknown Channel") : fault(403, 50001, "Missing Access"));
          double.staged.before = ({ path }) => (path.startsWith(`/channels/${ELSEWHERE}`) ? refusal() : undefined);
          return () => {
            double.staged.before = before;
          };
        },
      },
      close: async () => {
        await double.stop();
        const complaints = double.calls.flatMap(validate);
        console.log(`${double.calls.length} calls to Discord validated, ${complaints.length} complaints`);
        if (complaints.length > 0) throw new Error([...new Set(complaints)].slice(0, 20).join("\n"));
      },
    };
  },
  join: (bot, name, lang) => openPeer(bot, users[name as keyof typeof users], lang === "ko" ? "ko" : "en-US"),
};
