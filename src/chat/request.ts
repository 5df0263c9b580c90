import type { FileRef } from "../files.ts";
import type { Place } from "../place.ts";
import type { Args, Reply, RequestStatus } from "../reply.ts";
import type { Viewer } from "../store/references.ts";
import type { ReplyToken } from "../store/requests.ts";
import type { Language } from "../text.ts";

export interface Peer {
  id: string;
  name: string;
}

/** Who does something, and where: what an adapter says with whatever it hands over. */
export interface From {
  user: Peer;
  place: Place;
  lang: Language;
  /** Whether the platform lets them administer the group; left out where Peerlab itself keeps who may. */
  administers?: boolean;
}

/** The same person as one who looks. */
export const viewerOf = ({ user, place }: Pick<From, "user" | "place">): Viewer => ({
  userId: user.id,
  groupId: place.group,
  channel: place.channel,
});

/** What a peer asks, as an adapter hands it over. */
export interface IncomingRequest extends From {
  /** A UUID that the same event of the platform always has (see `requestId`), so that what comes twice is asked once. */
  id: string;
  /** `/augment op:rotate n:4`, or already taken apart by a platform with option fields. */
  input: string | { command: string; args: Args };
  files: readonly FileRef[];
  /** The files of the message that the request replies to: meant when none is attached. */
  quoted?: readonly FileRef[];
  /** What the platform wants shown with the answer. */
  token?: ReplyToken;
}

/** Which button of a reply, from 0, or which of its controls with the value that was chosen. */
export type Pressable = { button: number } | { control: number; value: number };

/** A press of a button. */
export interface Press extends From {
  id: string;
  /** The delivery that the presser saw (an answer has the id of its request), and what was pressed on it. */
  pressed: { delivery: string } & Pressable;
  /** The platform cannot change the message, so the answer is always a message of its own. */
  apart?: true;
  token?: ReplyToken;
}

/** How a request ended, or that it has not yet. */
export interface Outcome {
  id: string;
  /** Which command was understood, "models add" for a sub-command; empty when none was. */
  command: string;
  status: RequestStatus;
  seed: number;
  reply?: Reply;
  /** Milliseconds from the request to its acknowledgement and to its answer. */
  ms: { ack: number; total: number };
}
