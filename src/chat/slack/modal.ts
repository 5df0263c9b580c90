import type { types } from "@slack/bolt";
import type { Language } from "../../text.ts";
import type { Command, NamedCommand } from "../command.ts";
import { filesTaken } from "../options.ts";
import { fieldsOf, optionOf } from "./fields.ts";
import type { SlackFile, SlackView } from "./payload.ts";
import { words } from "./words.ts";

export const CALLBACK = "ask";
/** The field in which one of a message's pictures is chosen. */
export const WHICH = "which picture";
const TITLE = 24;
const METADATA = 3000;

/** What a modal remembers of what opened it, to be asked when it is sent. */
export interface ModalMemory {
  /** The command, "label add" for a sub-command. */
  path: string;
  channel: string;
  channelName?: string | undefined;
  thread?: string | undefined;
  /** The message whose pictures are meant. */
  message?: string | undefined;
  /** Slack's ids of those pictures. */
  files?: readonly string[] | undefined;
  responseUrl?: string | undefined;
}

/** Which of a message's pictures are meant: one, or all. */
export const pickedFiles = (memory: ModalMemory, typed: Readonly<Record<string, string>>): readonly string[] => {
  const { files = [] } = memory;
  const which = typed[WHICH];
  return which === undefined ? files : files.filter((id) => id === which);
};

/** A modal's memory as it was put into it. */
export const memoryOf = ({ private_metadata }: SlackView): ModalMemory | undefined => {
  try {
    return JSON.parse(private_metadata ?? "") as ModalMemory;
  } catch {
    return undefined;
  }
};

/** How many pictures a command takes. */
export const picturesTaken = ({ options }: Command): number =>
  Object.values(options).reduce((sum, spec) => sum + (spec.kind === "file" ? 0 : filesTaken(spec)), 0);
const fileOptions = ({ options }: Command) =>
  Object.entries(options).flatMap(([name, spec]) => (filesTaken(spec) > 0 ? [name] : []));
/** Whether a command cannot run without a file. */
export const needsFile = ({ options }: Command): boolean =>
  Object.values(options).some((it) => it.required && filesTaken(it) > 0);

/** Whether a message's shortcut has to ask for something: what else the command needs, or which of several pictures. */
export const hasToAsk = (command: Command, pictures: number): boolean =>
  pictures > picturesTaken(command) || Object.values(command.options).some((it) => it.required && filesTaken(it) === 0);

/** A modal in which a command is filled in; `pictures` are those of a message, which then are not asked for. */
export const modalFor = (
  { path, ko, command }: NamedCommand,
  memory: ModalMemory,
  { lang, typed = {}, pictures }: { lang: Language; typed?: Readonly<Record<string, string>>; pictures?: readonly SlackFile[] },
): types.ModalView => {
  const plain = (text: string) => ({ type: "plain_text" as const, text: text.slice(0, TITLE), emoji: false });
  const which: types.KnownBlock[] = [];
  if (pictures && pictures.length > picturesTaken(command)) {
    const options = pictures.map((it, index) => optionOf(it.id, `${index + 1}. ${it.name || it.id}`));
    which.push({
      ...{ type: "input", block_id: WHICH, label: plain(words.whichPicture[lang]) },
      element: { type: "static_select", action_id: WHICH, options, ...(options[0] && { initial_option: options[0] }) },
    });
  }
  return {
    type: "modal",
    callback_id: CALLBACK,
    title: plain(`/${lang === "ko" ? ko : path}`),
    submit: plain(words.send[lang]),
    close: plain(words.close[lang]),
    private_metadata: JSON.stringify(memory).slice(0, METADATA),
    blocks: [...which, ...fieldsOf(command, typed, lang, pictures ? fileOptions(command) : [])],
  };
};
