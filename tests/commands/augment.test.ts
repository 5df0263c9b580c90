import { describe, expect, it } from "vitest";
import { augment } from "../../commands/augment.ts";
import { cutmix } from "../../commands/cutmix.ts";
import { randaugment } from "../../commands/randaugment.ts";
import { trivialaugment } from "../../commands/trivialaugment.ts";
import type { Command, CommandContext, JobDone } from "../../src/chat/command.ts";
import { withDefaults } from "../../src/chat/options.ts";
import type { FileRef } from "../../src/files.ts";
import { contracts, type JobName } from "../../src/jobs/contracts.ts";
import type { Args, Reply } from "../../src/reply.ts";
import type { Language } from "../../src/text.ts";

const image: FileRef = { blob: "a".repeat(64), name: "cat.jpg", type: "image/jpeg", bytes: 5 };
const picture: FileRef = { ...image, blob: "b".repeat(64), name: "sheet.jpg" };
const labelled = (label: string) => ({ blob: "c".repeat(64), label });
const contextIn = (lang: Language, known: readonly string[] = []) =>
  ({
    id: "r",
    user: { id: "mina", name: "Mina" },
    place: { adapter: "web", group: "local", channel: "general" },
    lang,
    seed: 42,
    now: new Date(0),
    store: { labels: { list: async () => known.map(labelled) } },
  }) as unknown as CommandContext;
const tiles = [{ op: "rotate", params: { degrees: 27 }, caption: "rotate 27°" }];

/** What a command does with what was given to it. */
const run = (command: Command, given: Args, lang: Language = "en") =>
  command.run(contextIn(lang), withDefaults(command.options, given, contextIn(lang)));

/** What a command says when its work is done. */
const answer = async (
  command: Command,
  given: Args,
  output: object,
  lang: Language = "en",
  known: readonly string[] = [],
): Promise<Reply> => {
  const request = await run(command, given, lang);
  if (!("job" in request) || !command.answer) throw new Error("Expected a job request and its answer");
  contracts[request.job].input.parse(request.input);
  const done = { job: request.job, output } as JobDone<JobName>;
  return command.answer(contextIn(lang, known), withDefaults(command.options, given, contextIn(lang)), done);
};
const labels = (reply: Reply) => reply.buttons?.map((it) => it.label);
const done = { picture, tiles, firstFrame: false, ms: 5 };

describe("/augment", () => {
  const ask = (args: Args, output: object = done, lang: Language = "en") => answer(augment, { image, ...args }, output, lang);

  it("asks for eight variants at strength 0.5 with the request's own seed", async () => {
    expect(await run(augment, { image }, "ko")).toEqual({
      job: "augment",
      input: { image, op: undefined, strength: 0.5, n: 8, seed: 42, lang: "ko" },
    });
  });

  it("says kind, strength and seed, shows the sheet, and hands programs the drawn values", async () => {
    const { text, pictures, data } = await ask({ op: "rotate", strength: 0.7, seed: 9 });
    expect(text).toBe("**rotate** · strength 0.7 · 1 variant · seed 9");
    expect(pictures).toEqual([picture]);
    expect(data).toEqual({ op: "rotate", strength: 0.7, seed: 9, tiles, firstFrame: false });
    expect((await ask({ op: "rotate" }, done, "ko")).text).toBe("**회전** · 강도 0.5 · 변형 1장 · 시드 42");
    expect((await ask({}, { ...done, firstFrame: true }, "ko")).text).toContain("첫 프레임");
  });

  it("offers another seed, stronger and weaker, with everything else as it was", async () => {
    const { buttons } = await ask({ op: "blur", n: 4 });
    expect(buttons?.map((it) => it.label)).toEqual(["🔀 Shuffle", "Stronger", "Weaker"]);
    const [shuffle, stronger, weaker] = buttons?.map((it) => it.args) ?? [];
    expect(shuffle).toMatchObject({ image, op: "blur", strength: 0.5, n: 4 });
    expect(shuffle?.["seed"]).not.toBe(42);
    expect(stronger).toEqual({ image, op: "blur", strength: 0.75, n: 4, seed: 42 });
    expect(weaker).toEqual({ image, op: "blur", strength: 0.25, n: 4, seed: 42 });
    expect((await ask({ op: "blur", n: 4 })).buttons).toEqual(buttons);
  });

  it("goes no further than the ends", async () => {
    expect(labels(await ask({ strength: 1 }))).toEqual(["🔀 Shuffle", "Weaker"]);
    expect(labels(await ask({ strength: 0 }))).toEqual(["🔀 Shuffle", "Stronger"]);
    expect((await ask({ strength: 0.9 })).buttons?.[1]?.args["strength"]).toBe(1);
    expect((await ask({ strength: 0.1 }, done, "ko")).buttons?.[2]).toMatchObject({ label: "더 약하게", args: { strength: 0 } });
  });
});

describe("/randaugment and /trivialaugment", () => {
  it("state the scale of M, and which seed it was", async () => {
    const reply = await answer(randaugment, { image, m: 12 }, done);
    expect(reply.text).toBe("**RandAugment** · N 2 · M 12 of 30 (torchvision's scale) · seed 42");
    expect(reply.buttons?.[0]?.args).toMatchObject({ image, n: 2, m: 12 });
    expect(reply.data).toMatchObject({ policy: { kind: "randaugment", n: 2, m: 12, of: 30 }, seed: 42 });
  });

  it("echo how a policy string was understood", async () => {
    const reply = await answer(randaugment, { image, policy: "rand-m9-n2-mstd0.5-inc1" }, done);
    expect(reply.text).toContain("`rand-m9-n2-mstd0.5-mmax10-inc1-p0.5` · timm's scale: M 9 ± 0.5 of 10");
    expect(reply.buttons?.[0]?.args).toMatchObject({ policy: "rand-m9-n2-mstd0.5-inc1" });
    expect(reply.data).toMatchObject({ policy: { kind: "timm", m: 9, inc: true, of: 10 } });
  });

  it("refuse a policy that means nothing before any work is queued", async () => {
    await expect(run(randaugment, { image, policy: "rand-m99" })).rejects.toMatchObject({
      mistake: { code: "bad_policy" },
    });
  });

  it("need nothing but a picture", async () => {
    expect((await answer(trivialaugment, { image }, done, "ko")).text).toContain("시드 42");
  });
});

describe("/cutmix", () => {
  it("says both weights of the label, and hands programs box and size", async () => {
    const output = {
      picture,
      weights: { a: 0.634, b: 0.366 },
      drawn: 0.58,
      size: { width: 325, height: 200 },
      box: { left: 0, top: 0, right: 9, bottom: 9 },
      firstFrame: false,
      ms: 3,
    };
    const reply = await answer(cutmix, { a: image, b: picture }, output);
    expect(reply.text).toBe("**CutMix** · label 0.63 a + 0.37 b · alpha 1 · seed 42");
    expect(reply.data).toMatchObject({ how: "cutmix", weights: output.weights, box: output.box });
    expect(reply.buttons?.[0]).toMatchObject({ command: "cutmix", args: { a: image, b: picture, alpha: 1 } });
  });
});

describe("a picture that the group has classes for", () => {
  const known = ["cat", "dog", "cow", "hen"];
  it.each([
    [augment, { op: "blur" }, ["🔀 Shuffle", "Stronger", "Weaker", "🏷 cat", "🏷 cow"]],
    [augment, { strength: 1 }, ["🔀 Shuffle", "Weaker", "🏷 cat", "🏷 cow", "🏷 dog"]],
    [randaugment, {}, ["🔀 Shuffle", "🏷 cat", "🏷 cow", "🏷 dog"]],
    [trivialaugment, {}, ["🔀 Shuffle", "🏷 cat", "🏷 cow", "🏷 dog"]],
  ] as const)("is labelled by a button, in one row with the others", async (command, args, expected) => {
    const reply = await answer(command, { image, ...args }, done, "en", known);
    expect(labels(reply)).toEqual(expected);
    expect(reply.buttons?.at(-1)).toMatchObject({ command: "label add", args: { images: [image] } });
  });
});
