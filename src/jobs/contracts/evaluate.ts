import { z } from "zod";
import { DataSource } from "../../data/dataSource.ts";
import { Picture } from "../../files.ts";
import { testViewNames } from "../../inference/testViews.ts";
import { languages } from "../../text.ts";
import { contract } from "../contract.ts";
import { Ready } from "./classify.ts";

const share = z.number().min(0).max(1);
const Views = z.enum(testViewNames);

/** What a model knows of a data set, and where it errs. */
export const Evaluated = z.object({
  model: z.string().describe("the model's name"),
  data: z.string().describe("the data set's name"),
  total: z.int().describe("test pictures that it was shown"),
  of: z
    .int()
    .describe(
      "test pictures that there are; where all would take long it is shown some of them, drawn by chance, always the same",
    ),
  views: Views.describe(
    "how it was shown each picture: as it is, with its mirror image, or in six views; of several the mean of its logits counts in all that follows",
  ),
  accuracy: share.describe("share of right answers"),
  correct: z.int(),
  oneView: z
    .object({ accuracy: share, correct: z.int() })
    .describe("where it sees each picture once, as it is, which is how other networks' accuracies are meant"),
  loss: z.number().describe("mean cross-entropy in nats"),
  perClass: z
    .array(z.object({ name: z.string(), accuracy: share, total: z.int() }))
    .describe("in the order of the data's classes"),
  confusion: z.array(z.array(z.int())).describe("a row for each true class, a column for each predicted one"),
  confused: z
    .array(z.object({ actual: z.string(), predicted: z.string(), count: z.int() }))
    .describe("the most frequent errors, most frequent first"),
  calibration: z.object({
    error: share.describe("expected calibration error: the mean distance of confidence and accuracy"),
    overconfidence: z.number().describe("mean confidence less accuracy"),
    bins: z.array(z.object({ from: share, to: share, count: z.int(), confidence: share, accuracy: share })),
  }),
  highestLoss: z
    .array(
      z.object({
        index: z.int().describe("which of the test pictures, from 0"),
        ...{ actual: z.string(), predicted: z.string(), probability: share.describe("of the predicted class"), loss: z.number() },
      }),
    )
    .describe("the pictures with the highest loss, highest first"),
  imagesPerSecond: z.int().describe("of the forward passes alone"),
});
export type Evaluated = z.infer<typeof Evaluated>;

/** Shows a model the test pictures of a data set. */
export const evaluate = contract({
  queue: "infer",
  processorSeconds: 3600,
  wallSeconds: 4 * 3600,
  input: z.object({ model: Ready, data: DataSource, views: Views, lang: z.enum(languages) }),
  output: Evaluated.extend({ pictures: z.array(Picture) }),
  models: ({ model }) => [model.blob],
});
