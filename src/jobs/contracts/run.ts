import { z } from "zod";
import { DataSource } from "../../data/dataSource.ts";
import { FileRef, Picture } from "../../files.ts";
import { Card } from "../../models/card.ts";
import { RunReport } from "../../runs/report.ts";
import { RunSpec } from "../../runs/spec.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";
import { Ready } from "./classify.ts";

/** Trains what a spec says, arm by arm, and reports. Stopped by its asker, it hands back what was learned until then. */
export const run = contract({
  queue: "train",
  // A machine slower than its preset assumes is told to take longer, not cut off.
  processorSeconds: 7 * 24 * 3600,
  wallSeconds: 24 * 3600,
  input: z.object({
    spec: RunSpec,
    data: DataSource,
    /** The installed models that the spec names: `teacher`, `model`. */
    models: z.record(z.string(), Ready),
    /** What the trained network is called. */
    name: Card.shape.name,
    lang: z.enum(languages),
  }),
  output: z.object({
    /** With what its kind adds. */
    report: z.looseObject(RunReport.shape),
    pictures: z.array(Picture),
    model: z.object({ card: Card, file: FileRef }).optional(),
  }),
  // Evaluating what was learned, and drawing its curves.
  keepsWhenCancelled: { graceSeconds: 60, isPartial: ({ report }) => report.cancelled === true },
  models: ({ models }) => Object.values(models).map(({ blob }) => blob),
});
