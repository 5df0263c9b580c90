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
const tiles = [{ op: "rotate", params: { degrees: 27 }, caption: "rotate 27°", python: "F.rotate(image, 27, fill=128)" }];

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

  const controlsIn = ({ controls = [] }: Reply) => Object.fromEntries(controls.map((it) => [it.option, it]));
  const stepsIn = (reply: Reply) => {
    const strength = controlsIn(reply)["strength"];
    return strength?.kind === "number" ? strength.steps : undefined;
  };

  it("offers another seed, and to change strength and seed in place, with everything else as it was", async () => {
    const reply = await ask({ op: "blur", n: 4 });
    const [shuffle] = reply.buttons ?? [];
    expect(labels(reply)).toEqual(["🔀 Shuffle"]);
    expect(shuffle?.args).toMatchObject({ image, op: "blur", strength: 0.5, n: 4 });
    expect(shuffle?.args["seed"]).not.toBe(42);
    const args = { image, op: "blur", strength: 0.5, n: 4, seed: 42 };
    const { strength, seed } = controlsIn(reply);
    expect(strength).toMatchObject({ command: "augment", args, inPlace: true, kind: "number", min: 0, max: 1, value: 0.5 });
    expect(seed).toMatchObject({ command: "augment", args, inPlace: true, kind: "number", whole: true, value: 42, steps: [] });
    expect(await ask({ op: "blur", n: 4 })).toEqual(reply);
  });

  it("has steps of the strength where there are no sliders, which go no further than its ends", async () => {
    expect(stepsIn(await ask({}))).toEqual([
      { label: "Stronger", value: 0.75 },
      { label: "Weaker", value: 0.25 },
    ]);
    expect(stepsIn(await ask({ strength: 1 }))).toEqual([{ label: "Weaker", value: 0.75 }]);
    expect(stepsIn(await ask({ strength: 0 }))).toEqual([{ label: "Stronger", value: 0.25 }]);
    expect(stepsIn(await ask({ strength: 0.9 }))?.[0]).toEqual({ label: "Stronger", value: 1 });
    expect(stepsIn(await ask({ strength: 0.1 }, done, "ko"))?.[1]).toEqual({ label: "더 약하게", value: 0 });
  });

  it("opens each tile of a sheet, the original first", async () => {
    const region = { left: 0, top: 0, width: 9, height: 9, caption: "original" };
    const { tile } = controlsIn(await ask({}, { ...done, picture: { ...picture, regions: [region, region] } }));
    expect(tile).toMatchObject({ command: "augment", kind: "tile", choices: ["original", "rotate 27°"] });
    expect(tile?.inPlace).toBeUndefined();
    expect(controlsIn(await ask({}))["tile"]).toBeUndefined();
  });

  it("says of one tile what was done, how to do it in Python, and asks models about it", async () => {
    const reply = await ask({ op: "rotate", tile: 1 });
    expect(reply.text.split("\n")).toEqual([
      "**rotate 27°**",
      "`from torchvision.transforms.v2 import functional as F`",
      "`F.rotate(image, 27, fill=128)`",
    ]);
    expect(reply.table?.rows).toEqual([["degrees", "27"]]);
    expect(reply.buttons).toMatchObject([
      { label: "Classify", command: "classify", args: { image: picture } },
      { label: "Explain", command: "explain", args: { image: picture } },
    ]);
    expect(reply.controls).toBeUndefined();
    const original = await ask({ tile: 0 }, { ...done, tiles: [] }, "ko");
    expect([original.text, labels(original)]).toEqual(["**원본**", ["분류", "설명"]]);
  });

  it("counts in how many variants a model sees what it saw in the original", async () => {
    const [dog, cat] = [
      { index: 5, label: "dog", probability: 0.8 },
      { index: 3, label: "cat", probability: 0.44 },
    ];
    const seen = [dog, cat, dog].map((prediction) => ({ ...tiles[0], prediction }));
    const output = { ...done, tiles: seen, original: dog };
    // The job's request needs a model, of which this test has none: only the answer is looked at.
    const args = withDefaults(augment.options, { image, predict: "resnet20.cifar10" }, contextIn("en"));
    const answerIn = (lang: Language) =>
      augment.answer?.(contextIn(lang), args, { job: "augmentClassified", output } as unknown as JobDone<JobName>);
    expect((await answerIn("en"))?.text).toContain("resnet20.cifar10 sees dog in the original, and still in 2 of 3 variants.");
    expect((await answerIn("ko"))?.text).toContain("resnet20.cifar10: 원본은 개. 변형 3장 중 2장은 같은 답이에요.");
    expect((await answerIn("en"))?.controls?.[0]?.args["predict"]).toBe("resnet20.cifar10");
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
    [augment, { op: "blur" }, ["🔀 Shuffle", "🏷 cat", "🏷 cow"]],
    [augment, { strength: 1 }, ["🔀 Shuffle", "🏷 cat", "🏷 cow", "🏷 dog"]],
    [randaugment, {}, ["🔀 Shuffle", "🏷 cat", "🏷 cow", "🏷 dog"]],
    [trivialaugment, {}, ["🔀 Shuffle", "🏷 cat", "🏷 cow", "🏷 dog"]],
  ] as const)("is labelled by a button, in one row with the others", async (command, args, expected) => {
    const reply = await answer(command, { image, ...args }, done, "en", known);
    expect(labels(reply)).toEqual(expected);
    expect(reply.buttons?.at(-1)).toMatchObject({ command: "label add", args: { images: [image] } });
  });
});
