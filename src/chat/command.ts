import type { FileRef } from "../files.ts";
import type { JobName, JobOutput, JobRequest } from "../jobs/contracts.ts";
import type { Place } from "../place.ts";
import type { Reply } from "../reply.ts";
import type { Store } from "../store/store.ts";
import type { Language, Text } from "../text.ts";

/** One of a choice's values, with what autocompletion shows for it. */
export interface Choice {
  value: string;
  label: Text;
}

/** The options already given while another one is typed. */
export type Given = Readonly<Record<string, string>>;

/** The kinds of option that Discord, Slack, the web chat and a terminal can all express. */
export type OptionSpec = { ko: string; about: Text; required?: true } & (
  | { kind: "image" }
  /** Several pictures at once, at most so many; platforms without lists number them. */
  | { kind: "images"; most: number }
  | { kind: "file"; endings: readonly string[] }
  | { kind: "text" }
  | { kind: "user" }
  | { kind: "number"; min: number; max: number; whole?: true }
  | { kind: "choice"; of: readonly string[]; labels?: Readonly<Record<string, Text>> }
  | { kind: "choice"; among: (context: CommandContext, given?: Given) => Promise<readonly Choice[]> }
);
/** How many files an option takes; none where it is typed. */
export const filesTaken = (spec: OptionSpec): number =>
  spec.kind === "images" ? spec.most : spec.kind === "image" || spec.kind === "file" ? 1 : 0;

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type ValueOf<O extends OptionSpec> = O extends { kind: "choice"; of: readonly (infer V)[] }
  ? V
  : O extends { kind: "number" }
    ? number
    : O extends { kind: "images" }
      ? readonly FileRef[]
      : O extends { kind: "image" | "file" }
        ? FileRef
        : string;

/** The arguments `run` receives, read off the option table: required ones are never undefined. */
export type ArgsOf<S extends OptionSpecs> = {
  [K in keyof S]: S[K] extends { required: true } ? ValueOf<S[K]> : ValueOf<S[K]> | undefined;
};

/** What a command may know and touch. Nothing here belongs to one platform. */
export interface CommandContext {
  /** Which request this is; the id that people quote. */
  id: string;
  user: { id: string; name: string };
  place: Place;
  lang: Language;
  /** Drawn once for each request, so that the same request always gives the same bytes. */
  seed: number;
  now: Date;
  store: Store;
  services: Services;
}

/** What the bot can be told about itself, by commands such as /status, /cancel and /help. */
export interface Services {
  commands: readonly Command[];
  /** Stops a waiting request of this user's. False when there is none of that id. */
  cancel(request: string, userId: string): Promise<boolean>;
  /** Erases what the asker sent until now and what came of it, except this request. Returns how many messages and files went. */
  forget(asking: Pick<CommandContext, "id" | "user" | "now">): Promise<{ messages: number; files: number }>;
  /** Erases a blob, unless something still refers to it. */
  discard(blob: string): Promise<void>;
  /** Waiting and running jobs of each queue. */
  lengths(): Promise<Readonly<Record<string, { waiting: number; active: number }>>>;
  /** What /status says about how this installation is set up, a line each. */
  facts: readonly Text[];
}

export interface Command<S extends OptionSpecs = OptionSpecs, N extends JobName = JobName> {
  name: string;
  ko: string;
  about: Text;
  options: S;
  /** Only the asker sees the reply. Discord fixes this when it acknowledges, so it is data, not a result. */
  ephemeral?: true;
  run(context: CommandContext, args: ArgsOf<S>): Promise<Reply | JobRequest<N>>;
  /** Called when the work is done, perhaps by another process after a restart and perhaps twice: keep no state, upsert. */
  answer?(context: CommandContext, args: ArgsOf<S>, done: { [K in N]: { job: K; output: JobOutput<K> } }[N]): Promise<Reply>;
}

/** Identity at run time; at compile time it ties the arguments of `run` to `options`, and `answer` to the jobs. */
export const command = <const S extends OptionSpecs, N extends JobName = never>(it: Command<S, N>): Command =>
  it as unknown as Command;
