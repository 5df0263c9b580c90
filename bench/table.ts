/** Rows of the same keys as aligned columns: words to the left, numbers to the right. */
export const table = (rows: readonly Readonly<Record<string, string | number>>[]): string => {
  const keys = Object.keys(rows[0] ?? {});
  const cells = [keys, ...rows.map((row) => keys.map((key) => `${row[key] ?? ""}`))];
  const widths = keys.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const isNumber = keys.map((key) => rows.every((row) => typeof row[key] === "number"));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (isNumber[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join("  ");
  return cells.map(line).join("\n");
};
