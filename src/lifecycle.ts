const stop = new AbortController();

/** Aborts once, on the first polite request to stop. Pass it down; never call process.exit in a library. */
export const stopping: AbortSignal = stop.signal;

/** Ctrl-C and Docker's SIGTERM mean the same. A second one is not waited for. */
export const listenForStop = (): void => {
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => (stopping.aborted ? process.exit(130) : stop.abort(new Error(`received ${name}`))));
  }
};

/** Things to close, in the reverse order of their opening. */
export interface Closers {
  /** Remembers how to close what was just opened. */
  add(close: () => Promise<unknown> | unknown): void;
  close(): Promise<void>;
}

export const openClosers = (): Closers => {
  const open: (() => Promise<unknown> | unknown)[] = [];
  return {
    add: (close) => void open.push(close),
    close: async () => {
      for (let close = open.pop(); close; close = open.pop()) await close();
    },
  };
};
