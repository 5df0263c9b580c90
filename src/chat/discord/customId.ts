import type { Pressable } from "../request.ts";

/** What a press does: it changes the message, adds one, or first opens a form that asks for a picture. */
const whatPressesDo = ["place", "apart", "form"] as const;
/** What a button or a menu says when it is pressed: which delivery it stands on, what of it was pressed, and what that does. */
export type PressedButton = { delivery: string; does: (typeof whatPressesDo)[number] } & Pressable;

const nameOf = (it: Pressable | { control: number }): string =>
  "button" in it ? String(it.button) : `c${it.control}${"value" in it ? `=${it.value}` : ""}`;

/** At most 100 characters, as Discord wants it. A menu's has no value: what was chosen comes with its press. */
export const pressId = (it: Pick<PressedButton, "delivery" | "does"> & (Pressable | { control: number })): string =>
  `press:${it.delivery}:${nameOf(it)}:${it.does}`;
export const pressedOf = (customId: string, chosen?: string): PressedButton | undefined => {
  const [kind, delivery, name = "", said] = customId.split(":");
  if (kind !== "press" || !delivery) return undefined;
  const pressed = { delivery, does: whatPressesDo.find((it) => it === said) ?? ("apart" as const) };
  const [, control, value] = /^c(\d+)(?:=(.+))?$/.exec(name) ?? [];
  return control === undefined
    ? { ...pressed, button: Number(name) }
    : { ...pressed, control: Number(control), value: Number(value ?? chosen) };
};

export const cancelId = (request: string): string => `cancel:${request}`;
export const cancelledBy = (customId: string): string | undefined => /^cancel:(.+)$/.exec(customId)?.[1];

/** What a form asks when it is sent: a command, perhaps with the pictures of a message, and what was typed that it has no field for. */
export interface FormMemory {
  path: string;
  /** The interaction whose message's pictures are meant. */
  message?: string | undefined;
  typed: Readonly<Record<string, string>>;
}
const MOST = 100;
export const formId = ({ path, message = "", typed }: FormMemory): string => {
  const id = `form:${path}:${message}:`;
  const more = new URLSearchParams(typed).toString();
  return id.length + more.length <= MOST ? id + more : id;
};
export const formOf = (customId: string): FormMemory | undefined => {
  const [kind, path, message, ...rest] = customId.split(":");
  if (kind !== "form" || !path) return undefined;
  return { path, message: message || undefined, typed: Object.fromEntries(new URLSearchParams(rest.join(":"))) };
};
