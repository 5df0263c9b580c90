import type { FileRef, Picture } from "../../../files.ts";

const share = (of: number, all: number) => `${(100 * of) / all}%`;

type Place = NonNullable<Picture["photos"]>[number];

/** Where a part of a picture stands in the whole, and where the whole picture stands in that part. */
const placed = ({ left, top, width, height, radius = 0 }: Place, all: { width: number; height: number }) => ({
  part: {
    ...{ left: share(left, all.width), top: share(top, all.height) },
    ...{ width: share(width, all.width), height: share(height, all.height) },
    borderRadius: `${share(radius, width)} / ${share(radius, height)}`,
  },
  whole: {
    ...{ width: share(all.width, width), height: share(all.height, height) },
    ...{ left: share(-left, width), top: share(-top, height) },
  },
});

/**
 * A picture that we drew, as large as there is room for. A drawing on white is turned dark where the page is dark, its hues the same, and its
 * photos lie over it as they are.
 */
export const Drawing = ({
  picture: { width = 1, height = 1 },
  photos,
  source,
  alt = "",
  onBroken,
}: {
  picture: FileRef;
  photos: readonly Place[];
  /** Where its pixels come from: `src`, and `srcset` with `sizes`. */
  source: { src: string; srcset?: string; sizes?: string };
  alt?: string;
  onBroken?(): void;
}) => (
  <span class="drawing" style={{ aspectRatio: `${width} / ${height}`, "--ratio": `${width / height}` }}>
    <img {...source} alt={alt} decoding="async" loading="lazy" onError={onBroken} />
    {photos.map((it, index) => {
      const { part, whole } = placed(it, { width, height });
      return (
        <span key={index} class="drawing-photo" style={part}>
          <img {...source} alt="" style={whole} decoding="async" loading="lazy" />
        </span>
      );
    })}
  </span>
);
