import { expect, it } from "vitest";
import { localViewer, mina, openTestBot } from "./helpers/bot.ts";
import { landscape } from "./helpers/pictures.ts";

const jun = { id: "jun", name: "Jun" };
const asJun = { user: jun };

it("one person's pile does not make the others wait, and ends somewhere", { timeout: 120_000 }, async () => {
  const own = await openTestBot(undefined, { PEERLAB_WAITING_PER_PERSON: "12", PEERLAB_IMAGE_CHILDREN: "1" });
  try {
    const pile = await own.bot.upload(mina, await landscape(1600, 1200), "pile.jpg");
    const single = await own.bot.upload(jun, await landscape(), "single.jpg");
    await own.ask("/augment flip n:1", [single], asJun); // the child is warm
    const piled = await Promise.all(Array.from({ length: 12 }, () => own.send("/augment n:24 op:perspective", [pile])));
    const tooMuch = await own.ask("/augment flip n:1", [pile]);
    expect(tooMuch.reply?.data).toEqual({ error: "too_many_waiting", waiting: expect.any(Number), most: 12 });
    await own.ask("/augment flip n:1", [single], asJun);
    const outcomes = await Promise.all(piled.map((id) => own.bot.outcome(id, 0, localViewer(mina))));
    const before = outcomes.filter((it) => it?.status === "done").length;
    expect(before).toBeLessThanOrEqual(3);
    for (const id of piled) expect((await own.answerTo(id)).status).toBe("done");
  } finally {
    await own.erase();
  }
});
