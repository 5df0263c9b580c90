import { styleText } from "node:util";
import { plainText, spansOf } from "../../richText.ts";

const styles = { bold: "bold", code: "cyan" } as const;

/** A text as a terminal shows it: with colours where it can, else without marks. */
export const styled = (text: string, colours: boolean): string =>
  colours
    ? spansOf(text)
        .map((span) => (span.kind === "text" ? span.text : styleText(styles[span.kind], span.text, { validateStream: false })))
        .join("")
    : plainText(text);
