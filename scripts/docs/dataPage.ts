import { allCommands, type CommandEntry } from "../../src/chat/command.ts";
import { schemaText } from "./schemaText.ts";

/** The examples that a page has under a heading, as they are written there. */
export const examplesUnder = (page: string, heading: string): string[] => {
  const section = page.split(/^## /m).find((it) => it.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/```json\n([\s\S]*?)\n```/g)].map((it) => it[1] as string);
};

/**
 * docs/data.md, made again: what stands before the first command stays, each command gets the types of its schema, and its examples
 * are kept. They come from real answers; a test compares them.
 */
export const dataPage = (page: string, entries: readonly CommandEntry[]): string => {
  const [before = ""] = page.split(/^## \//m);
  const sections = allCommands(entries).map(({ path, command }) =>
    [
      `## /${path}`,
      `${command.about.en}.`,
      `\`\`\`ts\n${schemaText(command.data)}\n\`\`\``,
      ...examplesUnder(page, `/${path}`).map((example) => `\`\`\`json\n${example}\n\`\`\``),
    ].join("\n\n"),
  );
  return `${[before.trimEnd(), ...sections].join("\n\n")}\n`;
};
