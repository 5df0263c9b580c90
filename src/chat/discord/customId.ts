/** What a button says when it is pressed: which delivery it stands on, which of its buttons it is, and whether its message changes. */
export interface PressedButton {
  delivery: string;
  button: number;
  isInPlace: boolean;
}

/** At most 100 characters, as Discord wants it. */
export const pressId = ({ delivery, button, isInPlace }: PressedButton): string =>
  `press:${delivery}:${button}:${isInPlace ? "place" : "apart"}`;
export const pressedOf = (customId: string): PressedButton | undefined => {
  const [kind, delivery, button, where] = customId.split(":");
  return kind === "press" && delivery ? { delivery, button: Number(button), isInPlace: where === "place" } : undefined;
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
