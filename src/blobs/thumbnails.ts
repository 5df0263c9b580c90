/** What a thumbnail is of: somebody's photo in the history; a picture that we drew, whose words have to be read; a sheet cut into tiles. */
export const thumbnailKinds = ["photo", "drawing", "tiles"] as const;
export type ThumbnailKind = (typeof thumbnailKinds)[number];

/**
 * The most pixels of each, and WebP's quality: a photo's 280 x 200 of the page on a screen of two pixels for each of CSS's, a drawing's column
 * in a wide window, a sheet of which each tile is some 150 pixels wide. Whoever shows them offers the whole picture to larger screens.
 */
export const thumbnailSpecs: Readonly<Record<ThumbnailKind, { width: number; height: number; quality: number }>> = {
  photo: { width: 560, height: 400, quality: 60 },
  drawing: { width: 640, height: 8000, quality: 68 },
  tiles: { width: 520, height: 8000, quality: 42 },
};
