import { describe, expect, it } from "vitest";
import type { Message } from "../../src/chat/web/message.ts";
import { type Action, reduce, type ShownMessage, type State, start } from "../../src/chat/web/page/state.ts";

const message = (id: string, text = "", bot = false): Message => ({
  id,
  channel: "general",
  at: "2026-01-02T03:04:05.000Z",
  author: { id: bot ? "peerlab" : "mina", name: "Mina", bot },
  text,
  pictures: [],
  files: [],
  buttons: [],
});
const draft = (id: string): ShownMessage => ({ ...message(id), draft: { id, channel: "general", text: "", attachments: [] } });
const shown = (...actions: Action[]): State => actions.reduce(reduce, start);
const ids = (state: State) => state.messages["general"]?.map((it) => it.id);
const history = (...names: string[]): Action => ({
  type: "history",
  channel: "general",
  messages: names.map((it) => message(it)),
});
const event = (it: Message, type: "message" | "changed" = "message"): Action => ({
  type: "event",
  channel: it.channel,
  event: { type, message: it },
});

describe("what the page shows", () => {
  it("shows a message at once, and once: the server's copy takes its place", () => {
    const sent = shown(history(), { type: "draft", message: draft("a") });
    expect(ids(sent)).toEqual(["a"]);
    const back = [event(message("a", "hi")), event(message("a", "hi"))].reduce(reduce, sent);
    expect(back.messages["general"]).toEqual([message("a", "hi")]);
  });

  it("keeps what could not be sent through a reconnect, with the reason", () => {
    const failed = shown(
      history("a"),
      { type: "draft", message: draft("b") },
      { type: "problem", channel: "general", id: "b", problem: "no net" },
    );
    const renewed = reduce(failed, history("a", "c"));
    expect(ids(renewed)).toEqual(["a", "c", "b"]);
    expect(renewed.messages["general"]?.[2]?.problem).toBe("no net");
  });

  it("does not call a message unsent that arrived although its answer was lost", () => {
    const arrived = shown(history(), { type: "draft", message: draft("a") }, event(message("a", "hi")));
    const late = reduce(arrived, { type: "problem", channel: "general", id: "a", problem: "lost" });
    expect(late.messages["general"]).toEqual([message("a", "hi")]);
  });

  it("brings the newest history without losing what was loaded before it", () => {
    const loaded = shown(history("c", "d"), { type: "older", channel: "general", messages: [message("a"), message("b")] });
    expect(ids(reduce(loaded, history("d", "e")))).toEqual(["a", "b", "c", "d", "e"]);
    expect(ids(reduce(loaded, history("y", "z")))).toEqual(["y", "z"]);
  });

  it("knows that there is more where a page was full", () => {
    const full = history(...Array.from({ length: 50 }, (_, index) => `m${index}`));
    expect(shown(full).older["general"]).toBe(true);
    expect(shown(history("a")).older["general"]).toBe(false);
  });

  it("takes out what was erased, and edits what changed", () => {
    const gone = shown(history("a", "b"), { type: "event", channel: "general", event: { type: "removed", ids: ["a"] } });
    expect(ids(gone)).toEqual(["b"]);
    const changed = shown(history("a"), event(message("a", "done", true), "changed"));
    expect(changed.messages["general"]?.[0]?.text).toBe("done");
  });

  it("marks channels with something new until they are looked at", () => {
    const elsewhere = shown(event({ ...message("a"), channel: "papers" }));
    expect(elsewhere.unread).toEqual(["papers"]);
    expect(reduce(elsewhere, { type: "look", channel: "papers" }).unread).toEqual([]);
  });

  it("shows the progress that came with a history, unless something newer was heard", () => {
    const waiting = (id: string): Message => ({
      ...message(`${id}.answer`, "", true),
      request: { id, command: "train", status: "waiting", seed: 1 },
      progress: { done: 3, of: 10, note: "from the history" },
    });
    const messages = [message("a"), waiting("a"), message("b"), waiting("b")];
    const heard = { type: "progress", request: "b", done: 4, of: 10, note: "heard since" } as const;
    const { progress } = shown(
      { type: "event", channel: "general", event: heard },
      { type: "history", channel: "general", messages },
    );
    expect([progress["a"]?.note, progress["b"]?.note]).toEqual(["from the history", "heard since"]);
  });
});
