/**
 * What came of a hostile input: answered as if nothing were wrong with it; refused with one sentence; refused with something longer;
 * "something broke on our side" or HTTP 500; a child that crashed; no answer in time.
 */
export const verdicts = ["answered", "refused", "wordy", "ours", "crashed", "hung"] as const;
export type Verdict = (typeof verdicts)[number];

export interface Checked {
  verdict: Verdict;
  /** What was sent, and what was answered, in short. */
  input: string;
  answer: string;
  /** A path of the server's or a stack trace in any answer. */
  leak?: string | undefined;
  /** A picture's metadata in what is stored. */
  secret?: boolean;
}
/** Makes the hostile input of a seed, sends it and gives the verdict on what came back. */
export type Attack = (seed: number) => Promise<Checked>;

const MOST_OF_A_SENTENCE = 1200;
const leaks = [
  /\/[a-z]+\/[^ ]*\.(ts|js|cc|node)\b/,
  /\.cc:\d*/,
  /node_modules/,
  /\bat (Object|async|new|Module)\b[. ]/,
  /\(node:/,
  /file:\/\//,
];

/** A path of the server's, or a piece of a stack trace, in some text that a peer gets to read; what the peer sent is no leak. */
export const leakIn = (answer: string, sent: string): string | undefined =>
  leaks.map((it) => it.exec(answer)?.[0]).find((it) => it !== undefined && !sent.includes(it));

/** Whether some text is one short paragraph. */
export const isSentence = (answer: string): boolean =>
  answer.length > 0 && answer.length <= MOST_OF_A_SENTENCE && !answer.trim().includes("\n");
