import { z } from "zod";
import { allCommands, command, type NamedCommand } from "../src/chat/command.ts";
import { aboutOption, fixedChoices, type OptionSpec } from "../src/chat/options.ts";
import type { Language } from "../src/text.ts";

const usage = ({ path, ko, command: { options } }: NamedCommand, lang: Language): string => {
  const names = Object.entries(options).map(([name, spec]) => {
    const own = { en: name, ko: spec.ko }[lang];
    return spec.required ? own : `[${own}]`;
  });
  return `\`${[`/${{ en: path, ko }[lang]}`, ...names].join(" ")}\``;
};

/** One option, with what it may be and its default. */
const optionLine = (name: string, spec: OptionSpec, lang: Language): string => {
  const values =
    spec.kind === "number"
      ? ` (${spec.min}–${spec.max})`
      : spec.kind === "choice" && "of" in spec
        ? ` (${fixedChoices(spec)
            .map((it) => ({ en: it.value, ko: it.ko ?? it.value })[lang])
            .join(", ")})`
        : "";
  return `· ${{ en: name, ko: spec.ko }[lang]}: ${aboutOption(spec)[lang]}${values}`;
};

/** A command with everything that can be said to it. */
const describeCommand = (named: NamedCommand, lang: Language): string =>
  [
    `${usage(named, lang)}\n${named.command.about[lang]}`,
    ...Object.entries(named.command.options).map(([name, spec]) => optionLine(name, spec, lang)),
  ].join("\n");

/** What the bot can do, or one command with its options. Made from the table of commands itself. */
export const help = command({
  name: "help",
  ko: "도움말",
  about: { en: "What I can do, and how to ask", ko: "할 수 있는 일과 쓰는 법" },
  options: {
    command: {
      kind: "choice",
      ko: "명령",
      about: { en: "one command, in detail", ko: "자세히 볼 명령" },
      among: async ({ services }) =>
        services.commands.map((it) => ({ value: it.name, label: { en: `/${it.name}`, ko: `/${it.ko}` }, ko: it.ko })),
    },
  },
  ephemeral: true,
  data: z.object({
    command: z.string().optional().describe("the command that was explained"),
    commands: z.array(z.string()).optional().describe("where none was named: the names of all of them, in the order of `/help`"),
  }),
  run: async ({ services, lang }, { command: wanted }) => {
    const found = services.commands.find((it) => it.name === wanted);
    if (found) {
      const parts = allCommands([found]).map((it) => describeCommand(it, lang));
      return { text: parts.join("\n\n"), data: { command: found.name } };
    }
    const intro = {
      en: "Send a picture with one of these, for example: `/augment op:rotate`",
      ko: "사진과 함께 이렇게 보내 보세요. 예: `/증강 변형:회전`",
    };
    const lines = services.commands.map((it) => `· /${lang === "ko" ? `${it.ko} (/${it.name})` : it.name}: ${it.about[lang]}`);
    const more = {
      en: "`/help augment` tells more about one of them.",
      ko: "`/도움말 증강`처럼 쓰면 한 명령을 자세히 볼 수 있어요.",
    };
    return { text: [intro[lang], ...lines, more[lang]].join("\n"), data: { commands: services.commands.map((it) => it.name) } };
  },
});
