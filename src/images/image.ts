/** Pixels in memory: RGB, eight bits each, row by row from the top left. Treat it as immutable: operations return a new one. */
export interface Image {
  readonly width: number;
  readonly height: number;
  /** Length is width · height · 3. */
  readonly data: Uint8Array;
}

/** A new picture of the same size, to be filled by the caller. */
export const sameSize = ({ width, height, data }: Image): Image => ({ width, height, data: new Uint8Array(data.length) });

/** A picture of one colour. */
export const solidImage = (width: number, height: number, [red, green, blue]: readonly [number, number, number]): Image => {
  const data = new Uint8Array(width * height * 3);
  if (red === green && green === blue) return { width, height, data: data.fill(red) };
  data.set([red, green, blue].slice(0, data.length));
  // What is filled is copied behind itself, twice as much each time.
  for (let filled = 3; filled < data.length; filled *= 2) data.copyWithin(filled, 0, Math.min(filled, data.length - filled));
  return { width, height, data };
};

/** What empty corners and holes are filled with: mid grey is close to most data's mean, so a network sees about nothing there. */
export const fillGrey = 128;
