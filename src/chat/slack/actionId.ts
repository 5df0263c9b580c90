import type { Pressable } from "../request.ts";
import type { BlockActions } from "./payload.ts";

/** What a button's action is called: which button it is, or which control with which value. */
export const actionOf = (it: Pressable): string => `press:${"button" in it ? it.button : `c${it.control}=${it.value}`}`;

/** What an action pressed, and of which delivery; a menu's choice says both. Nothing for one that is none of ours. */
export const pressedOf = ({
  action_id,
  value,
  selected_option,
}: BlockActions["actions"][number]): ({ delivery: string } & Pressable) | undefined => {
  const [, name, control, step] = /^press:(\d+|c(\d+)(?:=(.+))?)$/.exec(action_id) ?? [];
  const [delivery, chosen] = (value ?? selected_option?.value ?? "").split(" ");
  if (!name || !delivery) return undefined;
  return control === undefined
    ? { delivery, button: Number(name) }
    : { delivery, control: Number(control), value: Number(step ?? chosen) };
};
