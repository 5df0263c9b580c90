import { z } from "zod";
import { Picture } from "../../files.ts";
import { ArmReport } from "../../runs/report.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";

/** Training runs below each other, each with its curves in small. The words come from the asker, in their language. */
export const runList = contract({
  queue: "images",
  processorSeconds: 30,
  wallSeconds: 900,
  input: z.object({
    runs: z
      .array(
        z.object({
          title: z.string(),
          subtitle: z.string(),
          curves: z.array(z.object({ name: z.string(), points: ArmReport.shape.curve })),
        }),
      )
      .min(1)
      .max(20),
    lang: z.enum(languages),
  }),
  output: z.object({ picture: Picture }),
});
