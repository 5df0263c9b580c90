const BLOCK = 512;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1").replace(/\0.*$/s, "");

/** The plain files of a tar archive by their paths (POSIX ustar; no links, no folders, no long names: published data has none). */
export const untar = (archive: Uint8Array): Map<string, Uint8Array> => {
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    const name = text(header.subarray(0, 100));
    if (name === "") break; // the end: blocks of zeros
    const size = Number.parseInt(text(header.subarray(124, 136)).trim() || "0", 8);
    const type = header[156];
    if (type === 0 || type === 0x30) files.set(name, archive.subarray(at + BLOCK, at + BLOCK + size));
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return files;
};
