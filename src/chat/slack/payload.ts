/** What we read of what Slack sends; its pages under docs.slack.dev/reference describe the rest. */

/** A file as messages and modals carry it. */
export interface SlackFile {
  id: string;
  name?: string | null;
  mimetype?: string;
  size?: number;
  url_private?: string;
  url_private_download?: string;
  /** "check_file_info" where only `files.info` says more, as in channels shared with another workspace. */
  file_access?: string;
}

export interface SlackMessage {
  ts: string;
  thread_ts?: string;
  text?: string;
  user?: string;
  bot_id?: string;
  files?: readonly SlackFile[];
  metadata?: { event_type?: string; event_payload?: Readonly<Record<string, unknown>> };
}

interface Origin {
  team?: { id: string } | null;
  user: { id: string; team_id?: string; name?: string };
  channel?: { id: string; name?: string };
  trigger_id: string;
  response_url?: string;
}

export interface SlashCommand {
  /** With its slash: "/classify". */
  command: string;
  text?: string;
  team_id: string;
  channel_id: string;
  channel_name?: string;
  user_id: string;
  user_name?: string;
  trigger_id: string;
  response_url: string;
}
export interface MessageShortcut extends Origin {
  type: "message_action";
  callback_id: string;
  channel: { id: string; name?: string };
  message: SlackMessage;
}
export interface BlockActions extends Origin {
  type: "block_actions";
  message?: SlackMessage;
  container?: { channel_id?: string; message_ts?: string; thread_ts?: string; is_ephemeral?: boolean };
  actions: readonly {
    action_id: string;
    value?: string;
    action_ts?: string;
    selected_option?: { value: string } | null;
  }[];
}
/** What somebody filled in, by block and by action. */
export type FieldState =
  | { type: "file_input"; files?: readonly SlackFile[] | null }
  | { type: "static_select" | "external_select"; selected_option?: { value: string } | null }
  | { type: "number_input" | "plain_text_input"; value?: string | null };
export interface SlackView {
  id: string;
  callback_id?: string;
  private_metadata?: string;
  state?: { values: Readonly<Record<string, Readonly<Record<string, FieldState>>>> };
}
export interface ViewSubmission extends Origin {
  type: "view_submission";
  view: SlackView;
}
export interface BlockSuggestion extends Omit<Origin, "trigger_id"> {
  type: "block_suggestion";
  action_id: string;
  value: string;
  view?: SlackView;
}
export interface MessageEvent extends SlackMessage {
  type: "message" | "app_mention";
  channel: string;
  channel_type?: string;
  subtype?: string;
  user: string;
}
interface EventCallback {
  type: "event_callback";
  event_id: string;
  team_id: string;
  event: { type: string } & Partial<MessageEvent>;
  authorizations?: readonly { user_id: string }[];
}

/** Something that somebody did on Slack, by what we do with it. */
export type Incoming =
  | { kind: "command"; command: SlashCommand }
  | { kind: "shortcut"; shortcut: MessageShortcut }
  | { kind: "press"; press: BlockActions }
  | { kind: "submission"; submission: ViewSubmission }
  | { kind: "suggestion"; suggestion: BlockSuggestion }
  | { kind: "message"; message: MessageEvent; team: string; bot: string | undefined; event: string };

/** A message that is for us: a mention, or one in direct messages; none that a bot wrote, or that tells of a change. */
const forUs = (event: Partial<MessageEvent>): event is MessageEvent => {
  if (!event.user || !event.ts || !event.channel || event.bot_id) return false;
  if (event.subtype !== undefined && event.subtype !== "file_share") return false;
  return event.type === "app_mention" || (event.type === "message" && event.channel_type === "im");
};

/** What a body that Slack sent is; nothing where it is none of ours. */
export const readPayload = (body: Readonly<Record<string, unknown>>): Incoming | undefined => {
  if (typeof body["command"] === "string") return { kind: "command", command: body as unknown as SlashCommand };
  switch (body["type"]) {
    case "message_action":
      return { kind: "shortcut", shortcut: body as unknown as MessageShortcut };
    case "block_actions":
      return { kind: "press", press: body as unknown as BlockActions };
    case "view_submission":
      return { kind: "submission", submission: body as unknown as ViewSubmission };
    case "block_suggestion":
      return { kind: "suggestion", suggestion: body as unknown as BlockSuggestion };
    case "event_callback": {
      const { event, event_id, team_id, authorizations } = body as unknown as EventCallback;
      if (!forUs(event)) return undefined;
      return { kind: "message", message: event, team: team_id, bot: authorizations?.[0]?.user_id, event: event_id };
    }
    default:
      return undefined;
  }
};

/** The workspace that something came from. */
export const teamOf = ({ team, user }: Pick<Origin, "team" | "user">): string => team?.id ?? user.team_id ?? "";

export const channelOf = ({ channel, container }: BlockActions): string => channel?.id ?? container?.channel_id ?? "";

/** Who pressed, and where the answer belongs: in the thread that the button's message stands in, if it stands in one. */
export const pressedAt = (pressed: BlockActions) => {
  const { user, channel, message, container } = pressed;
  const where = { team: teamOf(pressed), channel: channelOf(pressed), user: user.id, userName: user.name };
  const begins = message?.thread_ts === message?.ts;
  return { ...where, channelName: channel?.name, thread: begins ? undefined : (container?.thread_ts ?? message?.thread_ts) };
};

/**
 * What an event is called, so that one that comes twice is known: over both sockets, again for want of an acknowledgement, or as a mention
 * and as a direct message. Of a message it is where it stands, because the same message has been seen under fresh event ids.
 */
export const eventName = (incoming: Exclude<Incoming, { kind: "suggestion" }>): string => {
  switch (incoming.kind) {
    case "command":
      return `command ${incoming.command.trigger_id}`;
    case "shortcut":
      return `shortcut ${incoming.shortcut.trigger_id}`;
    case "press":
      return `press ${incoming.press.trigger_id}`;
    case "submission":
      return `view ${incoming.submission.view.id}`;
    case "message":
      return `message ${incoming.team} ${incoming.message.channel} ${incoming.message.ts}`;
  }
};
