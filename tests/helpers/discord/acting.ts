import { allCommands, type CommandEntry } from "../../../src/chat/command.ts";
import { parseLine } from "../../../src/chat/commandLine.ts";
import { filesTaken } from "../../../src/chat/options.ts";
import type { DiscordDouble } from "./double.ts";

const typeOf = { text: 3, choice: 3, user: 6, number: 10, image: 11, images: 11, file: 11 } as const;

/** What Discord sends when somebody uses a chat command with these words and files; undefined where it has no such command. */
export const chatCommand = async (
  { upload }: Pick<DiscordDouble, "upload">,
  commands: readonly CommandEntry[],
  path: string,
  args: Readonly<Record<string, unknown>>,
  files: readonly File[] = [],
) => {
  const command = allCommands(commands).find((it) => it.path === path)?.command;
  if (!command) return undefined;
  const typed = Object.entries(args).map(([name, value]) => {
    const kind = command.options[name]?.kind ?? "text";
    const type = typeOf[kind];
    return { name, type, value: type === 10 && !Number.isNaN(Number(value)) ? Number(value) : String(value) };
  });
  const left = [...files];
  const resolved: Record<string, object> = {};
  const attached: object[] = [];
  for (const [name, spec] of Object.entries(command.options)) {
    for (let index = 0; index < filesTaken(spec); index++) {
      const fits = (it: File) =>
        spec.kind === "file" ? spec.endings.some((ending) => it.name.endsWith(ending)) : it.type.startsWith("image/");
      const at = left.findIndex(fits);
      if (at < 0) break;
      const [file] = left.splice(at, 1) as [File];
      const kept = upload(file.name, file.type, Buffer.from(await file.arrayBuffer()));
      resolved[kept.id] = kept;
      attached.push({ name: index === 0 ? name : `${name}${index + 1}`, type: 11, value: kept.id });
    }
  }
  const options = [...typed, ...attached];
  const [name, sub] = path.split(" ");
  const data = { id: "1", name, type: 1, resolved: { attachments: resolved } };
  return { ...data, options: sub ? [{ name: sub, type: 1, options }] : options };
};

/** "/models add name:x" as a path and what is typed. */
export const readLine = (line: string, commands: readonly CommandEntry[]) => {
  const { command = "", given = [] } = parseLine(line) ?? {};
  const paths = [`${command} ${given[0]?.value}`, command];
  const named = allCommands(commands).find(({ path }) => paths.includes(path));
  const args = Object.fromEntries(given.flatMap(({ key, value }) => (key === undefined ? [] : [[key, value]])));
  return named && { path: named.path, command: named.command, args };
};
