/** The parts of a Peerlab that can fail, and how to look at each. "ok", or what is wrong in a word or two. */
export interface Checks {
  database(): Promise<string>;
  queue(): Promise<string>;
  disk(): Promise<string>;
}

/** What /healthz answers. It names no folder, no address and no error's text: everybody may ask. */
export type Health = { ok: boolean } & Record<keyof Checks, string>;

/** The answer has to be there within 2 s, also when a part hangs. */
const PATIENCE_MS = 1500;

/** Looks at one part, for everybody who asks meanwhile: a part that hangs is not asked again and again. */
const openCheck = (look: () => Promise<string>) => {
  let looking: Promise<string> | undefined;
  return async (): Promise<string> => {
    looking ??= look()
      .catch(() => "fails")
      .finally(() => {
        looking = undefined;
      });
    let patience: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      patience = setTimeout(resolve, PATIENCE_MS, "no answer");
    });
    return Promise.race([looking, late]).finally(() => clearTimeout(patience));
  };
};

/** Looks at every part, side by side. */
export const openHealth = (checks: Checks): (() => Promise<Health>) => {
  const [database, queue, disk] = [openCheck(checks.database), openCheck(checks.queue), openCheck(checks.disk)];
  return async () => {
    const found = await Promise.all([database(), queue(), disk()]);
    const ok = found.every((it) => it === "ok");
    return { ok, database: found[0], queue: found[1], disk: found[2] };
  };
};
