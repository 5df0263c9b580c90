import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ShownControl } from "../message.ts";
import type { Chat } from "./chat.ts";
import { Icon } from "./icons.tsx";
import type { ShownMessage } from "./state.ts";

/** So long a slider has to rest before its value is asked for: what is dragged past would only be thrown away. */
const REST_MS = 300;
/** Above this many steps a slider cannot be aimed. */
const MOST_STEPS = 100;
const STEPS = 20;

type NumberControl = Extract<ShownControl, { kind: "number" }>;

/**
 * A number of an answer, as it is wanted: the answer follows in place. While one change is on its way, the last value that is wanted
 * waits for its end; one that came to nothing is taken back.
 */
const useWanted = (message: ShownMessage, control: number, value: number, chat: Chat) => {
  const [wanted, setWanted] = useState<number>();
  const [problem, setProblem] = useState("");
  const asked = useRef<number | undefined>(undefined);
  const isChanging = message.changing !== undefined;
  useEffect(() => {
    if (isChanging) return;
    // The change has ended, this way or that.
    const was = asked.current;
    asked.current = undefined;
    setWanted((it) => (it === was ? undefined : it));
  }, [isChanging, message.delivery]);
  useEffect(() => {
    if (wanted === undefined || wanted === value || isChanging || asked.current !== undefined) return;
    const timer = setTimeout(() => {
      asked.current = wanted;
      setProblem("");
      chat.press(message, { control, value: wanted }).catch((error: Error) => {
        asked.current = undefined;
        setWanted(undefined);
        setProblem(error.message);
      });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [wanted, isChanging, message.delivery]);
  return { shown: wanted ?? value, want: setWanted, problem };
};

/** One number: a slider where its range can be aimed at, else a field. */
const Dial = (it: { message: ShownMessage; control: number; about: NumberControl; chat: Chat }) => {
  const { label, min, max, whole, value } = it.about;
  const id = useId();
  const { shown, want, problem } = useWanted(it.message, it.control, value, it.chat);
  const step = whole ? 1 : (max - min) / STEPS;
  const isSlider = (max - min) / step <= MOST_STEPS;
  return (
    <div class={isSlider ? "dial" : "dial field"}>
      <label for={id}>{label}</label>
      {isSlider ? (
        <>
          <input
            id={id}
            type="range"
            {...{ min, max, step }}
            value={shown}
            onInput={(event) => want(Number(Number(event.currentTarget.value).toFixed(3)))}
          />
          <output for={id}>{shown}</output>
        </>
      ) : (
        <input
          id={id}
          type="number"
          {...{ min, max, step }}
          value={shown}
          onChange={({ currentTarget }) => {
            if (currentTarget.value !== "" && currentTarget.validity.valid) want(Number(currentTarget.value));
            else currentTarget.value = String(shown);
          }}
        />
      )}
      {problem && (
        <span class="note trouble" role="alert">
          <Icon name="warn" size={18} /> {problem}
        </span>
      )}
    </div>
  );
};

/** The numbers of an answer that can be changed in place. They stay where they are while it changes. */
export const Dials = ({ message, chat }: { message: ShownMessage; chat: Chat }) => {
  const numbers = message.controls?.flatMap((about, control) => (about.kind === "number" ? [{ about, control }] : [])) ?? [];
  if (numbers.length === 0) return null;
  return (
    <div class="dials">
      {numbers.map(({ about, control }) => (
        <Dial key={control} {...{ message, control, about, chat }} />
      ))}
    </div>
  );
};
