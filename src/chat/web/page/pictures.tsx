import { useEffect, useState } from "preact/hooks";
import type { FileRef } from "../../../files.ts";
import { fileSize } from "../../../numbers.ts";
import type { Message } from "../message.ts";
import { blobUrl, smallUrl } from "./api.ts";
import { Drawing } from "./drawing.tsx";
import { Icon } from "./icons.tsx";
import { Lightbox } from "./lightbox.tsx";
import { Sheet } from "./sheet.tsx";
import { sourcesOf } from "./sources.ts";
import { useWords } from "./words.ts";

/** A file to take home. */
export const FileChip = ({ file }: { file: FileRef }) => {
  const { t } = useWords();
  return (
    <a class="file" href={blobUrl(file, true)} download={file.name}>
      <Icon name="file" />
      <span class="unseen">{t("download")}</span>
      <span class="file-name">{file.name}</span>
      <span class="file-size">{fileSize(file.bytes)}</span>
      <Icon name="download" size={18} />
    </a>
  );
};

/** A picture of a message; where it has regions, they are laid out as tiles. */
type ShownPicture = Message["pictures"][number];

const blobsOf = (pictures: readonly FileRef[]) => pictures.map(({ blob }) => blob).join(" ");

/** Resolves when the browser has a picture ready to be shown. */
const load = (picture: FileRef): Promise<void> => {
  const image = new Image();
  image.src = blobUrl(picture);
  return image.decode();
};

/** The pictures to show now. When others take their place, the old ones stay until the new ones are loaded, so that nothing jumps. */
const useLoaded = (pictures: readonly ShownPicture[]): readonly ShownPicture[] => {
  const [shown, setShown] = useState(pictures);
  const changes = shown.length > 0 && pictures.length > 0 && blobsOf(shown) !== blobsOf(pictures);
  useEffect(() => {
    if (!changes) return setShown(pictures);
    let late = false;
    void Promise.allSettled(pictures.map(load)).then(() => late || setShown(pictures));
    return () => {
      late = true;
    };
  }, [blobsOf(pictures)]);
  return changes ? shown : pictures;
};

/** A picture that is replaced while one looks: what is shown stays until the next one is loaded, also where that one is gone by then. */
export const LivePicture = ({ picture }: { picture: ShownPicture }) => {
  const [shown, setShown] = useState<ShownPicture>();
  useEffect(() => {
    let late = false;
    load(picture).then(
      () => late || setShown(picture),
      () => {},
    );
    return () => {
      late = true;
    };
  }, [picture.blob]);
  return <Pictures pictures={shown ? [shown] : []} small={false} />;
};

/** The most room for a photo in the history, and for a drawing, in CSS pixels. */
const rooms = { photo: { width: 280, height: 200 }, drawing: { width: 600, height: Number.POSITIVE_INFINITY } };

/** How large a picture is shown, so that its room is kept before it is loaded. Nothing where nobody knows its size. */
const roomFor = ({ width, height }: FileRef, small: boolean) => {
  if (!width || !height) return undefined;
  const most = rooms[small ? "photo" : "drawing"];
  return {
    width: `${Math.round(Math.min(width, most.width, (most.height * width) / height))}px`,
    aspectRatio: `${width} / ${height}`,
  };
};

/** How a picture is fetched that is shown whole. */
const sourceOf = (it: FileRef, small: boolean) =>
  small
    ? { src: smallUrl(it, "photo") }
    : sourcesOf(it, { kinds: ["drawing"], sizes: "(max-width: 640px) 100vw, 600px", whole: true });

/**
 * Pictures of a message. Each opens large, and of a sheet a tile where `onTile` says how; one that browsers cannot show (TIFF) is offered as
 * a file.
 */
export const Pictures = ({
  pictures: wanted,
  small,
  onTile,
}: {
  pictures: readonly ShownPicture[];
  small: boolean;
  onTile?: ((tile: number) => void) | undefined;
}) => {
  const { t } = useWords();
  const pictures = useLoaded(wanted);
  const [open, setOpen] = useState<number>();
  const [broken, setBroken] = useState<readonly string[]>([]);
  const breaks = ({ blob }: FileRef) => setBroken((known) => [...known, blob]);
  if (pictures.length === 0) return null;
  return (
    <>
      <div class={small ? "pictures small" : "pictures"}>
        {pictures.map((it, index) =>
          broken.includes(it.blob) ? (
            <FileChip key={it.blob} file={it} />
          ) : it.regions ? (
            <Sheet
              key={index}
              picture={it}
              regions={it.regions}
              onTile={index === 0 && onTile ? onTile : () => setOpen(index)}
              onWhole={() => setOpen(index)}
              onBroken={() => breaks(it)}
            />
          ) : (
            <button
              type="button"
              key={index}
              class="picture"
              style={it.photos && { width: `min(100%, ${roomFor(it, small)?.width ?? "100%"})` }}
              aria-label={t("openPicture", { name: it.alt ?? it.name })}
              onClick={() => setOpen(index)}
            >
              {it.photos ? (
                <Drawing picture={it} photos={it.photos} source={sourceOf(it, small)} onBroken={() => breaks(it)} />
              ) : (
                <img
                  {...sourceOf(it, small)}
                  alt=""
                  style={roomFor(it, small)}
                  decoding="async"
                  loading="lazy"
                  onError={() => breaks(it)}
                />
              )}
            </button>
          ),
        )}
      </div>
      {open !== undefined && <Lightbox pictures={pictures} first={open} onClose={() => setOpen(undefined)} />}
    </>
  );
};
