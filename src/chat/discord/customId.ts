/** What a press does: it changes the message, adds one, or first opens a form that asks for a picture. */
const whatPressesDo = ["place", "apart", "form"] as const;
/** What a button says when it is pressed: which delivery it stands on, which of its buttons it is, and what a press does. */
export interface PressedButton {
  delivery: string;
  button: number;
  does: (typeof whatPressesDo)[number];
}

/** At most 100 characters, as Discord wants it. */
export const pressId = ({ delivery, button, does }: PressedButton): string => `press:${delivery}:${button}:${does}`;
export const pressedOf = (customId: string): PressedButton | undefined => {
  const [kind, delivery, button, said] = customId.split(":");
  const does = whatPressesDo.find((it) => it === said) ?? "apart";
  return kind === "press" && delivery ? { delivery, button: Number(button), does } : undefined;
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
