import type { OnnxModel } from "../onnx/model.ts";
import { withMetadata } from "../onnx/write.ts";
import { Card } from "./card.ts";

const KEY = "peerlab.card";

/** Writes the card into the file, so that a model stays one file wherever it goes. A later card wins over an earlier one. */
export const withCard = (bytes: Uint8Array, card: Card): Uint8Array => withMetadata(bytes, { [KEY]: JSON.stringify(card) });

/** The card that Peerlab wrote into a file, if there is one and it is sound: the file may come from anybody. */
export const cardIn = (model: OnnxModel): Card | undefined => {
  const text = model.metadataProps?.findLast((it) => it.key === KEY)?.value;
  if (text === undefined) return undefined;
  try {
    return Card.parse(JSON.parse(text));
  } catch {
    return undefined; // somebody else's entry under our key: then the file is treated as one without a card
  }
};
