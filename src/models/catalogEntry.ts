import { z } from "zod";
import { labelSets } from "./labels.ts";

/** A model that can be downloaded: where from, how to know that it is the right file, and how to use it. */
export const CatalogEntry = z.object({
  name: z.string(),
  family: z.string(),
  /** Tried in this order. */
  urls: z.array(z.url()).min(1),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** As `/models add` takes it: a preset or JSON. */
  preprocessing: z.string(),
  labels: z.enum(labelSets),
  /** Published top-1 accuracy on the ImageNet validation set, percent. */
  top1: z.number().optional(),
  lineage: z.record(z.string(), z.string()),
});
export type CatalogEntry = z.infer<typeof CatalogEntry>;
