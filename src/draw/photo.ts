import { theme } from "./theme.ts";

/** A picture ready to stand in an SVG: `uri` is a data URI. */
export interface Photo {
  uri: string;
  width: number;
  height: number;
}

/** The largest size within a box that keeps the picture's shape, in whole pixels. */
export const fitWithin = ({ width, height }: { width: number; height: number }, box: { width: number; height: number }) => {
  const scale = Math.min(box.width / width, box.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};

/** A photo in the middle of a frame, whole, with rounded corners. `id` tells the frames of one drawing apart. */
export const drawPhoto = (photo: Photo, frame: { x: number; y: number; width: number; height: number }, id = "photo"): string => {
  const size = fitWithin(photo, frame);
  const x = frame.x + (frame.width - size.width) / 2;
  const y = frame.y + (frame.height - size.height) / 2;
  const radius = Math.min(20, size.width / 8, size.height / 8);
  const shape = `x="${x}" y="${y}" width="${size.width}" height="${size.height}"`;
  return (
    `<clipPath id="${id}"><rect ${shape} rx="${radius}"/></clipPath><image ${shape} href="${photo.uri}" preserveAspectRatio="none" clip-path="url(#${id})"/>` +
    `<rect ${shape} rx="${radius}" fill="none" stroke="${theme.line}" stroke-width="2"/>`
  );
};
