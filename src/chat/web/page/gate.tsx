import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { LanguageButton } from "./channels.tsx";
import { Mark } from "./icons.tsx";
import { useWords } from "./words.ts";

const secret = { type: "password", autocomplete: "current-password" } as const;
const open = { type: "text", autocomplete: "nickname" } as const;

/** One question on its own page: the token, or a name. `submit` rejects with a sentence to show. */
export const Gate = (it: {
  title: string;
  about: string;
  label: string;
  action: string;
  secret?: boolean;
  value?: string;
  submit(value: string): Promise<unknown>;
  onLanguage(): void;
  children?: ComponentChildren;
}) => {
  const { t } = useWords();
  const [value, setValue] = useState(it.value ?? "");
  const [problem, setProblem] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    if (!value.trim()) return setProblem(t("answerFirst"));
    it.submit(value.trim()).catch((error: Error) => setProblem(error.message));
  };
  return (
    <main class="gate">
      <form class="gate-card" onSubmit={submit}>
        <div class="gate-top">
          <Mark size={44} />
          <LanguageButton onClick={it.onLanguage} />
        </div>
        <h1>{it.title}</h1>
        <p>{it.about}</p>
        <label for="answer">{it.label}</label>
        <input
          id="answer"
          ref={input}
          value={value}
          maxLength={it.secret ? 1000 : 40}
          {...(it.secret ? secret : open)}
          aria-describedby="problem"
          aria-invalid={problem !== ""}
          onInput={(event) => {
            setValue(event.currentTarget.value);
            setProblem("");
          }}
        />
        <p id="problem" class="trouble" role="alert">
          {problem}
        </p>
        <div class="gate-actions">
          {it.children}
          <button type="submit" class="primary">
            {it.action}
          </button>
        </div>
        <p class="note">{t("tagline")}</p>
      </form>
    </main>
  );
};
