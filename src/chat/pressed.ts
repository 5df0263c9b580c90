import type { Button, Reply } from "../reply.ts";
import type { Pressable } from "./request.ts";

/** The button that was pressed, a control with its argument filled in; what the value may be, the command says. */
export const pressedIn = ({ buttons = [], controls = [] }: Reply, pressed: Pressable): Button | undefined => {
  if ("button" in pressed) return buttons[pressed.button];
  const control = controls[pressed.control];
  return control && { ...control, args: { ...control.args, [control.option]: pressed.value } };
};
