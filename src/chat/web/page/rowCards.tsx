import type { Table } from "../../../table.ts";
import type { MessageProps } from "./messageView.tsx";
import { PressProblem, usePressing } from "./pressing.tsx";

/** A reply's table whose rows have buttons: a card for each row, with its first cell as the title, the others as facts. */
export const RowCards = ({
  table: { columns, rows },
  message,
  chat,
  begin,
}: { table: Table } & Pick<MessageProps, "message" | "chat" | "begin">) => {
  const { busy, problem, press } = usePressing(message, chat, begin);
  const [title, ...facts] = columns;
  return (
    <>
      <ul class="row-cards" aria-label={title?.title}>
        {rows.map(([name, ...cells], index) => (
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
        ))}
      </ul>
      <PressProblem problem={problem} />
    </>
  );
};
