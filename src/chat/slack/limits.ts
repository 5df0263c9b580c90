import type { AdapterLimits } from "../adapter.ts";

/** The most that Slack takes, with a margin where its pages disagree. */
export const slackLimits = {
  /** 50 blocks a message, some of which are words and buttons. */
  filesPerMessage: 20,
  /** Slack takes 1 GB a file; what is larger than this is better downloaded than posted. */
  bytesPerFile: 100_000_000,
  bytesPerMessage: 200_000_000,
  /** Two sections of 3000: all blocks together may not be much longer, or Slack says `msg_blocks_too_long`. */
  charactersPerMessage: 6000,
  /** Four rows of 25. */
  buttonsPerMessage: 100,
  charactersPerButton: 75,
  choicesPerMenu: 100,
  choices: 25,
  editSeconds: { message: Number.POSITIVE_INFINITY, ephemeral: 29 * 60 },
  /** `chat.update` may be called 50 times a minute, for all messages of a workspace together. */
  secondsBetweenEdits: 5,
  ephemeral: true,
  threads: true,
} as const satisfies AdapterLimits;
