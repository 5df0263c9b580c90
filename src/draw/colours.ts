/** The channels of "#rrggbb", 0 to 255. */
const channelsOf = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** A colour between two others ("#rrggbb"): `share` 0 is the first, 1 the second. */
export const mixColours = (from: string, to: string, share: number): string => {
  const [a, b] = [channelsOf(from), channelsOf(to)];
  const within = Math.max(0, Math.min(1, share));
  const mixed = a.map((it, i) => Math.round(it + ((b[i] as number) - it) * within));
  return `#${mixed.map((it) => it.toString(16).padStart(2, "0")).join("")}`;
};
