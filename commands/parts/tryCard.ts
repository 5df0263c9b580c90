import type { CommandContext } from "../../src/chat/command.ts";
import { understand } from "../../src/chat/understand.ts";
import { UserError } from "../../src/errors.ts";
import type { FileRef } from "../../src/files.ts";
import type { Button } from "../../src/reply.ts";

/**
 * The button that does what a card's command says, with as many of these pictures as it takes; none where it wants more of them than
 * there are. `label` is what it says.
 */
export const tryButton = async (
  context: CommandContext,
  input: string,
  pictures: readonly FileRef[],
  label: string,
): Promise<Button | undefined> => {
  for (let count = 0; count <= pictures.length; count++)
    try {
      const { path, args } = await understand({ input, files: pictures.slice(0, count) }, context.services.commands, context);
      return { label, command: path, args };
    } catch (error) {
      if (!(error instanceof UserError && error.mistake.code === "missing_image")) throw error;
    }
  return undefined;
};
