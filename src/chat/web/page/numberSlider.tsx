import type { DescribedOption } from "../describe.ts";
import { useWords } from "./words.ts";

/** Above this many steps a slider cannot be aimed. */
const MOST_STEPS = 100;

/** A slider for an option with a small range; for a large one, the range in words. */
export const NumberSlider = ({ option, typed, set }: { option: DescribedOption; typed: string; set(value: string): void }) => {
  const { lang, t } = useWords();
  const { min = 0, max = 1, whole } = option;
  const name = lang === "ko" ? option.ko : option.name;
  const step = whole ? 1 : (max - min) / 20;
  const range = t("range", { min, max });
  return (
    <div class="menu slider">
      <div class="menu-title">
        {name} · {option.about[lang]}
      </div>
      {(max - min) / step <= MOST_STEPS ? (
        <label>
          <span>{min}</span>
          <input
            type="range"
            aria-label={`${name}: ${range}`}
            min={min}
            max={max}
            step={step}
            value={typed === "" ? (min + max) / 2 : Number(typed)}
            onInput={(event) => set(String(Number(Number(event.currentTarget.value).toFixed(3))))}
          />
          <span>{max}</span>
        </label>
      ) : (
        <p>{range}</p>
      )}
    </div>
  );
};
