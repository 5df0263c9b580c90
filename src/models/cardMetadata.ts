import { withMetadata } from "../onnx/file.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { Card } from "./card.ts";
import { CARD_KEY } from "./cardKey.ts";

/** Writes the card into the file, so that a model stays one file wherever it goes. A later card wins over an earlier one. */
export const writeCard = (bytes: Uint8Array, card: Card): Uint8Array => withMetadata(bytes, { [CARD_KEY]: JSON.stringify(card) });

/** The card in a file of our own making, if there is one and it is sound. A file that somebody sent may claim anything: `claimsIn`. */
export const readCard = (model: OnnxModel): Card | undefined => {
  const text = model.metadataProps?.findLast((it) => it.key === CARD_KEY)?.value;
  if (text === undefined) return undefined;
  try {
    return Card.parse(JSON.parse(text));
  } catch {
    return undefined; // somebody else's entry under our key: then the file is treated as one without a card
  }
};

/**
 * What the card in somebody's file may say about it: how to use it, which whoever added it could have typed as well. Not how
 * accurate it is or where it comes from, because nobody has checked that.
 */
export const readClaims = (model: OnnxModel): Pick<Card, "classes" | "preprocessing"> | undefined => readCard(model);
