import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cardTopics } from "../../src/cardTopics.ts";
import type { Args } from "../../src/reply.ts";
import { shippedFolder } from "../../src/store/shippedModels.ts";
import { languages } from "../../src/text.ts";
import { mina, openTestBot, type TestBot } from "../helpers/bot.ts";
import { landscape } from "../helpers/pictures.ts";

const minho = { id: "minho", name: "Minho" };

let lab: TestBot;
beforeAll(async () => {
  lab = await openTestBot(undefined, {}, shippedFolder);
});
afterAll(() => lab.erase());

describe("/explain-topic over a real queue, its children confined", () => {
  it.each(
    cardTopics.flatMap((topic) => languages.map((lang) => [topic, lang] as const)),
  )("draws the figure of %s (%s)", async (topic, lang) => {
    const { status, reply } = await lab.ask(`/explain-topic ${topic}`, [], { lang });
    expect(status).toBe("done");
    const [picture] = reply?.pictures ?? [];
    expect(picture?.width).toBe(1080);
    expect((await lab.read(picture?.blob ?? "")).length).toBe(picture?.bytes);
    if (topic === "temperature") expect(picture?.alt).toMatch(/T = 1: .*T = 2: .*T = 4: .*T = 8: /);
  });
});

describe("a quiz about what a network said", () => {
  const question = async () => {
    for (let seed = 1; seed < 20; seed++) {
      const { reply } = await lab.ask(`/quiz resnet seed:${seed}`);
      if ((reply?.data as { question: string }).question.startsWith("said:")) return reply;
    }
    throw new Error("Nobody asked about the picture");
  };

  it("shows the picture, knows the answer, and lets go of both when its sender is forgotten", async () => {
    const photo = await lab.bot.upload(minho, await landscape(), "hills.jpg");
    const said = await lab.ask("/classify model:resnet20.cifar10", [photo], { user: minho });
    const top = (said.reply?.data as { top: { label: string }[] }).top;
    const asked = await question();
    expect(asked?.pictures?.[0]?.blob).toBe(photo.blob);
    const { answers } = asked?.data as { answers: string[] };
    const button = asked?.buttons?.[answers.indexOf(top[0]?.label ?? "")];
    const graded = await lab.ask({ command: "quiz", args: button?.args as Args }, [], { user: mina });
    expect(graded.reply?.data).toMatchObject({ isRight: true, topic: "resnet" });
    expect((await lab.ask("/progress")).reply?.data).toMatchObject({ known: 1, answers: 1 });

    await lab.ask("/forget sure:yes", [], { user: minho });
    await expect(lab.read(photo.blob)).rejects.toThrow();
    const again = await lab.ask("/quiz resnet seed:1");
    expect((again.reply?.data as { question: string }).question).toBe("card");
    // What Mina remembers is hers; it goes when she does.
    expect((await lab.ask("/progress")).reply?.data).toMatchObject({ known: 1 });
    await lab.ask("/forget sure:yes");
    expect((await lab.ask("/progress")).reply?.data).toMatchObject({ known: 0, answers: 0 });
  });
});
