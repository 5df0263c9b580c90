import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webApp } from "../../src/chat/web/app.ts";
import { openLog } from "../../src/log.ts";
import { openTestBot, type TestBot } from "../helpers/bot.ts";

let tested: TestBot;
let app: ReturnType<typeof webApp>;
let socket: ReturnType<typeof webApp>;
beforeAll(async () => {
  tested = await openTestBot();
  const options = { maxImageMb: 1, log: openLog({ log: "silent" }) };
  app = webApp(tested, options);
  socket = webApp(tested, { ...options, trusted: true });
});
afterAll(() => tested.erase());

const me = "http://127.0.0.1:3000/api/me";
const say = async (name: string, cookie = "", lang = "en") => {
  const headers = { "content-type": "application/json", cookie, "accept-language": lang };
  const answer = await app.request(me, { method: "POST", body: JSON.stringify({ name }), headers });
  const { user, error } = await answer.json();
  const kept = answer.headers
    .getSetCookie()
    .map((it) => it.split(";")[0])
    .join("; ");
  return { status: answer.status, name: user?.name as string | undefined, id: user?.id, error, cookie: kept };
};
const nameOf = async (cookie: string) => (await (await app.request(me, { headers: { cookie } })).json()).user?.name;

it("marks a name that somebody else has, however its letters are written, two at once included", async () => {
  const twins = await Promise.all(Array.from({ length: 5 }, () => say("Mina")));
  expect(twins.map((it) => it.name).sort()).toEqual(["Mina", "Mina (2)", "Mina (3)", "Mina (4)", "Mina (5)"]);
  for (const alike of ["mina", "МINА", "Ｍｉｎａ", "𝐌𝐢𝐧𝐚", "Μina", "Mína", " M i n a ", "Mlna"])
    expect((await say(alike)).name, alike).toMatch(/ \(\d+\)$/);
  expect((await say("Minas")).name).toBe("Minas");
});

it("takes the name from the table and not from a cookie, which anybody can write", async () => {
  const { cookie } = await say("Joon");
  expect(await nameOf(`${cookie}; peerlab_name=Peerlab`)).toBe("Joon");
  expect(await nameOf("peerlab_key=made-up; peerlab_name=Joon")).toBeUndefined();
});

it("lets go of a name that somebody gives up, and keeps one that is said again", async () => {
  const { cookie, id } = await say("Hana");
  expect(await say("Hana", cookie)).toMatchObject({ name: "Hana", id });
  expect(await say("HANA", cookie)).toMatchObject({ name: "HANA", id });
  expect((await say("Dana", cookie)).name).toBe("Dana");
  expect((await say("Hana")).name).toBe("Hana");
  expect((await say("Hana", cookie)).name).toBe("Hana (2)");
});

it("knows Korean names, also those that come as single letters", async () => {
  expect((await say("김민아".normalize("NFD"))).name).toBe("김민아");
  expect((await say("김민아")).name).toBe("김민아 (2)");
  expect((await say("ㅁㄴㅇ")).name).toBe("ㅁㄴㅇ");
  expect((await say("José Ñ")).name).toBe("José Ñ");
});

it("leaves room for the mark where a name is as long as can be", async () => {
  expect((await say("길".repeat(40))).name).toBe("길".repeat(40));
  expect((await say("길".repeat(40))).name).toBe(`${"길".repeat(36)} (2)`);
  expect((await say("길".repeat(41))).status).toBe(400);
});

describe("refuses with a sentence", () => {
  it.each([
    [
      "the bot's",
      [
        "Peerlab",
        "peer lab",
        "PEERLAB",
        "Ｐｅｅｒｌａｂ",
        "Рееrlаb",
        "Ρeerlab",
        "PeerIab",
        "Peer1ab",
        "Péerlab",
        "Peerlab bot",
        "ᴘᴇᴇʀʟᴀʙ",
        "피어랩",
      ],
      /Peerlab's/,
      /Peerlab/,
    ],
    [
      "letters that nobody sees",
      ["a\u200bb", "a\u202eb", "\u3164", "\u2800", "a\u00adb", "\u{e0041}a", "a\nb", "a\u2066b", "\u115f\u1160", "a\u{f0000}"],
      /invisible/,
      /보이지 않는/,
    ],
    ["nothing but marks", ["\u0301", "\u0301\u0302", `a${"\u0301".repeat(20)}`], /invisible|letter/, /글자/],
    ["nothing", ["", "   ", "\0"], /letter/, /글자/],
  ])("%s", async (_, names, en, ko) => {
    for (const name of names) {
      const [english, korean] = [await say(name), await say(name, "", "ko")];
      expect([name, english.status, english.error]).toEqual([name, 400, expect.stringMatching(en)]);
      expect(korean.error).toMatch(ko);
      expect(korean.error).toMatch(/요[.!]/);
    }
  });
});

it("takes a terminal's word for who asks, without what cannot be seen", async () => {
  const ask = async (name: string) => {
    const user = encodeURIComponent(JSON.stringify({ id: "terminal-x", name }));
    return (await (await socket.request(`${me}?user=${user}`)).json()).user?.name;
  };
  expect(await ask("Mina")).toBe("Mina");
  expect(await ask("Mi\u200bn\u202ea\0 ")).toBe("Mina");
  expect(await ask("\u3164")).toBeUndefined();
  expect(await ask("민아".normalize("NFD"))).toBe("민아");
});
