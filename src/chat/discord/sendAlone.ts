import { codeOf, handlingOf } from "./faults.ts";
import type { OutgoingMessage } from "./message.ts";
import { nonceOf } from "./message.ts";
import type { Posting } from "./post.ts";
import { EPHEMERAL } from "./shown.ts";
import type { Answering, Interacting } from "./token.ts";

/** Something for one person's eyes. */
export interface Alone {
  delivery: string;
  /** Discord's id of who sees it. */
  user: string;
  /** How it can be shown; without, it goes to their direct messages. */
  answering: Answering | undefined;
  /** The message whose button was pressed, which only they see, is changed. */
  isInPlace?: boolean;
  messages: readonly OutgoingMessage[];
}

const isGone = (error: unknown) => handlingOf(error) === "anew";

/** By the interaction's token: the deferred answer where it was deferred for them alone, messages of its own where it was not. */
const byInteraction = async (posting: Posting, it: Interacting, { isInPlace, messages }: Alone): Promise<string[]> => {
  const shown: string[] = [];
  // What everybody saw it wait for is not everybody's, after all.
  if (it.mode === "reply")
    await posting.deleteOriginal(it).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  const edits = it.mode === "alone" || (it.mode === "update" && isInPlace);
  for (const [index, message] of messages.entries()) {
    const id = edits && index === 0 ? await posting.editOriginal(it, message) : await posting.followUp(it, message);
    shown.push(EPHEMERAL + id);
  }
  return shown;
};

/** In their direct messages with the bot, as ordinary messages. */
export const inDirectMessages = async (
  posting: Posting,
  { user, delivery, messages }: Omit<Alone, "answering">,
): Promise<string[]> => {
  const channel = await posting.directMessages(user);
  const shown: string[] = [];
  for (const [index, message] of messages.entries()) {
    const id = await posting.create(
      channel,
      { ...message, body: { ...message.body, flags: message.body.flags & ~64 } },
      {
        nonce: nonceOf(delivery, `direct ${index}`),
      },
    );
    shown.push(`${channel}/${id}`);
  }
  return shown;
};

/** Shows one person what nobody else sees, and returns the names of its messages. */
export const sendAlone = async (posting: Posting, alone: Alone): Promise<string[]> => {
  const { answering } = alone;
  if (answering && answering.mode !== "message") {
    try {
      return await byInteraction(posting, answering, alone);
    } catch (error) {
      const handling = handlingOf(error);
      const isOver = handling === "token" || handling === "late" || handling === "anew" || codeOf(error) === 404;
      if (!isOver && handling !== "elsewhere" && handling !== "blocked") throw error;
    }
  }
  return inDirectMessages(posting, alone);
};
