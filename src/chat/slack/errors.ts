import { webApi } from "@slack/bolt";
import { Undeliverable } from "../outbox.ts";

/**
 * What to do where Slack refuses a call:
 * - "join": become a member of the channel first; where that is not possible the asker alone is told
 * - "ask alone": the asker alone gets it, because the bot may not speak there
 * - "post": what was to be edited cannot be, so it is posted anew
 * - "shorten": it is cut into smaller messages
 * - "link": Slack takes no such file, so the message says where it can be downloaded
 * - "dm": it is tried in direct messages
 * - "late": the trigger has expired, so whoever asked is told to ask again
 * - "token": nothing works with this token; what is to be sent waits until it does
 * - "scope": the app lacks a permission, which whoever installed it has to grant; what is to be sent waits
 * - "retry": it may work a little later
 * - "give up": it never will
 */
export type Handling =
  | "join"
  | "ask alone"
  | "post"
  | "shorten"
  | "link"
  | "dm"
  | "late"
  | "token"
  | "scope"
  | "retry"
  | "give up";

/** Every error of Slack's that we know, by the name it has there (docs.slack.dev/reference/methods). */
const handlings: Readonly<Record<string, Handling>> = {
  not_in_channel: "join",
  channel_not_found: "ask alone",
  restricted_action: "ask alone",
  restricted_action_read_only_channel: "ask alone",
  restricted_action_thread_only_channel: "ask alone",
  restricted_action_non_threadable_channel: "ask alone",
  restricted_action_thread_locked: "ask alone",
  not_allowed: "ask alone",
  posting_to_channel_denied: "ask alone",
  method_not_supported_for_channel_type: "ask alone",
  is_archived: "ask alone",
  message_not_found: "post",
  cant_update_message: "post",
  edit_window_closed: "post",
  update_failed: "post",
  msg_too_long: "shorten",
  msg_blocks_too_long: "shorten",
  invalid_blocks: "shorten",
  invalid_blocks_format: "shorten",
  no_text: "give up",
  used_url: "dm",
  expired_url: "dm",
  user_not_in_channel: "dm",
  expired_trigger_id: "late",
  trigger_expired: "late",
  trigger_exchanged: "late",
  exchanged_trigger_id: "late",
  invalid_trigger_id: "late",
  not_authed: "token",
  invalid_auth: "token",
  account_inactive: "token",
  token_revoked: "token",
  token_expired: "token",
  team_access_not_granted: "token",
  user_removed_from_team: "token",
  team_disabled: "token",
  not_allowed_token_type: "token",
  missing_scope: "scope",
  no_permission: "scope",
  ratelimited: "retry",
  rate_limited: "retry",
  message_limit_exceeded: "retry",
  internal_error: "retry",
  fatal_error: "retry",
  service_unavailable: "retry",
  request_timeout: "retry",
  file_upload_size_restricted: "link",
  file_uploads_disabled: "link",
  file_uploads_except_images_disabled: "link",
  storage_limit_reached: "link",
  max_files_size_exceeded: "link",
  user_not_found: "give up",
  users_not_found: "give up",
  user_disabled: "give up",
  user_not_visible: "give up",
  cannot_dm_bot: "give up",
  messages_tab_disabled: "give up",
};

/** What an error is called: by Slack, or "request" where Slack was not reached, or "" for one that is not Slack's. */
export const codeOf = (error: unknown): string => {
  if (error instanceof webApi.WebAPIPlatformError) return error.data.error;
  if (error instanceof webApi.WebAPIRateLimitedError) return "ratelimited";
  if (error instanceof webApi.WebAPIRequestError || error instanceof webApi.WebAPIHTTPError) return "request";
  return error instanceof SlackRefusal ? error.code : "";
};

/** A refusal that came another way than as the answer of a method. */
export class SlackRefusal extends Error {
  override readonly name = "SlackRefusal";
  readonly code: string;

  constructor(code: string) {
    super(`Slack refused it: ${code}`);
    this.code = code;
  }
}

/** How an error is handled; what is unknown is tried again, in case it passes. */
export const handlingOf = (error: unknown): Handling => handlings[codeOf(error)] ?? "retry";

/** An error as the outbox understands it: given up, or tried again. */
export const forOutbox = (error: unknown): unknown => {
  const handling = handlingOf(error);
  const isForGood = handling === "give up" || handling === "ask alone" || handling === "join";
  return isForGood ? new Undeliverable(`Slack refused it for good: ${codeOf(error)}`, { cause: error }) : error;
};
