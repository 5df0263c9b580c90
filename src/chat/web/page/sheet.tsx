import type { FileRef, Region } from "../../../files.ts";
import { blobUrl } from "./api.ts";
import { Icon } from "./icons.tsx";
import { useWords } from "./words.ts";

const share = (of: number, all: number) => `${(100 * of) / all}%`;

/** A region of a picture, as large as there is room for. */
export const Cutout = ({
  picture: { width = 1, height = 1, ...file },
  region,
  onBroken,
}: {
  picture: FileRef;
  region: Region;
  onBroken?(): void;
}) => {
  const placed = {
    ...{ width: share(width, region.width), height: share(height, region.height) },
    ...{ left: share(-region.left, region.width), top: share(-region.top, region.height) },
  };
  return (
    <span class="cutout" style={{ aspectRatio: `${region.width} / ${region.height}` }}>
      <img src={blobUrl(file)} alt="" style={placed} decoding="async" loading="lazy" onError={onBroken} />
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
      <div class="tiles" style={{ maxWidth: `${tiles.length * (widest + 12)}px` }}>
        {regions.map((region, index) =>
          region.isWide ? (
            <div key={index} class="tile drawn">
              <Cutout picture={picture} region={region} />
            </div>
          ) : (
            <button type="button" key={index} class="tile" onClick={() => onTile(index)}>
              <span class="tile-room">
                <Cutout picture={picture} region={region} onBroken={onBroken} />
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
