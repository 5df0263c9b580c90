/** How to check each part of a Peerlab that can fail: "ok", or what is wrong in a word or two. */
export interface Checks {
  database(): Promise<string>;
  queue(): Promise<string>;
  disk(): Promise<string>;
}

/** What /healthz answers. It reveals no folder, address or error text, since anybody may ask. */
export type Health = { ok: boolean } & Record<keyof Checks, string>;

/** The answer has to come within 2 s even when a part hangs. */
const ANSWER_WITHIN_MS = 1500;

/** Checks one part for everybody who asks meanwhile, so that a part that hangs is not asked again and again. */
const openCheck = (look: () => Promise<string>) => {
  let looking: Promise<string> | undefined;
  return async (): Promise<string> => {
    looking ??= look()
      .catch(() => "fails")
      .finally(() => {
        looking = undefined;
      });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, ANSWER_WITHIN_MS, "no answer");
    });
    return Promise.race([looking, late]).finally(() => clearTimeout(timer));
  };
};

/** Checks every part, side by side. */
export const openHealth = (checks: Checks): (() => Promise<Health>) => {
  const [database, queue, disk] = [openCheck(checks.database), openCheck(checks.queue), openCheck(checks.disk)];
  return async () => {
    const found = await Promise.all([database(), queue(), disk()]);
    const ok = found.every((it) => it === "ok");
    return { ok, database: found[0], queue: found[1], disk: found[2] };
  };
};
