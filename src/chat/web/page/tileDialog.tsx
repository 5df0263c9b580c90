import { useEffect, useRef, useState } from "preact/hooks";
import type { Region } from "../../../files.ts";
import { spansOf } from "../../../richText.ts";
import type { Outcome } from "../../request.ts";
import { blobUrl } from "./api.ts";
import type { Chat } from "./chat.ts";
import { Icon } from "./icons.tsx";
import { Rich, TableView } from "./rich.tsx";
import { Cutout } from "./sheet.tsx";
import type { ShownMessage } from "./state.ts";
import { useDialog } from "./useDialog.ts";
import { useGestures } from "./useGestures.ts";
import { useWords } from "./words.ts";

/** What was looked at already, by the answer and the tile: coming back to it costs nothing. */
const seen = new Map<string, Promise<Outcome>>();
const MOST_SEEN = 100;

const look = (chat: Chat, message: ShownMessage, control: number, tile: number): Promise<Outcome> => {
  const key = `${message.delivery} ${control} ${tile}`;
  const known = seen.get(key);
  if (known) return known;
  const made = chat.api.look(message, { control, value: tile });
  seen.set(key, made);
  // One that failed may be tried again.
  made.then(
    ({ status }) => status === "done" || seen.delete(key),
    () => seen.delete(key),
  );
  for (const oldest of seen.keys()) if (seen.size > MOST_SEEN) seen.delete(oldest);
  return made;
};

/** The code in a text, to be taken home. */
const codeIn = (text: string): string =>
  spansOf(text)
    .flatMap((span) => (span.kind === "code" ? [span.text] : []))
    .join("\n");

/** A tile of a sheet by itself: large, with its parameters, its Python, and what a model can be asked about it. */
export const TileDialog = (it: {
  message: ShownMessage;
  /** Which of the message's controls opens tiles. */
  control: number;
  first: number;
  chat: Chat;
  onClose(): void;
}) => {
  const { message, control, chat } = it;
  const { t } = useWords();
  const dialog = useDialog();
  const stage = useRef<HTMLDivElement>(null);
  const [tile, setTile] = useState(it.first);
  const [outcome, setOutcome] = useState<Outcome>();
  const [problem, setProblem] = useState("");
  const [copied, setCopied] = useState(false);
  const [busy, setBusy] = useState<number>();
  const [sheet] = message.pictures;
  const tiles = sheet?.regions?.filter((region) => !region.isWide) ?? [];
  const region = tiles[tile] as Region;
  const go = (by: number) => setTile((tile + by + tiles.length) % tiles.length);
  useGestures(stage, { pinch: () => {}, swipe: go });
  useEffect(() => {
    let late = false;
    setOutcome(undefined);
    setProblem("");
    setCopied(false);
    look(chat, message, control, tile).then(
      (made) => late || setOutcome(made),
      (error: Error) => late || setProblem(error.message),
    );
    return () => {
      late = true;
    };
  }, [tile]);
  const { reply } = outcome ?? {};
  const [picture] = reply?.pictures ?? [];
  const code = codeIn(reply?.text ?? "");
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === "ArrowLeft") go(-1);
    if (key === "ArrowRight") go(1);
  };
  const press = (button: number) => {
    setBusy(button);
    chat
      .press({ id: message.id, ...(outcome && { delivery: outcome.id }) }, { button })
      .then(() => dialog.current?.close())
      .catch((error: Error) => setProblem(error.message))
      .finally(() => setBusy(undefined));
  };
  const copy = () => navigator.clipboard.writeText(code).then(() => setCopied(true));
  if (!sheet) return null;
  return (
    <dialog class="lightbox tile-dialog" ref={dialog} aria-label={region.caption} onClose={it.onClose} onKeyDown={onKeyDown}>
      <div class="lightbox-bar">
        <button type="button" class="icon-button" aria-label={t("previousTile")} onClick={() => go(-1)}>
          <Icon name="left" />
        </button>
        <span class="lightbox-name">
          {tile + 1} / {tiles.length}
        </span>
        <button type="button" class="icon-button" aria-label={t("nextTile")} onClick={() => go(1)}>
          <Icon name="right" />
        </button>
        {picture && (
          <a class="icon-button" aria-label={t("download")} href={blobUrl(picture, true)} download={picture.name}>
            <Icon name="download" />
          </a>
        )}
        <button type="button" class="icon-button" aria-label={t("close")} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <div class="tile-view">
        <div class="tile-stage" ref={stage}>
          {picture ? (
            <img key={picture.blob} src={blobUrl(picture)} alt={region.caption} width={picture.width} height={picture.height} />
          ) : (
            <div class="tile-preview" style={{ "--ratio": `${region.width / region.height}` }}>
              <Cutout picture={sheet} region={region} beside={tiles.length} />
            </div>
          )}
        </div>
        <div class="tile-about">
          {reply ? (
            <>
              <Rich text={reply.text} bot />
              {code && navigator.clipboard && (
                <button type="button" class="pill" onClick={copy}>
                  {t(copied ? "copied" : "copyPython")}
                </button>
              )}
              {reply.table && <TableView table={reply.table} label={t("table")} />}
              <div class="buttons">
                {reply.buttons?.map(({ label }, index) => (
                  <button type="button" key={index} class="pill" disabled={busy === index} onClick={() => press(index)}>
                    {label}
                  </button>
                ))}
              </div>
            </>
          ) : (
            !problem && (
              <p class="tile-waiting" role="status">
                <span class="spinner" aria-hidden="true" /> {region.caption}
              </p>
            )
          )}
          {problem && (
            <p class="note trouble" role="alert">
              <Icon name="warn" size={18} /> {problem}
            </p>
          )}
        </div>
      </div>
    </dialog>
  );
};
