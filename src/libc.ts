import koffi from "koffi";

/** The functions of the system's C library that Node.js has no call for. Undefined where there is no such library, as on Windows. */
export interface LibC {
  /** flock(2): 0, or -1 where another open file holds the lock. The kernel lets go of it when its holder dies, however it dies. */
  flock(fd: number, operation: number): number;
  /** Why the last call failed, by its name in errno.h: "EWOULDBLOCK". */
  errorName(): string;
}

const load = (): LibC | undefined => {
  try {
    const library = koffi.load(null);
    return {
      flock: library.func("int flock(int fd, int operation)") as LibC["flock"],
      errorName: () =>
        Object.entries(koffi.os.errno).find(([, number]) => number === koffi.errno())?.[0] ?? String(koffi.errno()),
    };
  } catch {
    return undefined; // no C library of this kind, or no build of koffi for this processor: callers have a second way
  }
};

export const libc = load();
