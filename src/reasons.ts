import type { Text } from "./text.ts";

/** Why a file cannot be read, by the system's code. */
export const unreadable: Readonly<Record<string, Text>> = {
  ENOENT: { en: "there is no such file", ko: "그런 파일이 없어요" },
  EISDIR: { en: "that is a folder", ko: "폴더예요" },
  EACCES: { en: "it is not shared with me", ko: "읽을 권한이 없어요" },
};

/** Why a folder cannot be worked in, by the system's code. */
export const unusable: Readonly<Record<string, Text>> = {
  EROFS: { en: "that disk is read-only", ko: "읽기 전용 디스크예요" },
  EACCES: { en: "I may not write there", ko: "쓸 권한이 없어요" },
  EPERM: { en: "I may not write there", ko: "쓸 권한이 없어요" },
  EEXIST: { en: "that is a file, not a folder", ko: "폴더가 아니라 파일이에요" },
  ENOTDIR: { en: "a part of that path is a file, not a folder", ko: "경로 중간에 폴더가 아닌 파일이 있어요" },
  ENOENT: { en: "no folder can be made there", ko: "그곳에는 폴더를 만들 수 없어요" },
  ENOSPC: { en: "the disk is full", ko: "디스크가 가득 찼어요" },
};

/** Why an address cannot be listened on, by the system's code. */
export const unlistenable: Readonly<Record<string, Text>> = {
  EADDRINUSE: { en: "another program uses it already", ko: "다른 프로그램이 이미 쓰고 있어요" },
  EACCES: { en: "this user may not use it", ko: "이 사용자는 쓸 권한이 없어요" },
  EADDRNOTAVAIL: { en: "this machine has no such address", ko: "이 컴퓨터에는 그런 주소가 없어요" },
};
