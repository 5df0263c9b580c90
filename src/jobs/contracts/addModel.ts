import { z } from "zod";
import { FileRef } from "../../files.ts";
import { Card } from "../../models/card.ts";
import { labelSets } from "../../models/labels.ts";
import { contract } from "../contract.ts";

/** Looks into an uploaded `.onnx` file, tries it, and keeps it with its card written into it. */
export const addModel = contract({
  queue: "infer",
  processorSeconds: 120,
  wallSeconds: 900,
  input: z.object({
    file: FileRef,
    name: Card.shape.name,
    preprocessing: z.string().optional(),
    labels: z.enum(labelSets).optional(),
    labelsFile: FileRef.optional(),
  }),
  output: z.object({ card: Card, file: FileRef }),
});
