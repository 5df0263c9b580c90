/** A command line taken apart: `/augment rotate n:4 title:"two words"`. */
export interface CommandLine {
  command: string;
  /** `key` is absent for a bare word, which fills the next free option; `written` is how both stood there. */
  given: readonly { key?: string; value: string; written?: string }[];
}

const closing: Readonly<Record<string, string>> = { '"': '"', "'": "'", "“": "”" };

/** "n:", and the space that people put between it and its value, unless another "n:" comes instead of one. */
const KEY = /^([\p{L}_][\p{L}\p{N}_-]*)[:=](?:\s+(?=\S)(?![\p{L}_][\p{L}\p{N}_-]*[:=]))?/u;

/** Reads one value from `at`: a quoted text, a JSON object in braces, or up to the next space. */
const readValue = (line: string, at: number): { value: string; end: number } => {
  const quote = closing[line[at] ?? ""];
  if (quote) {
    const end = line.indexOf(quote, at + 1);
    return end < 0 ? { value: line.slice(at + 1), end: line.length } : { value: line.slice(at + 1, end), end: end + 1 };
  }
  if (line[at] === "{") {
    let depth = 0;
    for (let end = at; end < line.length; end++) {
      depth += line[end] === "{" ? 1 : line[end] === "}" ? -1 : 0;
      if (depth === 0) return { value: line.slice(at, end + 1), end: end + 1 };
    }
  }
  const length = line.slice(at).search(/\s/);
  const end = length < 0 ? line.length : at + length;
  return { value: line.slice(at, end), end };
};

/** Takes a typed command apart. Nothing is checked here: any text has an answer. `undefined` when it is no command. */
export const parseLine = (text: string): CommandLine | undefined => {
  const line = text.trim();
  const [, command] = line.match(/^\/([\p{L}\p{N}_-]+)(?=\s|$)/u) ?? [];
  if (!command) return undefined;
  const given: { key?: string; value: string; written?: string }[] = [];
  for (let at = command.length + 1; at < line.length; ) {
    if (/\s/.test(line[at] as string)) {
      at++;
      continue;
    }
    const [whole, key] = line.slice(at).match(KEY) ?? [];
    const { value, end } = readValue(line, at + (whole?.length ?? 0));
    given.push(key === undefined ? { value } : { key, value, written: line.slice(at, end) });
    at = Math.max(end, at + 1);
  }
  return { command: command.normalize("NFC"), given };
};
