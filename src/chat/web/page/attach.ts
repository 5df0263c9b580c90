import type { FileRef } from "../../../files.ts";
import { pictureTypes } from "../../../images/sniff.ts";
import type { DescribedCommand } from "../describe.ts";
import type { Api, Limits } from "./api.ts";
import { newId } from "./newId.ts";
import type { Attachment } from "./state.ts";
import type { Translate } from "./texts.ts";

/**
 * What the file picker offers; on phones it includes the camera. The types of pictures are named one by one, because a page that takes any
 * picture is given HEIC by Apple's devices, and one that does not name it a JPEG.
 */
export const accepted = (commands: readonly DescribedCommand[]): string => {
  const endings = commands.flatMap((it) => it.options.flatMap((option) => option.endings ?? []));
  return [...pictureTypes, ...new Set(endings)].join(",");
};

const HEIC = /\.hei[cf]$/i;
const isHeic = ({ name, type }: File) => HEIC.test(name) || /^image\/hei[cf]/.test(type);

/** A HEIC photo as JPEG, where this browser can read it; any other file as it is. What nobody can read is for the server to explain. */
const readable = async (file: File): Promise<File> => {
  if (!isHeic(file)) return file;
  try {
    const picture = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext("2d")?.drawImage(picture, 0, 0);
    const jpeg = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 });
    return new File([jpeg], file.name.replace(HEIC, ".jpg"), { type: "image/jpeg" });
  } catch {
    return file;
  }
};

/** Uploads begin as soon as a file is attached, so that sending does not wait for them. */
const running = new WeakMap<File, Promise<FileRef>>();

/** Where the server keeps an attached file; tries again what failed before. */
export const fileOf = ({ file }: Attachment, api: Api): Promise<FileRef> => {
  const known = running.get(file);
  if (known) return known;
  const uploading = readable(file).then(api.upload);
  running.set(file, uploading);
  uploading.catch(() => running.delete(file));
  return uploading;
};

const isPicture = (file: File) => file.type.startsWith("image/") || isHeic(file);

/** A file that was picked, dropped or pasted, as the composer shows it. Too large a file fails here, before it travels. */
export const attach = (file: File, { imageMb, fileMb }: Limits, t: Translate): Attachment => {
  const max = isPicture(file) ? imageMb : fileMb;
  const got = Math.ceil(file.size / 1e5) / 10;
  return {
    key: newId(),
    file,
    ...(isPicture(file) && !isHeic(file) && { url: URL.createObjectURL(file) }),
    ...(got > max ? { status: "failed", error: t("tooLarge", { name: file.name, got, max }) } : { status: "uploading" }),
  };
};
