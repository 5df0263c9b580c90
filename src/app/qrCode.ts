import { encode } from "uqr";

/** Light modules around the code. Four are the norm; phones read two, and a terminal has few lines. */
const BORDER = 2;
/** Two rows of modules in one line of letters, by which of them are dark. */
const halves = { true: { true: "█", false: "▀" }, false: { true: "▄", false: " " } } as const;
/** Black on white, whatever colours the terminal has. */
const [INK, END] = ["\u001b[38;5;16;48;5;231m", "\u001b[0m"];

/** A QR code of a text as lines for a terminal: black on white where it shows colours, else for one that is light on dark. */
export const qrLines = (text: string, colours: boolean): string[] => {
  const { data, size } = encode(text, { ecc: "L", border: BORDER });
  const isDark = (row: number, column: number) => (data[row]?.[column] ?? false) === colours;
  const lines: string[] = [];
  for (let row = 0; row < size; row += 2) {
    const letters = Array.from({ length: size }, (_, column) => halves[`${isDark(row, column)}`][`${isDark(row + 1, column)}`]);
    lines.push(colours ? `${INK}${letters.join("")}${END}` : letters.join(""));
  }
  return lines;
};
