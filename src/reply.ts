import type { FileRef, Picture } from "./files.ts";
import type { Table } from "./table.ts";

/** Arguments as they are kept with a request: JSON, already checked against the command's option table. */
export type Args = Readonly<Record<string, FileRef | readonly FileRef[] | string | number | undefined>>;

/** The arguments that can be typed: all but the files. */
export const typedArgs = (args: Args): Record<string, string> =>
  Object.fromEntries(
    Object.entries(args).flatMap(([key, value]) =>
      typeof value === "string" || typeof value === "number" ? [[key, String(value)]] : [],
    ),
  );

/** A button repeats a command with other arguments; it lies in the database, so it works after a restart. */
export interface Button {
  label: string;
  /** By its name, "models add" for a sub-command. */
  command: string;
  args: Args;
  /** The answer takes the place of the message that the button stands on, instead of adding one to the channel. */
  inPlace?: true;
  /** The id of the only person who may press it; anybody who sees it when left out. */
  owner?: string;
  /** The row of the reply's table that it acts on, and what it is called there, where the row says the rest: rows become cards. */
  row?: { index: number; label: string };
  /** Its command needs a picture besides: a platform that can asks for one, with the arguments filled in. */
  asksForPicture?: true;
}

/**
 * A button that leaves one of its arguments, a number, to whoever presses it. `number` is any of a range: a slider where there is room for
 * one, else its steps as buttons. `tile` is one of the regions of the first picture, by its place among them: a tap on it, or a menu.
 */
export type Control = Omit<Button, "owner"> & { option: string } & (
    | {
        kind: "number";
        min: number;
        max: number;
        whole?: true;
        value: number;
        steps: readonly { label: string; value: number }[];
      }
    | { kind: "tile"; choices: readonly string[] }
  );

/** What a peer gets to see, in their language. Adapters translate it to their platform. */
export interface Reply {
  /** Plain but for `**bold**` and `` `code` `` (see richText.ts); what others wrote is escaped in it. */
  text: string;
  /**
   * More of the text, which hangs in a thread below the message. Where there are no threads it is left out, so it says only what can be had
   * in another way too.
   */
  inThread?: string;
  /** Shown below the text. */
  table?: Table;
  pictures?: readonly Picture[];
  files?: readonly FileRef[];
  buttons?: readonly Button[];
  controls?: readonly Control[];
  /** What is asked next by itself, in the asker's name and place; nobody sees this itself. */
  next?: Pick<Button, "command" | "args">;
  /** The same answer for programs; its shape is the schema of the command, and lies in docs/data.md. */
  data?: unknown;
}

/** How a request stands: `mistake` is the peer's, `failed` is ours. */
export const requestStatuses = ["waiting", "done", "mistake", "failed", "cancelled"] as const;
export type RequestStatus = (typeof requestStatuses)[number];
