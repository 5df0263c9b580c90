import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Span, spansOf } from "../../../richText.ts";
import type { Table } from "../../../table.ts";
import { useWords } from "./words.ts";

/** Text stays text: nothing in it is ever read as HTML. Only addresses become links. */
const withLinks = (text: string): ComponentChildren[] =>
  text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <a href={part} target="_blank" rel="noreferrer">
        {part}
      </a>
    ),
  );

/** A number stays in one line with its unit. */
const withUnits = (text: string): string => text.replace(/(\d) (?=(?:%|[kMG]|[kMG]B|m?s)(?![\p{L}\d]))/gu, "$1\u00a0");

const show = ({ kind, text }: Span): ComponentChildren => {
  if (kind === "bold") return <strong>{text}</strong>;
  return kind === "code" ? <code>{text}</code> : withLinks(text);
};

/** A message's text. A command is set apart from talk. What peers typed knows no backslashes. */
export const Rich = ({ text, bot }: { text: string; bot: boolean }) => {
  const [, command, rest = ""] = /^(\/[\p{L}\p{N}_-]+)([\s\S]*)$/u.exec(text) ?? [];
  if (!command) return <p class="text">{spansOf(bot ? withUnits(text) : text.replaceAll("\\", "\\\\")).map(show)}</p>;
  return (
    <p class="text command">
      <strong>{command}</strong>
      {rest}
    </p>
  );
};

/** A table of more rows than this is folded, to so many. */
const MOST_ROWS = 12;
const FOLDED_ROWS = 6;

/** Whether a table is folded: then it stands below the pictures, which say more at a glance. */
export const isLong = ({ rows }: Table): boolean => rows.length > MOST_ROWS;

/** A reply's table. A long one is folded until it is asked for. */
export const TableView = ({ table, label }: { table: Table; label: string }) => {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const { columns, rows } = table;
  if (!isLong(table)) return <Rows table={table} label={label} />;
  return (
    <div class="fold">
      <Rows table={open ? table : { columns, rows: rows.slice(0, FOLDED_ROWS) }} label={label} />
      <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t("foldTable") : t("unfoldTable", { count: rows.length })}
      </button>
    </div>
  );
};

/** The rows of a table. Where it is wider than the screen, it scrolls by itself. */
const Rows = ({ table: { columns, rows }, label }: { table: Table; label: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be within reach of the keys
  <figure class="table" aria-label={label} tabIndex={0}>
    <table>
      <thead>
        <tr>
          {columns.map(({ title, right }) => (
            <th key={title} scope="col" class={right ? "right" : ""}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => {
              const right = columns[column]?.right ? "right" : "";
              return column === 0 ? (
                <th key={columns[column]?.title} scope="row" class={right}>
                  {cell}
                </th>
              ) : (
                <td key={columns[column]?.title} class={right}>
                  {cell}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  </figure>
);
