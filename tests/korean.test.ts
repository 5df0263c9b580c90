import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { help } from "../commands/help.ts";
import { commands } from "../commands/index.ts";
import { bindArguments } from "../src/chat/arguments.ts";
import { allCommands, type CommandContext } from "../src/chat/command.ts";
import { aboutOption, fixedChoices } from "../src/chat/options.ts";
import { suggest } from "../src/chat/suggest.ts";
import { understand } from "../src/chat/understand.ts";
import { describeCommands } from "../src/chat/web/describe.ts";
import { choiceEntries, entriesFor, lineOf } from "../src/chat/web/page/completion.ts";
import { sentence, UserError } from "../src/errors.ts";

/** What Korean engineers call by its English name, so that it stands in Korean as it is. */
const proper = new Set(["kd", "dkd", "at", "fitnet", "imagenet", "cifar10", "FixMatch", "MixUp", "CutMix", "ResNet", "DenseNet"]);
const isKorean = (text: string) => /[가-힣]/.test(text);

const all = allCommands(commands);
const described = describeCommands(commands);
const optionNames = [...new Set(all.flatMap(({ command }) => Object.keys(command.options)))];
const commandNames = commands.map((it) => it.name);
/** An option or a command by its English name, as it would be typed: "op:", "/augment", "[op]". */
const english = new RegExp(
  `(?<![\\w.-])(${optionNames.join("|")}):(?=\\S)|(?<![\\w./-])/(${commandNames.join("|")})(?![\\w/-])|\\[(${optionNames.join("|")})\\]`,
);
const context = { services: { commands }, lang: "ko", seed: 1, user: { id: "a", name: "A" } } as unknown as CommandContext;
const mistakeOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (it) => it,
  );
  return error instanceof UserError ? sentence(error.mistake).ko : String(error);
};

describe("whoever asks in Korean is offered Korean", () => {
  it.each(described.map((it) => [it.ko, it] as const))("/%s: names of options and values, as they are put in", (_, command) => {
    const inserted = entriesFor({ kind: "option", command, from: 0, to: 0, typed: "" }, "", described, "ko").map(
      (it) => it.insert,
    );
    for (const { choices = [] } of command.options) inserted.push(...choiceEntries(choices, "", "ko").map((it) => it.insert));
    const foreign = inserted.map((it) => it.replace(/^"|"?[: ]*$/g, "")).filter((it) => !isKorean(it) && !proper.has(it));
    // "n" and numbers are the same in both.
    expect(foreign.filter((it) => it !== "n")).toEqual([]);
    expect(english.exec(command.about.ko) ?? command.options.map((it) => english.exec(it.about.ko)).find(Boolean)).toBeFalsy();
  });

  it("which is understood, value by value", async () => {
    for (const { command } of all)
      for (const [name, spec] of Object.entries(command.options)) {
        if (spec.kind !== "choice" || !("of" in spec)) continue;
        for (const { value, ko = value } of fixedChoices(spec)) {
          const options = { [name]: { ...spec, required: undefined } } as never;
          expect(await bindArguments(options, [{ key: spec.ko, value: ko }], [], context), `${name} ${ko}`).toEqual({
            [name]: value,
          });
        }
      }
  });

  it("in a command that is written for them", () => {
    const [augment] = described.filter((it) => it.name === "augment");
    expect(augment && lineOf(augment, { op: "rotate", n: "3" }, "ko")).toMatch(/^\/증강 변형:회전 .*3 $/);
    expect(augment && lineOf(augment, { op: "rotate" }, "en")).toBe("/augment op:rotate ");
  });

  it("in the usage of each command", async () => {
    for (const { name, ko } of commands) {
      const { text } = (await help.run(context, { command: name })) as { text: string };
      expect([name, english.exec(text)?.[0]]).toEqual([name, undefined]);
      expect(text).toContain(`/${ko}`);
    }
  });

  it("in the defaults of options", () => {
    for (const { path, command } of all)
      for (const spec of Object.values(command.options))
        if ((spec.kind === "choice" || spec.kind === "text") && "default" in spec && spec.default !== undefined)
          expect(`${path}: ${aboutOption(spec).ko}`).toMatch(/기본값 ([가-힣]|\d|kd|resnet|shapes)/);
  });

  it("in what they may have meant", async () => {
    const bind = (key: string, value: string) => {
      const augment = all.find((it) => it.path === "augment");
      return mistakeOf(bindArguments(augment?.command.options ?? {}, [{ key, value }], [], context));
    };
    expect(await bind("변형", "회젼")).toMatch(/혹시 .*회전/);
    expect(await bind("변형", "rotat")).toMatch(/혹시 .*회전/);
    expect(await bind("변형", "zzzz")).toMatch(/밝기.*대비/);
    expect(await bind("강도", "9")).toMatch(/^강도/);
    const ask = (input: string) => mistakeOf(understand({ input, files: [] }, commands, context));
    expect(await ask("/증깡")).toMatch(/혹시 .*\/증강/);
    expect(await ask("/qqqqqq")).toMatch(/\/증강, .*\/분류/);
    for (const text of [await ask("/qqqqqq"), await ask("/증깡"), await bind("변형", "zzzz")]) expect(text).not.toMatch(english);
  });

  it("and what they gave for other options is understood while they type", async () => {
    const fruit = {
      name: "fruit",
      ko: "과일",
      options: {
        colour: { kind: "choice", of: ["red"], labels: { red: { en: "red", ko: "빨강" } } },
        name: {
          kind: "choice",
          among: async (_: unknown, given: Record<string, string>) => [{ value: given["colour"], label: { en: "", ko: "" } }],
        },
      },
      run: () => undefined,
    };
    const wanted = { command: "fruit", option: "name", typed: "", given: { colour: "빨강" } };
    expect((await suggest([fruit as never], wanted, context)).map((it) => it.value)).toEqual(["red"]);
  });
});

it("no Korean sentence of ours names a command or an option in English", () => {
  const root = join(import.meta.dirname, "..");
  const paths = ["src", "commands", "workers"]
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((it) => join(folder, it)))
    .filter((it) => /\.tsx?$/.test(it));
  const strings = /"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;
  const found = paths.flatMap((path) =>
    readFileSync(join(root, path), "utf8")
      .split("\n")
      .filter(isKorean)
      .flatMap((line) => {
        const korean = line.includes("ko:") ? line.slice(line.indexOf("ko:")) : line;
        return [...korean.matchAll(strings)].map((it) => (it[1] ?? it[2] ?? "").replace(/\$\{[^}]*\}/g, "…"));
      })
      .filter((text) => isKorean(text) && english.test(text))
      .map((text) => `${path}: ${text}`),
  );
  expect(found).toEqual([]);
});

/** What engineers of the field call otherwise in Korean, and particles that leave the choice to the reader. */
const unsaid: readonly (readonly [was: RegExp, is: string])[] = [
  [/[은을이와]\([는를가과]\)|\(으\)로|\(이\)/, "a particle by the last syllable"],
  [/추첨/, "샘플링"],
  [/눈금/, "기준, 스케일"],
  [/가림/, "오클루전"],
  [/지름길/, "스킵 연결"],
  [/곱셈-덧셈/, "연산량 … MACs"],
  [/채널별 볼륨/, "채널별 가중치"],
  [/입구|마무리/, "스템, 헤드"],
  // "22층 신경망" is how deep it is, and a hidden layer is 은닉층.
  [/(?<![\d}닉])층/, "레이어"],
  [/깊이별/, "뎁스와이즈"],
  [/덴스 ?블록/, "Dense 블록"],
  [/흐림|잘라내기|자동 대비|색 반전함/, "블러, 크롭, 오토 콘트라스트, 색 반전"],
  [/재미있/, "권장해요"],
  [/추가: Peerlab/, "기본 제공"],
  [/섞기 버튼|🔀 섞기/, "다시 뽑기"],
];

it.each(unsaid)("no Korean sentence of ours says %s, but %s", (was) => {
  const root = join(import.meta.dirname, "..");
  const found = ["src", "commands", "workers", "content"]
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((it) => join(folder, it)))
    .filter((it) => /\.(tsx?|ko\.md)$/.test(it))
    .flatMap((path) =>
      readFileSync(join(root, path), "utf8")
        .split("\n")
        .filter((line) => was.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
  expect(found).toEqual([]);
});
