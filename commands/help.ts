import { type Command, command } from "../src/chat/command.ts";
import type { Language } from "../src/text.ts";

const usage = (it: Command, lang: Language): string => {
  const options = Object.entries(it.options).map(([name, spec]) => (spec.required ? name : `[${name}]`));
  return [`/${it.name}`, ...options].join(" ") + (lang === "ko" ? ` (/${it.ko})` : "");
};

/** One option, with what it may be. */
const optionLine = (name: string, it: Command["options"][string], lang: Language): string => {
  const values =
    it.kind === "number" ? ` (${it.min}–${it.max})` : it.kind === "choice" && "of" in it ? ` (${it.of.join(", ")})` : "";
  return `· ${lang === "ko" ? `${name} / ${it.ko}` : name}: ${it.about[lang]}${values}`;
};

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
        services.commands.map((it) => ({ value: it.name, label: { en: `/${it.name}`, ko: `/${it.ko}` } })),
    },
  },
  ephemeral: true,
  run: async ({ services, lang }, { command: wanted }) => {
    const found = services.commands.find((it) => it.name === wanted);
    if (found) {
      const lines = Object.entries(found.options).map(([name, spec]) => optionLine(name, spec, lang));
      return { text: [`${usage(found, lang)}\n${found.about[lang]}`, ...lines].join("\n"), data: { command: found.name } };
    }
    const intro = {
      en: "Send a picture with one of these, for example: /augment op:rotate",
      ko: "사진과 함께 이렇게 보내 보세요. 예: /증강 op:rotate",
    };
    const lines = services.commands.map((it) => `· /${lang === "ko" ? `${it.ko} (/${it.name})` : it.name}: ${it.about[lang]}`);
    const more = {
      en: "/help augment tells more about one of them.",
      ko: "/도움말 augment 처럼 쓰면 한 명령을 자세히 볼 수 있어요.",
    };
    return { text: [intro[lang], ...lines, more[lang]].join("\n"), data: { commands: services.commands.map((it) => it.name) } };
  },
});
