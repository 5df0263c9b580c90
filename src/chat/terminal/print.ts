import type { Control, RequestStatus } from "../../reply.ts";
import { textWithTable } from "../../table.ts";
import type { Answered } from "./conversation.ts";
import { styled } from "./styled.ts";

/** A file of an answer as it was written down. */
export interface Written {
  name: string;
  path: string;
  bytes: number;
}

/** What `ask --json` prints; docs/data.md describes it. */
export const toJson = ({ outcome, ackMs, totalMs }: Answered, files: readonly Written[]): string => {
  const { id, status, seed, reply } = outcome;
  return JSON.stringify({
    ok: status === "done",
    text: reply ? textWithTable(reply) : "",
    files,
    buttons: reply?.buttons?.map((button) => button.label) ?? [],
    data: reply?.data ?? null,
    ms: { ack: Math.round(ackMs), total: Math.round(totalMs) },
    seed,
    id,
  });
};

/** The same for what could not be asked at all. */
export const failureToJson = (id: string, text: string): string =>
  JSON.stringify({ ok: false, text, files: [], buttons: [], data: null, ms: { ack: 0, total: 0 }, seed: 0, id });

/** What an earlier answer is asked again with another value: its files are meant by the reply to it. */
const again = (id: string, { command, args, option }: Control, value: number | string): string => {
  const typed = Object.entries({ ...args, [option]: value }).filter(([, it]) => typeof it !== "object");
  return `--reply ${id} "/${[command, ...typed.map(([name, it]) => `${name}:${it}`)].join(" ")}"`;
};
const controlLines = (id: string, control: Control): string[] =>
  control.kind === "number"
    ? control.steps.map(({ label, value }) => `[${label}] ${again(id, control, value)}`)
    : [`[${control.label}, 0–${control.choices.length - 1}] ${again(id, control, 1)}`];

/** An answer for people: what it says, where its files are, and how to press its buttons. */
export const toText = ({ outcome }: Answered, files: readonly Written[], colours: boolean): string => {
  const buttons = outcome.reply?.buttons?.map(({ label }, index) => `[${label}] --reply ${outcome.id} --press ${index + 1}`);
  const controls = outcome.reply?.controls?.flatMap((it) => controlLines(outcome.id, it)) ?? [];
  const text = outcome.reply ? styled(textWithTable(outcome.reply), colours) : "";
  return [text, ...files.map((file) => file.path), ...(buttons ?? []), ...controls].join("\n");
};

/** 0 is an answer, 1 the asker's mistake or will, 2 our failure. */
export const exitCodeOf = (status: RequestStatus): number => (status === "done" ? 0 : status === "failed" ? 2 : 1);
