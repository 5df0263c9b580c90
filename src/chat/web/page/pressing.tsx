import { useEffect, useState } from "preact/hooks";
import type { Chat } from "./chat.ts";
import { lineOf } from "./completion.ts";
import { Icon } from "./icons.tsx";
import type { ShownMessage } from "./state.ts";
import { useWords } from "./words.ts";

/** Presses a message's buttons: the one on its way, and what was wrong. One that asks for a picture fills the composer in. */
export const usePressing = (message: ShownMessage, chat: Chat, begin: (text: string) => void) => {
  const { lang } = useWords();
  const [busy, setBusy] = useState<number>();
  const [problem, setProblem] = useState("");
  useEffect(() => setProblem(""), [message.delivery]);
  const press = (index: number) => {
    setProblem("");
    const fill = message.buttonDetails?.find((it) => it.button === index)?.fill;
    const command = fill && chat.commands.find((it) => it.name === fill.command);
    if (command) return begin(lineOf(command, fill.args, lang));
    setBusy(index);
    chat
      .press(message, { button: index })
      .catch((error: Error) => setProblem(error.message))
      .finally(() => setBusy(undefined));
  };
  return { busy, problem, press };
};

/** What was wrong with a press. */
export const PressProblem = ({ problem }: { problem: string }) =>
  problem ? (
    <p class="note trouble" role="alert">
      <Icon name="warn" size={18} /> {problem}
    </p>
  ) : null;
