import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Outbox, openOutbox, Undeliverable } from "../../src/chat/outbox.ts";
import { openReceipts } from "../../src/chat/receipts.ts";
import { requestId, uuid5 } from "../../src/chat/requestId.ts";
import { openLog } from "../../src/log.ts";
import type { Place } from "../../src/place.ts";
import { openDatabase } from "../../src/store/database.ts";
import type { Delivery } from "../../src/store/deliveries.ts";
import { columnsOf, type NewRequest } from "../../src/store/requests.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { until } from "../helpers/processes.ts";

const log = openLog({ log: "silent" });
const lounge: Place = { adapter: "terminal", group: "guild", channel: "lounge" };
const lab: Place = { ...lounge, channel: "lab" };
let store: Store;
let close: () => Promise<void>;
let closing: AbortController;
let outbox: Outbox;
beforeAll(async () => {
  const opened = await openDatabase();
  [store, close] = [openStore(opened.database), opened.close];
});
beforeEach(() => {
  closing = new AbortController();
  outbox = openOutbox({ store, log, closing: closing.signal });
});
afterEach(async () => {
  closing.abort();
  await outbox.idle();
});
afterAll(() => close());

const post = async (text: string, place = lounge): Promise<string> => {
  const id = randomUUID();
  await outbox.post(id, place, { text });
  return id;
};
const texts = (sent: readonly Delivery[]) => sent.map((it) => it.reply.text);
/** A promise that is kept when the test says so. */
const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

describe("the outbox", () => {
  it("sends what is pending from before first, then what comes, each conversation in its order", async () => {
    for (const text of ["one", "two"]) await post(text);
    const sent: Delivery[] = [];
    await outbox.serve("terminal", async (delivery) => {
      sent.push(delivery);
      return `message ${sent.length}`;
    });
    for (const text of ["three", "four"]) await post(text);
    await outbox.idle();
    expect(texts(sent)).toEqual(["one", "two", "three", "four"]);
    expect(await store.deliveries.get(sent[2]?.id ?? "")).toMatchObject({ state: "sent", externalId: "message 3", attempts: 1 });
  });

  it("lets no conversation wait for another, nor for what fails in its own", async () => {
    const sent: Delivery[] = [];
    const { open, opened } = gate();
    let failures = 0;
    await outbox.serve("terminal", async (delivery) => {
      if (delivery.reply.text === "slow") await opened;
      if (delivery.reply.text === "flaky" && failures++ < 2) throw new Error("the platform is busy");
      sent.push(delivery);
      return undefined;
    });
    for (const [text, place] of [
      ["slow", lounge],
      ["flaky", lab],
      ["next", lab],
    ] as const)
      await post(text, place);
    await until("the next one to be sent", () => texts(sent).includes("next"));
    expect(texts(sent)).not.toContain("slow");
    await until("the flaky one to be sent", () => texts(sent).includes("flaky"));
    expect(sent.find((it) => it.reply.text === "flaky")?.attempts).toBe(2);
    open();
    await outbox.idle();
    expect(texts(sent)).toEqual(["next", "flaky", "slow"]);
  });

  it("gives up what the platform refuses", async () => {
    let calls = 0;
    await outbox.serve("terminal", async () => {
      calls++;
      throw new Undeliverable("the channel is gone");
    });
    const id = await post("to nobody");
    await outbox.idle();
    outbox.wake("terminal");
    await outbox.idle();
    expect(calls).toBe(1);
    expect(await store.deliveries.get(id)).toMatchObject({ state: "failed", error: "the channel is gone" });
  });

  it("sends what comes while it sends, and what changed meanwhile once more", async () => {
    const { open, opened } = gate();
    const sent: Delivery[] = [];
    await outbox.serve("terminal", async (delivery) => {
      sent.push(delivery);
      if (sent.length === 1) await opened;
      return "message 1";
    });
    const first = await post("with a picture");
    await until("the first one to be on its way", () => sent.length === 1);
    await store.deliveries.begin(first); // what a change does: the send that is under way is not the last
    await post("second");
    open();
    await outbox.idle();
    expect(texts(sent)).toEqual(["with a picture", "second", "with a picture"]);
    expect(sent[2]?.edits).toBe("message 1");
  });

  const request = (id: string): NewRequest => ({
    ...{ id, ...columnsOf(lounge), userId: "kim", userName: "Kim", lang: "en", command: "help" },
    ...{ args: {}, seed: 1, ephemeral: false, status: "waiting" },
  });

  it("hands over a token only while it holds, and edits the message that showed the progress", async () => {
    const soon = { value: "interaction", expires: new Date(Date.now() + 60_000) };
    await store.requests.add(request("fresh"), { token: soon });
    await store.requests.add(request("stale"), { token: { value: "interaction", expires: new Date(Date.now() - 1) } });
    expect(await store.deliveries.placed("fresh", "placeholder")).toBe(true);
    const sent: Delivery[] = [];
    await outbox.serve("terminal", async (delivery) => {
      sent.push(delivery);
      return delivery.edits ?? "a new one";
    });
    for (const id of ["fresh", "stale"]) await store.requests.finish(id, "done", { text: id });
    await outbox.idle();
    expect(sent.map(({ id, token, edits }) => ({ id, token: token?.value, edits }))).toEqual([
      { id: "fresh", token: "interaction", edits: "placeholder" },
      { id: "stale", token: undefined, edits: undefined },
    ]);
    expect(await store.deliveries.placed("stale", "too late")).toBe(false);
  });

  it("does not send what takes another's place before that was sent", async () => {
    await store.requests.add(request("first"));
    await store.requests.add(request("second"), { replaces: "first" });
    for (const id of ["first", "second"]) await store.requests.finish(id, "done", { text: id });
    const sent: Delivery[] = [];
    let failures = 0;
    await outbox.serve("terminal", async (delivery) => {
      if (failures++ === 0) throw new Error("the platform is busy");
      sent.push(delivery);
      return delivery.edits ?? "message 1";
    });
    await until("both to be sent", () => sent.length === 2);
    expect(sent.map(({ id, edits }) => ({ id, edits }))).toEqual([
      { id: "first", edits: undefined },
      { id: "second", edits: "message 1" },
    ]);
  });
});

describe("an answer that is known", () => {
  const request = (id: string): NewRequest => ({
    ...{ id, ...columnsOf(lounge), userId: "kim", userName: "Kim", lang: "en", command: "help" },
    ...{ args: {}, seed: 1, ephemeral: false, status: "waiting" },
  });
  /** An outbox that counts how often it looks for what is pending. */
  const counting = () => {
    let looks = 0;
    const pending: Store["deliveries"]["pending"] = (...given) => {
      looks++;
      return store.deliveries.pending(...given);
    };
    const counted = openOutbox({ store: { deliveries: { ...store.deliveries, pending } }, log, closing: closing.signal });
    return { counted, looks: () => looks };
  };
  const answer = async (of: Outbox, id: string) => {
    const finished = await store.requests.finish(id, "done", { text: id });
    of.send("terminal", finished?.delivery as NonNullable<typeof finished>["delivery"] & {});
  };

  it("is sent without a look for it, also when it is the next in its conversation", async () => {
    const { counted, looks } = counting();
    const sent: string[] = [];
    const { open, opened } = gate();
    await counted.serve("terminal", async ({ id }) => {
      if (sent.length === 0) await opened;
      sent.push(id);
      return undefined;
    });
    for (const id of ["known 1", "known 2"]) await store.requests.add(request(id));
    for (const id of ["known 1", "known 2"]) await answer(counted, id);
    open();
    await until("both to be sent", () => sent.length === 2);
    expect(sent).toEqual(["known 1", "known 2"]);
    expect(looks()).toBe(1); // for what was pending from before
    await counted.idle();
    expect((await store.deliveries.get("known 2"))?.state).toBe("sent");
  });

  it("does not go before an older one that was not looked for yet", async () => {
    const { counted } = counting();
    const sent: string[] = [];
    for (const id of ["older", "newer"]) await store.requests.add(request(id));
    await store.requests.finish("older", "done", { text: "older" });
    const serving = counted.serve("terminal", async ({ id }) => void sent.push(id) as undefined);
    await answer(counted, "newer");
    await serving;
    await counted.idle();
    expect(sent).toEqual(["older", "newer"]);
  });

  it("is followed by what takes its place, which was looked for in vain meanwhile", async () => {
    const { counted } = counting();
    const sent: string[] = [];
    const { open, opened } = gate();
    await counted.serve("terminal", async ({ id }) => {
      if (id === "shown") await opened;
      sent.push(id);
      return "message";
    });
    await store.requests.add(request("shown"));
    await answer(counted, "shown");
    await store.requests.add(request("in its place"), { replaces: "shown" });
    await store.requests.finish("in its place", "done", { text: "in its place" });
    counted.wake("terminal");
    open();
    await until("both to be sent", () => sent.length === 2);
    expect(sent).toEqual(["shown", "in its place"]);
  });
});

describe("receipts", () => {
  const receive = async (id: string) =>
    openReceipts({ store, log, closing: closing.signal }).receive({ id, adapter: "terminal", userId: "kim", event: { id } });

  it("are known by the platform's id of the event", async () => {
    expect(await receive("event")).toBe(true);
    expect(await receive("event")).toBe(false);
    await store.receipts.remove("event");
  });
});

describe("the id of a request", () => {
  it("is the UUIDv5 of the platform's own id of the event (RFC 9562, A.4)", () => {
    const dns = Buffer.from("6ba7b8109dad11d180b400c04fd430c8", "hex");
    expect(uuid5(dns, "www.example.com")).toBe("2ed6657d-e927-568b-95e1-2665a8aea6a2");
  });

  it("differs by event and by platform", () => {
    const ids = [requestId("web", "1"), requestId("web", "2"), requestId("terminal", "1"), requestId("web", "1")];
    expect(new Set(ids).size).toBe(3);
  });
});
