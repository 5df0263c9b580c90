import { z } from "zod";
import { CatalogEntry } from "../../models/catalog.ts";
import { contract } from "../contract.ts";
import { addModel } from "./addModel.ts";

/** Downloads a model of the catalog, going on where an earlier try stopped, and keeps it once its SHA-256 is right. */
export const fetchModel = contract({
  queue: "fetch",
  processorSeconds: 300,
  wallSeconds: 3600,
  input: z.object({ entry: CatalogEntry }),
  output: addModel.output,
});
