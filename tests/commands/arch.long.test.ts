import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestBot, type TestBot } from "../helpers/bot.ts";

let lab: TestBot;
beforeAll(async () => {
  lab = await openTestBot();
});
afterAll(() => lab.erase());

it.each([
  ["/arch net:ResNet-20", "resnet20"],
  ["/arch resnet20", "resnet20"],
  ["/arch net:레스넷20", "resnet20"],
  ["/arch net:vgg-cifar", "vgg-mini"],
  ["/arch net:house", "airbench94"],
])("%s draws %s", async (typed, net) => {
  const { status, reply } = await lab.ask(typed);
  expect([status, reply?.data]).toEqual(["done", expect.objectContaining({ net })]);
});

it("a network that there is not is answered with the nearest ones", async () => {
  const { status, reply } = await lab.ask("/arch net:densnet");
  expect(status).toBe("mistake");
  expect(reply?.text).toContain("Did you mean densenet121, ");
  expect(reply?.data).toMatchObject({ error: "not_a_choice", got: "densnet" });
});

it("a plain network is introduced as the twin of another, and only that", async () => {
  expect((await lab.ask("/arch plain20")).reply?.text).toContain("plain twin of resnet20");
  expect((await lab.ask("/arch resnet20")).reply?.text).not.toContain("twin");
});

it("the layers are a table beside the drawing, each with its share of the work", async () => {
  const { table, pictures } = (await lab.ask("/arch resnet20", [], { lang: "ko" })).reply ?? {};
  expect(pictures?.[0]?.height).toBeLessThan(1500);
  expect(table?.columns.map((it) => it.title)).toEqual(["레이어", "출력", "파라미터", "MACs", "비율"]);
  expect(table?.rows.map((row) => row[0])).toContain("스테이지 1 · 블록 1–3 (×3)");
  const shares = table?.rows.map((row) => Number.parseFloat(row[4]?.replace("–", "0") ?? "")) ?? [];
  expect(shares.reduce((a, b) => a + b)).toBeCloseTo(100, 0);
});
