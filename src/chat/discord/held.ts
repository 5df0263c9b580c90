import type { Bot } from "../bot.ts";
import { requestId } from "../requestId.ts";
import type { DiscordFile } from "./download.ts";

/** What came with the interaction that opened a form, and does not come again when the form is sent. */
export interface Held {
  userId: string;
  /** The files that were given already, with the option that they were given for. */
  files: readonly { option?: string; file: DiscordFile }[];
  /** The message whose pictures are meant, where it is one of the bot's own. */
  message?: string;
}

const MOST = 1000;
const receiptOf = (interaction: string) => requestId("discord", `form ${interaction}`);

/** Keeps what forms are about until they are sent: over a restart, too. */
export const openHeld = ({ receipts }: Pick<Bot, "receipts">) => {
  const all = new Map<string, Held>();
  const put = (interaction: string, held: Held): void => {
    all.set(interaction, held);
    const [oldest] = all.keys();
    if (all.size > MOST && oldest !== undefined) void forms.drop(oldest).catch(() => {});
  };
  const forms = {
    keep: async (interaction: string, held: Held): Promise<void> => {
      put(interaction, held);
      const event = { form: interaction, held };
      await receipts.receive({ id: receiptOf(interaction), adapter: "discord", userId: held.userId, event });
    },
    /** Takes in what an earlier run kept. */
    put,
    get: (interaction: string): Held | undefined => all.get(interaction),
    drop: async (interaction: string): Promise<void> => {
      all.delete(interaction);
      await receipts.workedOff(receiptOf(interaction));
    },
  };
  return forms;
};
export type HeldForms = ReturnType<typeof openHeld>;
