import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Message } from "../message.ts";
import { blobUrl } from "./api.ts";
import { Drawing } from "./drawing.tsx";
import { Icon } from "./icons.tsx";
import { useDialog } from "./useDialog.ts";
import { useGestures } from "./useGestures.ts";
import { useWords } from "./words.ts";

const LARGEST = 8;
const STEP = 1.5;

/** Pictures as large as the window, or larger: wheel, fingers, buttons and keys zoom, arrows and swipes go on to the next, Escape and Back close. */
export const Lightbox = ({ pictures, first, onClose }: { pictures: Message["pictures"]; first: number; onClose(): void }) => {
  const { t } = useWords();
  const dialog = useDialog();
  const stage = useRef<HTMLDivElement>(null);
  const before = useRef(1);
  const [index, setIndex] = useState(first);
  const [zoom, setZoom] = useState(1);
  const picture = pictures[index] as Message["pictures"][number];
  const name = picture.alt ?? picture.name;
  const scale = (by: number) => setZoom((it) => Math.min(LARGEST, Math.max(1, it * by)));
  const go = (by: number) => {
    setIndex((index + by + pictures.length) % pictures.length);
    setZoom(1);
  };
  useGestures(stage, { pinch: scale, swipe: (by) => zoom === 1 && pictures.length > 1 && go(by) });
  // What was in the middle stays there.
  useLayoutEffect(() => {
    const it = stage.current;
    const by = zoom / before.current;
    before.current = zoom;
    it?.scrollTo(
      (it.scrollLeft + it.clientWidth / 2) * by - it.clientWidth / 2,
      (it.scrollTop + it.clientHeight / 2) * by - it.clientHeight / 2,
    );
  }, [zoom]);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === "+" || key === "=") scale(STEP);
    if (key === "-") scale(1 / STEP);
    if (pictures.length > 1 && key === "ArrowLeft") go(-1);
    if (pictures.length > 1 && key === "ArrowRight") go(1);
  };
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    scale(event.deltaY < 0 ? 1.15 : 1 / 1.15);
  };
  const size = { width: `${zoom * 100}%`, height: `${zoom * 100}%` };
  return (
    <dialog class="lightbox" ref={dialog} aria-label={name} onClose={onClose} onKeyDown={onKeyDown}>
      <div class="lightbox-bar">
        <span class="lightbox-name">{picture.name}</span>
        <button type="button" class="icon-button" aria-label={t("zoomOut")} disabled={zoom <= 1} onClick={() => scale(1 / STEP)}>
          <Icon name="zoomOut" />
        </button>
        <button type="button" class="icon-button" aria-label={t("zoomIn")} disabled={zoom >= LARGEST} onClick={() => scale(STEP)}>
          <Icon name="zoomIn" />
        </button>
        <a class="icon-button" aria-label={t("download")} href={blobUrl(picture, true)} download={picture.name}>
          <Icon name="download" />
        </a>
        <button type="button" class="icon-button" aria-label={t("close")} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <div class={zoom > 1 ? "lightbox-stage zoomed" : "lightbox-stage"} onWheel={onWheel} ref={stage}>
        <button
          type="button"
          class="lightbox-picture"
          aria-label={zoom > 1 ? t("zoomOut") : t("zoomIn")}
          style={size}
          onClick={() => setZoom(zoom > 1 ? 1 : 2)}
        >
          {picture.photos ? (
            <Drawing picture={picture} photos={picture.photos} source={{ src: blobUrl(picture) }} alt={name} />
          ) : (
            <img src={blobUrl(picture)} alt={name} />
          )}
        </button>
      </div>
      {pictures.length > 1 && (
        <div class="lightbox-turn">
          <button type="button" class="icon-button" aria-label={t("previous")} onClick={() => go(-1)}>
            <Icon name="left" />
          </button>
          <span>
            {index + 1} / {pictures.length}
          </span>
          <button type="button" class="icon-button" aria-label={t("next")} onClick={() => go(1)}>
            <Icon name="right" />
          </button>
        </div>
      )}
    </dialog>
  );
};
