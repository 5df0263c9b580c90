import type { DescribedCommand, DescribedOption } from "../describe.ts";
import { attachedOptions, typedOptions, valuesIn } from "./completion.ts";
import { Icon } from "./icons.tsx";
import { useWords } from "./words.ts";

/** The options of the command being typed: what is given, what is still needed. A tap sets or attaches one. */
export const OptionBar = (it: {
  command: DescribedCommand;
  text: string;
  /** How many files are attached or quoted. */
  files: number;
  edit(option: DescribedOption): void;
  pick(): void;
}) => {
  const { lang, t } = useWords();
  const given = valuesIn(it.text, it.command);
  const own = (option: { name: string; ko: string }) => (lang === "ko" ? option.ko : option.name);
  return (
    <fieldset class="option-bar" aria-label={t("options", { name: `/${own(it.command)}` })}>
      {attachedOptions(it.command).map((option, index) => {
        const has = index < it.files;
        const label = t(has ? "hasFile" : "needsPicture", { name: own(option) });
        return (
          <button
            type="button"
            key={option.name}
            class={`option ${has ? "given" : option.required ? "needed" : ""}`}
            aria-label={option.kind === "file" && !has ? `${own(option)}: ${option.about[lang]}` : label}
            title={option.about[lang]}
            onClick={it.pick}
          >
            <Icon name={option.kind === "file" ? "file" : "image"} size={16} /> {own(option)}
          </button>
        );
      })}
      {typedOptions(it.command).map((option) => {
        const value = given.get(option.name)?.value;
        return (
          <button
            type="button"
            key={option.name}
            class={`option ${value ? "given" : option.required ? "needed" : ""}`}
            title={option.about[lang]}
            onClick={() => it.edit(option)}
          >
            {own(option)}
            {value && <strong>{value}</strong>}
          </button>
        );
      })}
    </fieldset>
  );
};
