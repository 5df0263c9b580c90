import { z } from "zod";
import { Picture } from "../../files.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";

/** A drawing of how a network is built. */
export const arch = contract({
  queue: "images",
  processorSeconds: 30,
  wallSeconds: 900,
  /** `net` is the name of one of src/nets. */
  input: z.object({ net: z.string(), lang: z.enum(languages) }),
  output: z.object({ picture: Picture }),
});
