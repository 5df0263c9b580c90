import type { FileRef, Region } from "../../../files.ts";
import { Icon } from "./icons.tsx";
import { sourcesOf } from "./sources.ts";
import { useWords } from "./words.ts";

const share = (of: number, all: number) => `${(100 * of) / all}%`;

const narrow = matchMedia("(max-width: 760px)");
/** From here on a screen shows more than a small copy has. A phone does too, but its data is dear, and a tap opens what is whole. */
const DENSE = 1.5;
/** More tiles than this stand so many beside each other that none is shown in all its pixels. */
const FEW = 4;

/** How a sheet of so many tiles is fetched: so wide is each of them, on a phone in hundredths of its screen, else in pixels. */
const sourceOf = ({ width = 1, ...file }: FileRef, region: Region, count: number) => {
  const times = width / region.width;
  const [vw, px] = [times * Math.max(31, 94 / count), times * Math.max(150, 768 / count)];
  return sourcesOf(
    { ...file, width },
    {
      kinds: [count > FEW ? "tiles" : "drawing"],
      sizes: `(max-width: 760px) ${Math.round(vw)}vw, ${Math.round(px)}px`,
      whole: count <= FEW || (!narrow.matches && devicePixelRatio > DENSE),
    },
  );
};

/** A region of a picture, as large as there is room for. */
export const Cutout = ({
  picture,
  region,
  beside,
  onBroken,
}: {
  picture: FileRef;
  region: Region;
  /** How many tiles share the room. */
  beside: number;
  onBroken?(): void;
}) => {
  const { width = 1, height = 1 } = picture;
  const placed = {
    ...{ width: share(width, region.width), height: share(height, region.height) },
    ...{ left: share(-region.left, region.width), top: share(-region.top, region.height) },
  };
  return (
    <span class="cutout" style={{ aspectRatio: `${region.width} / ${region.height}` }}>
      <img {...sourceOf(picture, region, beside)} alt="" style={placed} decoding="async" loading="lazy" onError={onBroken} />
    </span>
  );
};

/** A sheet as tiles: as many beside each other as the window has room for, with their captions as text. */
export const Sheet = ({
  picture,
  regions,
  onTile,
  onWhole,
  onBroken,
}: {
  picture: FileRef;
  regions: readonly Region[];
  onTile(tile: number): void;
  /** Opens the picture as it is, to look at or to take home. */
  onWhole(): void;
  onBroken(): void;
}) => {
  const { t } = useWords();
  const tiles = regions.filter((it) => !it.isWide);
  const widest = Math.max(...tiles.map((it) => it.width));
  return (
    <div class="sheet">
      <div
        class={tiles.length === 2 || tiles.length === 4 ? "tiles even" : "tiles"}
        style={{ maxWidth: `${tiles.length * (widest + 12)}px`, "--share": `${100 / tiles.length}%` }}
      >
        {regions.map((region, index) =>
          region.isWide ? (
            <div key={index} class="tile drawn">
              <Cutout picture={picture} region={region} beside={1} />
            </div>
          ) : (
            <button type="button" key={index} class="tile" onClick={() => onTile(index)}>
              <span class="tile-room">
                <Cutout picture={picture} region={region} beside={tiles.length} onBroken={onBroken} />
              </span>
              <span class={region.isReference ? "tile-caption reference" : "tile-caption"}>{region.caption}</span>
              {region.note && (
                <span class={region.isReference ? "tile-note" : region.note.isChanged ? "tile-note changed" : "tile-note kept"}>
                  {region.note.text.replace(/(\d) %/g, "$1\u00a0%")}
                </span>
              )}
            </button>
          ),
        )}
      </div>
      <button
        type="button"
        class="icon-button sheet-whole"
        aria-label={t("wholeSheet")}
        title={t("wholeSheet")}
        onClick={onWhole}
      >
        <Icon name="zoomIn" size={18} />
      </button>
    </div>
  );
};
