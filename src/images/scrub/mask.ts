/** Which bytes of a file are known to be what. Nothing moves when a file is wiped in place, so that offsets stay true. */
export interface Mask {
  /** Claims bytes for the picture. False where they do not lie in the file, or were claimed for something else. */
  claim(from: number, length: number, as: Claim): boolean;
  /** Fills everything with zeros that nothing claimed. */
  wipeRest(bytes: Uint8Array): void;
}
/** Structure and pixels stay; what is known to be metadata goes, and can never be claimed as pixels too. */
export type Claim = "structure" | "pixels" | "metadata";
const UNCLAIMED = 0;
const codes: Readonly<Record<Claim, number>> = { structure: 1, pixels: 2, metadata: 3 };

/** A mask of a file of so many bytes. */
export const openMask = (size: number): Mask => {
  const mask = new Uint8Array(size);
  return {
    claim: (from, length, as) => {
      if (from < 0 || length < 0 || from + length > size) return false;
      const part = mask.subarray(from, from + length);
      if (Object.values(codes).some((code) => code !== codes[as] && part.includes(code))) return false;
      part.fill(codes[as]);
      return true;
    },
    wipeRest: (bytes) => {
      for (const code of [UNCLAIMED, codes.metadata]) {
        for (let at = mask.indexOf(code); at >= 0; at = mask.indexOf(code, at)) while (mask[at] === code) bytes[at++] = 0;
      }
    },
  };
};
