/** Under which key of its metadata a file keeps its card. */
export const CARD_KEY = "peerlab.card";
