import type { Text } from "../text.ts";

/** Why a file cannot be read, by the system's error code. */
export const unreadable: Readonly<Record<string, Text>> = {
  ENOENT: { en: "there is no such file", ko: "그런 파일이 없어요" },
  EISDIR: { en: "that is a folder", ko: "폴더예요" },
  EACCES: { en: "I am not allowed to read it", ko: "읽을 권한이 없어요" },
};

/** Why a folder cannot be used, by the system's error code. */
export const unusable: Readonly<Record<string, Text>> = {
  EROFS: { en: "that disk is read-only", ko: "읽기 전용 디스크예요" },
  EACCES: { en: "I am not allowed to write there", ko: "쓸 권한이 없어요" },
  EPERM: { en: "I am not allowed to write there", ko: "쓸 권한이 없어요" },
  EEXIST: { en: "that is a file, not a folder", ko: "폴더가 아니라 파일이에요" },
  ENOTDIR: { en: "a part of that path is a file, not a folder", ko: "경로 중간에 폴더가 아닌 파일이 있어요" },
  ENOENT: { en: "no folder can be created there", ko: "그곳에는 폴더를 만들 수 없어요" },
  ENOSPC: { en: "the disk is full", ko: "디스크가 가득 찼어요" },
};

/** Why an address cannot be listened on, by the system's error code. */
export const unlistenable: Readonly<Record<string, Text>> = {
  EADDRINUSE: { en: "another program is already using it", ko: "다른 프로그램이 이미 쓰고 있어요" },
  EACCES: { en: "this user is not allowed to use it", ko: "이 사용자는 쓸 권한이 없어요" },
  EADDRNOTAVAIL: { en: "this machine has no such address", ko: "이 컴퓨터에는 그런 주소가 없어요" },
};

/** Why an upload's form is refused. */
export const unfitForms = {
  torn: {
    en: "That was not a form with a file in it, or it was cut short. Please send the file again.",
    ko: "파일이 담긴 양식이 아니거나 중간에 끊겼어요. 파일을 다시 보내 주세요.",
  },
  no_file: {
    en: "No file arrived. Please choose one and send it again.",
    ko: "파일이 오지 않았어요. 파일을 골라 다시 보내 주세요.",
  },
  no_name: {
    en: "A file arrived without a name. Please give it one.",
    ko: "파일에 이름이 없어요. 이름을 붙여 다시 보내 주세요.",
  },
  too_much: {
    en: "That is more than fits into one upload: at most 16 files and nothing else. Please send less at once.",
    ko: "한 번에 올릴 수 있는 것보다 많이 왔어요. 파일은 16개까지 올릴 수 있으니 나누어 보내 주세요.",
  },
} satisfies Readonly<Record<string, Text>>;

/** Why a name is refused. */
export const unfitNames = {
  bots: {
    en: "That name is Peerlab's own, or looks like it. Please choose another, so that nobody takes you for the bot.",
    ko: "Peerlab의 이름이거나 그렇게 보이는 이름이에요. 봇으로 오해받지 않게 다른 이름을 골라 주세요.",
  },
  unseen: {
    en: "That name contains characters that are invisible or that reverse the text. Please leave them out.",
    ko: "이름에 보이지 않는 글자나 글의 방향을 바꾸는 글자가 들어 있어요. 빼고 다시 적어 주세요.",
  },
  no_letters: {
    en: "A name needs at least one letter, without a stack of marks on top of it. Please choose another.",
    ko: "이름에는 글자가 하나는 있어야 하고, 한 글자에 기호를 잔뜩 겹칠 수는 없어요. 다른 이름을 골라 주세요.",
  },
  long: { en: "A name has at most 40 letters. Please shorten it.", ko: "이름은 40자까지예요. 조금 줄여 주세요." },
} satisfies Readonly<Record<string, Text>>;
