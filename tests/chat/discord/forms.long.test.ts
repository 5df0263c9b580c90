import { rm } from "node:fs/promises";
import type { APIMessage, APIModalInteractionResponseCallbackData } from "discord.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requestId } from "../../../src/chat/requestId.ts";
import type { FileRef } from "../../../src/files.ts";
import { type ExamBot, openExamBot } from "../../helpers/adapters/bot.ts";
import { type DiscordDouble, startDiscord } from "../../helpers/discord/double.ts";
import { BOT, CHANNEL, environmentOf, serverOptions, users } from "../../helpers/discord/server.ts";
import { openValidator } from "../../helpers/discord/validation.ts";
import { landscape } from "../../helpers/pictures.ts";
import { until } from "../../helpers/processes.ts";

type Form = APIModalInteractionResponseCallbackData;
interface Field {
  label: string;
  component: {
    type: number;
    custom_id: string;
    value?: string;
    options?: { value: string; label: string; default?: true }[];
    max_values?: number;
  };
}
const [SELECT, TEXT, UPLOAD] = [3, 4, 19];

let double: DiscordDouble;
let bot: ExamBot;
const open = async (home?: string) => {
  bot = await openExamBot(home, environmentOf(double));
  await until("the bot on Discord", double.isConnected);
};
beforeAll(async () => {
  double = await startDiscord(serverOptions());
  await open();
});
afterAll(async () => {
  await bot.close();
  await double.stop();
  await rm(bot.home, { recursive: true, force: true });
});

const picture = async (name: string, size = 200) => double.upload(name, "image/jpeg", await landscape(size, size));
const act = async (type: number, data: Record<string, unknown>, user: string, locale: string) =>
  (await double.act({ type, channelId: CHANNEL, userId: user, data }, { locale })).id;
const callback = (id: string) =>
  until("an acknowledgement", () => double.calls.find((call) => call.path.startsWith(`/interactions/${id}/`))?.body);

/** Uses a chat command or a message's menu, and gives the form that opens. */
const formOf = async (data: Record<string, unknown>, { user = users.Mina as string, locale = "en-US" } = {}): Promise<Form> => {
  const { type, data: form } = await callback(await act(2, { id: "1", ...data }, user, locale));
  expect(type).toBe(9);
  return form;
};
const fieldsOf = (form: Form) => form.components as unknown as Field[];
const fieldNamed = (form: Form, name: string) => fieldsOf(form).find((it) => it.component.custom_id === name)?.component;
const menu = (name: string, message: APIMessage | { id: string }) => ({
  ...{ name, type: 3, target_id: message.id },
  resolved: { messages: { [message.id]: message } },
});
const chat = (name: string, options: object[] = [], attachments: object = {}) => ({
  name,
  type: 1,
  options,
  resolved: { attachments },
});

/** Sends a form back, filled in: the id of the request that it makes. */
const submit = async (
  form: Form,
  filled: Record<string, string | Awaited<ReturnType<typeof picture>>[]>,
  user: string = users.Mina,
): Promise<string> => {
  const attachments: Record<string, object> = {};
  const components = Object.entries(filled).map(([custom_id, value], index) => {
    const type = fieldNamed(form, custom_id)?.type;
    const files = typeof value === "string" ? [] : value;
    for (const file of files) attachments[file.id] = file;
    const given =
      typeof value !== "string" ? { values: files.map((it) => it.id) } : type === SELECT ? { values: [value] } : { value };
    return { type: 18, id: index, component: { type, custom_id, ...given } };
  });
  const id = await act(5, { custom_id: form.custom_id, components, resolved: { attachments } }, user, "en-US");
  return requestId("discord", id);
};
const kept = (request: string) => until("the request", () => bot.store.requests.get(request));
const answered = (request: string) =>
  until("its answer on Discord", async () =>
    (await bot.store.deliveries.get(request))?.state === "sent" ? kept(request) : undefined,
  );
const namesOf = (args: Record<string, unknown>) =>
  Object.values(args)
    .flatMap((it) => (Array.isArray(it) ? it : [it]) as FileRef[])
    .flatMap((it) => (it?.blob ? [it.name] : []));
/** A message of a peer's with pictures. */
const said = async (...names: string[]) => {
  const attachments = await Promise.all(names.map((name) => picture(name)));
  const message = { id: String(Date.now()), content: "", author: { id: users.Jun }, attachments, channel_id: CHANNEL };
  return message as unknown as APIMessage;
};

it("the menu of a message asks for what the command needs besides, and a restart in between changes nothing", async () => {
  const form = await formOf(menu("Label", await said("one.jpg", "two.jpg")));
  expect(fieldsOf(form).map((it) => it.component.custom_id)).toEqual(["class", "data", "existing"]);
  await until("the pictures to be kept", async () => (await bot.store.receipts.pending("discord")).length > 0);
  await bot.close();
  await open(bot.home);
  const request = await submit(form, { class: "ridge" });
  expect(await kept(request)).toMatchObject({ command: "label add", args: { class: "ridge" } });
  expect(namesOf((await kept(request)).args)).toEqual(["one.jpg", "two.jpg"]);
  await until("what was kept for the form to go", async () => (await bot.store.receipts.pending("discord")).length === 0);
});

describe("a command without the picture that it needs", () => {
  it("opens a form that asks for it, with what was typed filled in", async () => {
    const options = [
      { name: "op", type: 3, value: "rotate" },
      { name: "n", type: 4, value: 2 },
    ];
    const form = await formOf(chat("augment", options));
    expect(form.title).toBe("/augment");
    expect(fieldsOf(form).map((it) => it.component.custom_id)).toEqual(["image", "op", "n", "strength", "seed"]);
    expect(fieldNamed(form, "image")).toMatchObject({ type: UPLOAD, required: true, max_values: 1, file_types: ["image"] });
    expect(fieldNamed(form, "op")?.options?.find((it) => it.default)?.value).toBe("rotate");
    expect(fieldNamed(form, "n")).toMatchObject({ type: TEXT, value: "2" });
    const request = await submit(form, { image: [await picture("hills.jpg")], op: "rotate", n: "2" });
    const { args, command } = await kept(request);
    expect({ command, op: args["op"], n: args["n"], names: namesOf(args) }).toEqual({
      ...{ command: "augment", op: "rotate", n: 2, names: ["hills.jpg"] },
    });
  });

  it("takes several where the command does, and speaks Korean", async () => {
    const form = await formOf(chat("label", [{ name: "add", type: 1, options: [{ name: "class", type: 3, value: "hill" }] }]), {
      locale: "ko",
    });
    expect(form.title).toBe("/라벨 추가");
    expect(
      fieldsOf(form)
        .slice(0, 2)
        .map((it) => it.label),
    ).toEqual(["클래스", "사진"]);
    expect(fieldNamed(form, "images")?.max_values).toBe(10);
    const request = await submit(form, { class: "hill", images: [await picture("a.jpg", 210), await picture("b.jpg", 220)] });
    expect(await kept(request)).toMatchObject({ command: "label add", args: { class: "hill" } });
    expect(namesOf((await kept(request)).args)).toEqual(["a.jpg", "b.jpg"]);
  });

  it("is asked for it by a button too", async () => {
    await answered(requestId("discord", await act(2, { id: "1", ...chat("count") }, users.Mina, "en-US")));
    const answer = (await double.shownTo(users.Jun, CHANNEL)).at(-1) as APIMessage;
    const rows = (answer.components ?? []) as unknown as { components: { label: string; custom_id: string }[] }[];
    const button = rows.flatMap((it) => it.components).find((it) => it.label === "With a photo");
    const data = { custom_id: button?.custom_id, component_type: 2 };
    const pressed = { type: 3, channelId: CHANNEL, userId: users.Jun, data, messageId: answer.id };
    const { type, data: form } = await callback((await double.act(pressed)).id);
    expect([type, form.title]).toEqual([9, "/augment"]);
    expect(fieldNamed(form, "n")).toMatchObject({ value: "2" });
    const request = await submit(form, { image: [await picture("pressed.jpg")], op: "rotate", n: "2" }, users.Jun);
    const { args, userId } = await kept(request);
    expect([args["op"], args["n"], namesOf(args), userId]).toEqual(["rotate", 2, ["pressed.jpg"], `discord:${users.Jun}`]);
  });

  it("keeps the picture that was given and asks for the other alone", async () => {
    const first = await picture("first.jpg", 230);
    const form = await formOf(chat("mixup", [{ name: "a", type: 11, value: first.id }], { [first.id]: first }));
    expect(fieldsOf(form).map((it) => it.component.custom_id)).toEqual(["b", "alpha", "seed"]);
    const request = await submit(form, { b: [await picture("second.jpg", 240)] });
    const { args } = await kept(request);
    expect([(args["a"] as FileRef).name, (args["b"] as FileRef).name]).toEqual(["first.jpg", "second.jpg"]);
  });
});

describe("the menu of a message", () => {
  it("asks nothing where the message has what the command needs", async () => {
    const id = await act(2, { id: "1", ...menu("Augment", await said("one.jpg")) }, users.Mina, "en-US");
    expect(await callback(id)).toMatchObject({ type: 5 });
    expect(namesOf((await kept(requestId("discord", id))).args)).toEqual(["one.jpg"]);
  });

  it("asks which of several pictures is meant, never silently the first", async () => {
    const form = await formOf(menu("Augment", await said("one.jpg", "two.jpg", "three.jpg")));
    const [which] = fieldsOf(form);
    expect(which?.label).toBe("Which picture?");
    expect(which?.component.options?.map((it) => it.label)).toEqual(["1. one.jpg", "2. two.jpg", "3. three.jpg"]);
    expect(fieldNamed(form, "image")).toBeUndefined();
    const request = await submit(form, { [which?.component.custom_id ?? ""]: which?.component.options?.[1]?.value ?? "" });
    expect(namesOf((await kept(request)).args)).toEqual(["two.jpg"]);
  });

  it("means the picture that an answer of the bot's was made from", async () => {
    const file = await picture("made-from.jpg", 250);
    const data = { id: "1", ...chat("blocks", [{ name: "images", type: 11, value: file.id }], { [file.id]: file }) };
    const request = requestId("discord", await act(2, data, users.Mina, "en-US"));
    await answered(request);
    const answer = (await double.shownTo(users.Jun, CHANNEL)).at(-1) as APIMessage;
    expect(answer.author.id).toBe(BOT);
    const id = await act(2, { id: "1", ...menu("Augment", answer) }, users.Jun, "en-US");
    expect(namesOf((await kept(requestId("discord", id))).args)).toEqual(["made-from.jpg"]);
  });

  it("lets nobody send the form of another, and says that one is too old", async () => {
    const form = await formOf(menu("Label", await said("one.jpg")));
    for (const [user, custom_id] of [
      [users.Jun, form.custom_id],
      [users.Mina, "form:label add:12345:"],
    ] as const) {
      await submit({ ...form, custom_id }, { class: "mine" }, user);
      await until("why", async () =>
        (await double.shownTo(user, CHANNEL)).some((it) => /too old/.test(it.content) && Number(it.flags) & 64),
      );
    }
  });
});

it("every form and answer is one that Discord takes", () => {
  const validate = openValidator();
  expect(double.calls.flatMap(validate)).toEqual([]);
});
