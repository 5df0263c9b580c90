import koffi from "koffi";

/** The functions of the system's C library that Node.js has no call for. Undefined where there is no such library, as on Windows. */
export interface LibC {
  /** flock(2): 0, or -1 where another open file holds the lock. The kernel lets go of it when its holder dies, however it dies. */
  flock(fd: number, operation: number): number;
  /** prctl(2), on Linux: what this process wants of its own kernel. */
  prctl?(operation: number, value: number): number;
  /** setrlimit(2): `limits` is its structure, two unsigned 64-bit numbers. */
  setrlimit?(resource: number, limits: Uint8Array): number;
  /** syscall(2), for calls that the C library has no name for, in the forms that they take here. */
  syscall?: {
    withPointerFirst(call: number, pointer: Uint8Array | null, second: number, third: number): number;
    withPointerThird(call: number, first: number, second: number, pointer: Uint8Array | null, fourth: number): number;
    /** The third is a `struct sock_fprog`: how many instructions of 8 bytes, and where they are. */
    withProgramThird(call: number, first: number, second: number, program: { len: number; filter: Uint8Array }): number;
  };
  /** malloc_trim(3), in glibc: gives the system back what was freed. */
  trim?(): void;
  /** Why the last call failed, by its name in errno.h: "EWOULDBLOCK". */
  errorName(): string;
}

const load = (): LibC | undefined => {
  try {
    const library = koffi.load(null);
    return {
      flock: library.func("int flock(int fd, int operation)") as LibC["flock"],
      ...(process.platform === "linux" && { ...forLinux(library), ...forGlibc(library) }),
      errorName: () =>
        Object.entries(koffi.os.errno).find(([, number]) => number === koffi.errno())?.[0] ?? String(koffi.errno()),
    };
  } catch {
    return undefined; // no C library of this kind, or no build of koffi for this processor: callers have a second way
  }
};

const forLinux = (library: ReturnType<typeof koffi.load>): Pick<LibC, "prctl" | "setrlimit" | "syscall"> => {
  const prctl = library.func("prctl", "int", ["int", "ulong", "ulong", "ulong", "ulong"]);
  const program = koffi.struct({ len: "uint16_t", filter: "void *" });
  return {
    prctl: (operation, value) => prctl(operation, value, 0, 0, 0),
    setrlimit: library.func("setrlimit", "int", ["int", "void *"]) as NonNullable<LibC["setrlimit"]>,
    syscall: {
      withPointerFirst: library.func("syscall", "long", ["long", "void *", "long", "long"]),
      withPointerThird: library.func("syscall", "long", ["long", "long", "long", "void *", "long"]),
      withProgramThird: library.func("syscall", "long", ["long", "long", "long", koffi.pointer(program)]),
    },
  };
};

/** What other C libraries for Linux do not have, like Alpine's. */
const forGlibc = (library: ReturnType<typeof koffi.load>): Pick<LibC, "trim"> => {
  try {
    const trim = library.func("int malloc_trim(size_t pad)");
    return { trim: () => void trim(0) };
  } catch {
    return {};
  }
};

export const libc = load();
