import type { ComponentChildren } from "preact";

/** The little markup that replies use: **bold**, `code` and links. Text stays text: nothing is ever read as HTML. */
const marks: readonly { pattern: RegExp; show: (inner: string) => ComponentChildren }[] = [
  { pattern: /^`([^`\n]+)`/, show: (it) => <code>{it}</code> },
  { pattern: /^\*\*([^*\n]+)\*\*/, show: (it) => <strong>{it}</strong> },
  {
    pattern: /^(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/,
    show: (it) => (
      <a href={it} target="_blank" rel="noreferrer">
        {it}
      </a>
    ),
  },
];

const parse = (text: string): ComponentChildren[] => {
  const parts: ComponentChildren[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const found = marks.map(({ pattern, show }) => ({ match: pattern.exec(rest), show })).find((it) => it.match);
    if (!found?.match) {
      plain += text[at++];
      continue;
    }
    parts.push(plain, found.show(found.match[1] as string));
    plain = "";
    at += found.match[0].length;
  }
  return [...parts, plain];
};

/** A message's text. A command is set apart from talk. */
export const Rich = ({ text }: { text: string }) => {
  const [, command, rest = ""] = /^(\/[\p{L}\p{N}_-]+)([\s\S]*)$/u.exec(text) ?? [];
  if (!command) return <p class="text">{parse(text)}</p>;
  return (
    <p class="text command">
      <strong>{command}</strong>
      {rest}
    </p>
  );
};
