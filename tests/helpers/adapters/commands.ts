import { z } from "zod";
import { type Command, command } from "../../../src/chat/command.ts";

const text = (en: string) => ({ en, ko: en });
const fruits = { red: ["apple", "cherry"], yellow: ["banana", "lemon"] } as const;

/** What the exam asks for besides the bot's own commands: replies with all that there can be, and what goes wrong. */
export const examCommands: readonly Command[] = [
  command({
    name: "blocks",
    ko: "블록",
    about: text("a reply with text, pictures, files and buttons"),
    options: {
      images: { kind: "images", ko: "사진들", about: text("pictures"), most: 4 },
      file: { kind: "file", ko: "파일", about: text("a file"), endings: [".txt"] },
      letters: { kind: "number", ko: "글자수", about: text("length of the text"), min: 0, max: 1e6, whole: true },
      buttons: { kind: "number", ko: "버튼수", about: text("buttons"), min: 0, max: 100, whole: true },
    },
    data: z.object({ blocks: z.boolean() }),
    run: async (_context, { images = [], file, letters = 0, buttons = 1 }) => ({
      text: `**blocks** and \`code\`${"x".repeat(letters)}`,
      table: { columns: [{ title: "network" }, { title: "parameters", right: true }], rows: [["resnet20", "272474"]] },
      pictures: images.map((image, index) => ({ ...image, alt: `picture ${index + 1}` })),
      files: file ? [file] : [],
      buttons: Array.from({ length: buttons }, (_, index) => ({ label: `Button ${index + 1}`, command: "runs", args: {} })),
      data: { blocks: true },
    }),
  }),
  command({
    name: "count",
    ko: "세기",
    about: text("a number, and buttons that go on from there"),
    options: { n: { kind: "number", ko: "수", about: text("the number"), min: 0, max: 10_000, whole: true, default: 1 } },
    data: z.object({ n: z.int() }),
    run: async ({ user }, { n }) => ({
      text: `count ${n}`,
      buttons: [
        { label: "More", command: "count", args: { n: n + 1 }, inPlace: true },
        { label: "Mine", command: "count", args: { n: n + 10 }, owner: user.id },
        { label: "Apart", command: "count", args: { n: n + 20 } },
        { label: "Wrong", command: "augment", args: { strength: 9 }, inPlace: true },
        { label: "With a photo", command: "augment", args: { op: "rotate", n: 2 }, asksForPicture: true },
      ],
      data: { n },
    }),
  }),
  command({
    name: "secret",
    ko: "비밀",
    about: text("for the asker alone"),
    options: {},
    ephemeral: true,
    data: z.object({}),
    run: async () => ({ text: "a secret", data: {} }),
  }),
  command({
    name: "fail",
    ko: "실패",
    about: text("our own failure"),
    options: {},
    data: z.object({}),
    run: async () => {
      throw new Error("the exam's own failure");
    },
  }),
  command({
    name: "fruit",
    ko: "과일",
    about: text("a fruit of a colour"),
    options: {
      colour: { kind: "choice", ko: "색", about: text("the colour"), of: ["red", "yellow"] },
      fruit: {
        kind: "choice",
        ko: "이름",
        about: text("the fruit"),
        among: async (_context, given) => {
          const colour = given["colour"] === "yellow" ? "yellow" : "red";
          return fruits[colour].map((value) => ({ value, label: text(value) }));
        },
      },
    },
    data: z.object({}),
    run: async (_context, { fruit }) => ({ text: `fruit ${fruit}`, data: {} }),
  }),
];
