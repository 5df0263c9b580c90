import { z } from "zod";
import { FileRef, Picture } from "../../files.ts";
import { ArmReport } from "../../runs/report.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";

const Lines = z.array(z.object({ who: z.string(), text: z.string() })).max(12);

/** What a group did in some time, as one picture. All names and sentences come from the bot, in one language. */
export const recap = contract({
  queue: "images",
  processorSeconds: 60,
  wallSeconds: 24 * 3600, // a recap waits for a worker that is down
  input: z.object({
    lang: z.enum(languages),
    title: z.string(),
    subtitle: z.string(),
    counts: z.array(z.object({ label: z.string(), value: z.string() })).max(8),
    /** Of the period's own pictures; `caption` says whose each is. */
    collage: z.array(z.object({ blob: FileRef.shape.blob, caption: z.string() })).max(9),
    /** In the order of the log. `left` says how many lines of a part are not shown. */
    parts: z.array(
      z.object({ part: z.enum(["reviewed", "tried", "discussed", "takenAway"]), title: z.string(), lines: Lines, left: z.int() }),
    ),
    runs: z
      .array(
        z.object({
          title: z.string(),
          subtitle: z.string(),
          curves: z.array(z.object({ name: z.string(), points: ArmReport.shape.curve })),
        }),
      )
      .max(4),
    /** Who rose on a leaderboard: `from` is null where they had no place before. */
    risen: z
      .array(z.object({ name: z.string(), data: z.string(), from: z.int().nullable(), to: z.int(), accuracy: z.string() }))
      .max(5),
    hypotheses: z
      .array(
        z.object({
          text: z.string(),
          verdict: z.enum(["confirmed", "refuted", "unclear"]),
          word: z.string(),
          evidence: z.string(),
        }),
      )
      .max(6),
    confused: z.array(z.object({ actual: z.string(), predicted: z.string(), count: z.int() })).max(4),
    streaks: z.array(z.object({ name: z.string(), days: z.int() })).max(8),
    concept: z.object({ title: z.string(), why: z.string() }).optional(),
    tomorrow: z.string().optional(),
  }),
  output: z.object({ picture: Picture }),
});
