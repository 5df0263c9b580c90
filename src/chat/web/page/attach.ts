import type { FileRef } from "../../../files.ts";
import type { Api, Limits } from "./api.ts";
import { newId } from "./newId.ts";
import type { Attachment } from "./state.ts";
import type { Translate } from "./texts.ts";

/** What the file picker offers; on phones it includes the camera. */
export const accepted = "image/*,.onnx,.txt,.json";

/** Uploads begin as soon as a file is attached, so that sending does not wait for them. */
const running = new WeakMap<File, Promise<FileRef>>();

/** Where the server keeps an attached file; tries again what failed before. */
export const fileOf = ({ file }: Attachment, api: Api): Promise<FileRef> => {
  const known = running.get(file);
  if (known) return known;
  const uploading = api.upload(file);
  running.set(file, uploading);
  uploading.catch(() => running.delete(file));
  return uploading;
};

const isPicture = (file: File) => file.type.startsWith("image/");

/** A file that was picked, dropped or pasted, as the composer shows it. Too large a file fails here, before it travels. */
export const attach = (file: File, { imageMb, fileMb }: Limits, t: Translate): Attachment => {
  const max = isPicture(file) ? imageMb : fileMb;
  const got = Math.ceil(file.size / 1e5) / 10;
  return {
    key: newId(),
    file,
    ...(isPicture(file) && { url: URL.createObjectURL(file) }),
    ...(got > max ? { status: "failed", error: t("tooLarge", { name: file.name, got, max }) } : { status: "uploading" }),
  };
};
