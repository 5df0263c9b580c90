import type { Text } from "./text.ts";

/** Why an upload's form cannot be taken. */
export const unfitForms = {
  torn: {
    en: "What came is no form with a file in it, or it was cut short. Please send the file again.",
    ko: "파일이 담긴 양식이 아니거나 중간에 끊겼어요. 파일을 다시 보내 주세요.",
  },
  no_file: {
    en: "No file came. Please choose one and send it again.",
    ko: "파일이 오지 않았어요. 파일을 골라 다시 보내 주세요.",
  },
  no_name: { en: "A file came without a name. Please give it one.", ko: "파일에 이름이 없어요. 이름을 붙여 다시 보내 주세요." },
  too_much: {
    en: "More came than fits into one upload: at most 16 files, and nothing else. Please send less at once.",
    ko: "한 번에 올릴 수 있는 것보다 많이 왔어요. 파일은 16개까지 올릴 수 있으니 나누어 보내 주세요.",
  },
} satisfies Readonly<Record<string, Text>>;

/** Why a name cannot be taken. */
export const unfitNames = {
  bots: {
    en: "That name is Peerlab's own, or looks like it. Please choose another, so that nobody takes you for the bot.",
    ko: "Peerlab의 이름이거나 그렇게 보이는 이름이에요. 봇으로 오해받지 않게 다른 이름을 골라 주세요.",
  },
  unseen: {
    en: "That name has letters in it that cannot be seen or that turn the text around. Please type it without them.",
    ko: "이름에 보이지 않는 글자나 글의 방향을 바꾸는 글자가 들어 있어요. 빼고 다시 적어 주세요.",
  },
  no_letters: {
    en: "A name needs at least one letter, and no pile of marks upon one. Please choose another.",
    ko: "이름에는 글자가 하나는 있어야 하고, 한 글자에 기호를 잔뜩 겹칠 수는 없어요. 다른 이름을 골라 주세요.",
  },
  long: { en: "A name has at most 40 letters. Please shorten it.", ko: "이름은 40자까지예요. 조금 줄여 주세요." },
} satisfies Readonly<Record<string, Text>>;
