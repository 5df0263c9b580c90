import { z } from "zod";
import { publishedNames } from "../../data/dataSource.ts";
import { contract } from "../contract.ts";

/** Downloads what is missing of a published data set to where training reads it, going on where an earlier try stopped. */
export const fetchData = contract({
  queue: "fetch",
  processorSeconds: 300,
  wallSeconds: 4 * 3600,
  input: z.object({ name: z.enum(publishedNames) }),
  output: z.object({ name: z.enum(publishedNames) }),
});
