import type { Card } from "../models/card.ts";
import { writeCard } from "../models/cardMetadata.ts";
import { type DenseLayer, withHead } from "../onnx/newHead.ts";
import type { ModelBody } from "./features.ts";
import { inspect } from "./inspect.ts";

/** What only the one who trained a new last layer knows of it; the rest of the card follows from the file. */
export type NewHead = DenseLayer & Pick<Card, "name" | "classes" | "lineage" | "metrics">;

/**
 * Writes a model with a new last layer: takes pictures as the old one did, and answers with logits of the new classes. It is looked at
 * and tried like a file that a peer adds, so what is handed out runs.
 */
export const transferredModel = async (
  body: ModelBody,
  { name, classes, lineage, metrics, ...layer }: NewHead,
): Promise<{ bytes: Uint8Array; card: Card }> => {
  const bytes = withHead(body, layer);
  const seen = await inspect(bytes, {
    ...{ name, file: `${name}.onnx`, labels: classes },
    preprocessing: JSON.stringify(body.card.preprocessing),
  });
  const { family } = body.card;
  const card: Card = {
    ...seen,
    ...(family !== undefined && { family }),
    ...(lineage && { lineage }),
    ...(metrics && { metrics }),
  };
  return { bytes: writeCard(bytes, card), card };
};
