import { z } from "zod";
import { Picture } from "../../files.ts";
import { Accuracy, ArmReport } from "../../runs/report.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";

const Compared = z.object({
  id: z.string(),
  /** Short, as it stands in the picture. */
  name: z.string(),
  /** The arm that the run is about and its control, with accuracy and curve of each seed. */
  arms: z.array(
    z.object({
      name: z.string(),
      role: z.enum(["main", "control"]),
      accuracies: z.array(Accuracy),
      curves: z.array(ArmReport.shape.curve),
    }),
  ),
});

/** The curves of two training runs in one picture, and what was asked differently. */
export const compareRuns = contract({
  queue: "images",
  processorSeconds: 30,
  wallSeconds: 900,
  input: z.object({
    title: z.string(),
    runs: z.tuple([Compared, Compared]),
    differences: z.array(z.object({ setting: z.string(), values: z.tuple([z.string(), z.string()]) })),
    lang: z.enum(languages),
  }),
  /** Which runs they are: where the asker named none, another may have ended meanwhile. */
  output: z.object({ picture: Picture, ids: z.tuple([z.string(), z.string()]) }),
});
