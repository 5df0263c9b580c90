import type { z } from "zod";
import type { JobName, JobOutput, JobRequest } from "../jobs/contracts.ts";
import type { Place } from "../place.ts";
import type { Reply } from "../reply.ts";
import type { Viewer } from "../store/references.ts";
import type { Store } from "../store/store.ts";
import type { Language, Text } from "../text.ts";
import type { GroupChannel } from "./groupChannels.ts";
import type { ArgsOf, OptionSpecs } from "./options.ts";

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
  /** Whether the asker may change and remove what others of the group made. */
  administers(): Promise<boolean>;
  store: Store;
  services: Services;
}

/** What the bot can be told about itself, by commands such as /status, /cancel and /help. */
export interface Services {
  commands: readonly CommandEntry[];
  /**
   * Stops a waiting request of this person's in this group; undefined when there is none of that id. One that is `stopping` runs still, and
   * what it has so far follows as its answer.
   */
  cancel(request: string, asker: Viewer): Promise<"cancelled" | "stopping" | undefined>;
  /** Erases what the asker sent until now and what came of it, except this request. Returns how many messages and files went. */
  forget(asking: Pick<CommandContext, "id" | "user" | "now">): Promise<{ messages: number; files: number }>;
  /** Erases a blob, unless something still refers to it. */
  discard(blob: string): Promise<void>;
  /** The channels of a group that everybody in it can see, on whatever platform it is. */
  channels(group: string): Promise<readonly GroupChannel[]>;
  /** Recaps that are posted at certain times, and those that were. */
  recaps: {
    /** Follows the table of schedules, which has changed. */
    follow(): Promise<void>;
    /** Makes those that were posted, and that somebody is in, again without them. */
    leaveOut(userId: string): Promise<void>;
    /** Makes one again. */
    again(id: string): Promise<void>;
  };
  /** Waiting and running jobs of each queue. */
  lengths(): Promise<Readonly<Record<string, { waiting: number; active: number }>>>;
  /** What /status says about how this installation is set up, and how its platforms can be reached, a line each. */
  facts(): readonly Text[];
}

interface Named {
  name: string;
  ko: string;
  /** What it was called before: still understood, but said nowhere. */
  formerly?: readonly string[];
  about: Text;
}

/** What a command answers with: its `data` is what its schema says. */
type Answered<D extends z.ZodType> = Reply & { data: z.output<D> };

interface Running<S extends OptionSpecs, N extends JobName, D extends z.ZodType> extends Named {
  options: S;
  /** Only the asker sees the reply. Discord fixes this when it acknowledges, so it is data, not a result. */
  ephemeral?: true;
  /** Only those who administer the group may use it. Where it depends on what it is about, `run` looks itself. */
  administratorsOnly?: true;
  /** Meant by a picture that comes without a command, with at most a question about it. */
  pictureAlone?: true;
  /**
   * What it is called in the menu of a message, where it works on the message's pictures: at most 24 characters (Slack's limit).
   * What it needs besides, the platform asks for.
   */
  message?: Text;
  /** The answer for programs; `npm run docs` makes docs/data.md from it. */
  data: D;
  /** Answers at once, or says what work has to be done first. */
  run(context: CommandContext, args: ArgsOf<S>): Promise<Answered<D> | JobRequest<N>>;
}

interface Answering<S extends OptionSpecs, N extends JobName, D extends z.ZodType> {
  /** Called when the work is done, perhaps by another process after a restart and perhaps twice: keep no state, upsert. */
  answer(context: CommandContext, args: ArgsOf<S>, done: JobDone<N>): Promise<Answered<D>>;
}

/** A job that ended well, with what it made. */
export type JobDone<N extends JobName> = { [K in N]: { job: K; output: JobOutput<K> } }[N];

/** A command or sub-command: what can be asked, and what comes of it. */
export interface Command extends Running<OptionSpecs, JobName, z.ZodType>, Partial<Answering<OptionSpecs, JobName, z.ZodType>> {}

/**
 * Defines a command. The arguments of `run` and `answer` come from `options`, and `data` from its schema. Where `run` returns a job,
 * `answer` has to say what comes of it; where it returns none, an `answer` makes what is returned no command.
 */
export function command<const S extends OptionSpecs, D extends z.ZodType>(
  definition: Running<S, never, D> & { answer?: never },
): Command;
export function command<const S extends OptionSpecs, D extends z.ZodType, N extends JobName = never>(
  definition: Running<S, N, D> & Answering<S, N, D>,
): [N] extends [never] ? "an answer without a job" : Command;
export function command(definition: Command): Command {
  return definition;
}

/** Several commands under one name, as Discord's sub-commands: `/models add`. */
export interface CommandGroup extends Named {
  subcommands: readonly Command[];
  /** The one meant by the group's name alone, as in `/models`, where a platform lets people type that. */
  alone: Command;
  /** The one meant where something is given without a sub-command's name, as in `/label cat` with a picture. */
  otherwise: Command;
}

/** A line in the table of commands. */
export type CommandEntry = Command | CommandGroup;

/** A command with the name it is asked by: that of its group and its own, as in "models add". */
export interface NamedCommand {
  path: string;
  ko: string;
  command: Command;
  /** Whether its group's name is enough to mean it, where something is given. */
  implied: boolean;
}

/** Every command and sub-command that can be run, in the table's order. */
export const allCommands = (entries: readonly CommandEntry[]): readonly NamedCommand[] =>
  entries.flatMap((entry) =>
    "run" in entry
      ? [{ path: entry.name, ko: entry.ko, command: entry, implied: false }]
      : entry.subcommands.map((command) => ({
          path: `${entry.name} ${command.name}`,
          ko: `${entry.ko} ${command.ko}`,
          command,
          implied: command === entry.otherwise,
        })),
  );
