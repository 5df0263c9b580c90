import { UserError } from "../errors.ts";
import type { Args } from "../reply.ts";
import { bindArguments } from "./arguments.ts";
import { type Command, type CommandContext, filesTaken } from "./command.ts";
import { parseLine } from "./commandLine.ts";
import type { IncomingRequest } from "./request.ts";

export interface Understood {
  command: Command;
  args: Args;
}

/** A command by its English or Korean name. */
export const commandNamed = (commands: readonly Command[], name: string): Command | undefined =>
  commands.find((it) => it.name === name.toLowerCase() || it.ko === name);

/** What a request means, or the mistake in it as a `UserError`. */
export const understand = async (
  { input, files, quoted = [] }: Pick<IncomingRequest, "input" | "files" | "quoted">,
  commands: readonly Command[],
  context: CommandContext,
): Promise<Understood> => {
  const line = typeof input === "string" ? parseLine(input) : input;
  const command = commandNamed(commands, line?.command ?? "");
  if (!line || !command)
    throw new UserError("unknown_command", { name: line?.command ?? "", known: commands.map((it) => it.name) });
  const given =
    "given" in line
      ? line.given
      : Object.entries(line.args).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));
  const slots = Object.values(command.options).reduce((sum, it) => sum + filesTaken(it), 0);
  const meant = files.length > 0 ? files : quoted.slice(0, slots - given.filter((it) => typeof it.value === "object").length);
  return { command, args: await bindArguments(command, given, meant, context) };
};
