import { useState } from "preact/hooks";
import type { Table } from "../../../table.ts";
import type { MessageProps } from "./messageView.tsx";
import { PressProblem, usePressing } from "./pressing.tsx";
import { useWords } from "./words.ts";

/** So many cards of the others are shown; the rest when it is wanted. */
const OTHERS_SHOWN = 3;

/**
 * A reply's table whose rows have buttons: a card for each row, with its first cell as the title, the others as facts. Rows of another kind
 * stand below under their title, and all but the first fold.
 */
export const RowCards = ({
  table: { columns, rows, others },
  message,
  chat,
  begin,
}: { table: Table } & Pick<MessageProps, "message" | "chat" | "begin">) => {
  const { t } = useWords();
  const { busy, problem, press } = usePressing(message, chat, begin);
  const [open, setOpen] = useState(false);
  const [title, ...facts] = columns;
  const card = (index: number) => {
    const [name = "", ...cells] = rows[index] ?? [];
    return (
      <li key={name} class="row-card">
        <strong>{name}</strong>
        <dl>
          {cells.map((cell, column) =>
            cell === "-" ? null : (
              <div key={facts[column]?.title} class={facts[column]?.right ? "right" : ""}>
                <dt>{facts[column]?.title}</dt>
                <dd>{cell}</dd>
              </div>
            ),
          )}
        </dl>
        <div class="buttons">
          {message.buttonDetails?.map(({ button, row }) =>
            row?.index === index ? (
              <button
                type="button"
                key={button}
                class="pill"
                // It begins with what is read, and says which row is meant where the row is not seen.
                aria-label={`${row.label}: ${name}`}
                disabled={busy === button}
                onClick={() => press(button)}
              >
                {row.label}
              </button>
            ) : null,
          )}
        </div>
      </li>
    );
  };
  const all = [...rows.keys()];
  const own = others ? all.slice(0, others.from) : all;
  const rest = others ? all.slice(others.from) : [];
  const folds = rest.length > OTHERS_SHOWN + 1;
  return (
    <>
      {own.length > 0 && (
        <ul class="row-cards" aria-label={title?.title}>
          {own.map(card)}
        </ul>
      )}
      {others && (
        <section class="other-rows" aria-label={others.title}>
          <h2>{others.title}</h2>
          <ul class="row-cards">{(folds && !open ? rest.slice(0, OTHERS_SHOWN) : rest).map(card)}</ul>
          {folds && (
            <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? t("foldCards") : t("unfoldCards", { count: rest.length - OTHERS_SHOWN })}
            </button>
          )}
        </section>
      )}
      <PressProblem problem={problem} />
    </>
  );
};
