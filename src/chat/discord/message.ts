import { createHash } from "node:crypto";
import type { RawFile } from "discord.js";
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from "discord.js";
import type { FileRef } from "../../files.ts";
import type { Reply } from "../../reply.ts";
import type { Language } from "../../text.ts";
import type { Pressable } from "../request.ts";
import { pressableOf, type ReplyPart } from "../splitReply.ts";
import { pressId } from "./customId.ts";
import { ALT_TEXT, CHOICE_TEXT } from "./limits.ts";
import { words } from "./words.ts";

type Row = APIActionRowComponent<APIButtonComponentWithCustomId | APIStringSelectComponent>;

/** What Discord is sent for a message. */
export interface MessageBody {
  content: string;
  attachments: { id: string; filename: string; description?: string }[];
  components: Row[];
  allowed_mentions: { parse: []; users?: string[]; replied_user?: boolean };
  flags: number;
}
export interface OutgoingMessage {
  body: MessageBody;
  files: RawFile[];
}

const BUTTONS_A_ROW = 5;

/** A name within what Discord shows of one; a description is what a person who cannot see a picture hears. */
const attachmentOf = ({ name, alt }: FileRef, index: number) => ({
  id: String(index),
  filename: name,
  ...(alt && { description: [...alt].slice(0, ALT_TEXT).join("") }),
});

/** Whether the answer to a press takes the place of the message. */
export const isInPlace = ({ buttons = [], controls = [] }: Pick<Reply, "buttons" | "controls">, it: Pressable): boolean =>
  ("button" in it ? buttons[it.button] : controls[it.control])?.inPlace === true;

const rowsOf = (delivery: string, { buttons, menus = [] }: ReplyPart, reply: Pick<Reply, "buttons" | "controls">): Row[] => {
  const rows: Row[] = menus.map(({ label, control, choices }) => {
    const options = choices.map((it, value) => ({ label: [...it].slice(0, CHOICE_TEXT).join(""), value: String(value) }));
    const does = isInPlace(reply, { control, value: 0 }) ? "place" : "apart";
    const custom_id = pressId({ delivery, control, does });
    return {
      type: ComponentType.ActionRow,
      components: [{ type: ComponentType.StringSelect, custom_id, placeholder: label, options }],
    };
  });
  for (const [position, { label, asksForPicture, ...button }] of buttons.entries()) {
    if (position % BUTTONS_A_ROW === 0) rows.push({ type: ComponentType.ActionRow, components: [] });
    const pressed = pressableOf(button);
    const does = isInPlace(reply, pressed) ? "place" : asksForPicture ? "form" : "apart";
    const custom_id = pressId({ delivery, ...pressed, does });
    rows.at(-1)?.components.push({ type: ComponentType.Button, style: ButtonStyle.Secondary, label, custom_id });
  }
  return rows;
};

/** A part of a reply as a message. `mentions` is the one person whom it may ping. */
export const messageOf = async (
  part: ReplyPart,
  {
    delivery,
    reply = {},
    mentions,
    read,
    isEphemeral = false,
  }: {
    delivery: string;
    /** Of which it is a part. */
    reply?: Pick<Reply, "buttons" | "controls">;
    mentions?: string | undefined;
    read(file: FileRef): Promise<Buffer>;
    isEphemeral?: boolean;
  },
): Promise<OutgoingMessage> => ({
  body: {
    content: (mentions ? `<@${mentions}> ` : "") + part.text,
    attachments: part.files.map(attachmentOf),
    components: rowsOf(delivery, part, reply),
    allowed_mentions: { parse: [], ...(mentions && { users: [mentions] }) },
    flags: MessageFlags.SuppressEmbeds | (isEphemeral ? MessageFlags.Ephemeral : 0),
  },
  files: await Promise.all(
    part.files.map(async (file, index) => ({
      key: `files[${index}]`,
      name: file.name,
      contentType: file.type,
      data: await read(file),
    })),
  ),
});

/** A button that stops a request. */
export const cancelRow = (custom_id: string, lang: Language): Row => ({
  type: ComponentType.ActionRow,
  components: [{ type: ComponentType.Button, style: ButtonStyle.Secondary, label: words.cancel[lang], custom_id }],
});

/** What Discord knows a part of a delivery by, so that it is posted once however often it is sent: at most 25 characters. */
export const nonceOf = (delivery: string, part: number | string): string =>
  createHash("sha256").update(`${delivery} ${part}`).digest("base64url").slice(0, 25);
