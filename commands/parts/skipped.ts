import type { skippedReasons } from "../../src/jobs/contracts/importPictures.ts";
import type { JobOutput } from "../../src/jobs/contracts.ts";
import type { Language, Text } from "../../src/text.ts";

const some = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

/** Why files of a zip were left out, and how many. */
const words: Readonly<Record<(typeof skippedReasons)[number], (count: number) => Text>> = {
  notPictures: (n) => ({ en: some(n, "file that is no picture", "files that are no pictures"), ko: `사진이 아닌 파일 ${n}개` }),
  tooLarge: (n) => ({ en: some(n, "picture that is too large", "pictures that are too large"), ko: `너무 큰 사진 ${n}장` }),
  damaged: (n) => ({ en: some(n, "damaged file", "damaged files"), ko: `손상된 파일 ${n}개` }),
  duplicates: (n) => ({
    en: some(n, "picture that was there twice", "pictures that were there twice"),
    ko: `중복된 사진 ${n}장`,
  }),
  twoClasses: (n) => ({
    en: some(n, "picture that lies in a second class too", "pictures that lie in a second class too"),
    ko: `다른 클래스에도 들어 있는 사진 ${n}장`,
  }),
  noClass: (n) => ({
    en: some(n, "picture in no class's folder", "pictures in no class's folder"),
    ko: `클래스 폴더 밖의 사진 ${n}장`,
  }),
  unsafePaths: (n) => ({
    en: some(n, "link or file outside of the folders", "links or files outside of the folders"),
    ko: `폴더 밖을 가리키는 파일 ${n}개`,
  }),
  encrypted: (n) => ({ en: some(n, "file with a password", "files with a password"), ko: `비밀번호가 걸린 파일 ${n}개` }),
};

/** A line that says what was left out of a zip; none where nothing was. */
export const skippedLine = (skipped: JobOutput<"importPictures">["skipped"], lang: Language): string[] => {
  const said = (Object.keys(words) as (keyof typeof words)[]).flatMap((reason) => {
    const count = skipped[reason] ?? 0;
    return count > 0 ? [words[reason](count)[lang]] : [];
  });
  return said.length === 0 ? [] : [{ en: `Left out: ${said.join(", ")}.`, ko: `빠진 파일: ${said.join(", ")}.` }[lang]];
};
