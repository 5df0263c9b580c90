import type { Text } from "../text.ts";

/** What can be wrong with data sets that peers make. See `errors.ts`. */
export const datasets = {
  bad_dataset_name: (f: { got: string; reserved: string[] }): Text => ({
    en: `"${f.got}" cannot be a data set's name: use 1 to 32 small letters, digits and dashes, beginning with a letter, like "pets". Taken are ${f.reserved.join(", ")}.`,
    ko: `"${f.got}"라는 이름은 데이터셋에 쓸 수 없어요. "pets"처럼 영문 소문자, 숫자, 하이픈을 1~32자로 쓰고 글자로 시작해 주세요. 이미 정해진 이름: ${f.reserved.join(", ")}.`,
  }),
  dataset_taken: (f: { name: string; by: string }): Text => ({
    en: `There already is a data set "${f.name}"${f.by ? `, made by ${f.by}` : ""}. Add to it with \`/label class:… data:${f.name}\`, or choose another name.`,
    ko: `"${f.name}" 데이터셋은 이미 있어요${f.by ? `(만든 사람: ${f.by})` : ""}. \`/라벨 클래스:… 데이터:${f.name}\`으로 사진을 더하거나 다른 이름을 써 주세요.`,
  }),
  not_your_dataset: (f: { name: string; by: string }): Text => ({
    en: `${f.name} was made by ${f.by || "somebody who has left"}. Only they, or somebody who administers this group, can remove it.`,
    ko: `${f.name} 데이터셋은 ${f.by ? `${f.by} 님이` : "지금은 없는 분이"} 만들었어요. 만든 사람이나 이 그룹의 관리자만 지울 수 있어요.`,
  }),
  uploads_stay: (_: object): Text => ({
    en: "uploads is the data set that every group has, so it cannot be removed. Take labels back with `/label undo`.",
    ko: "uploads는 모든 그룹에 있는 데이터셋이라 지울 수 없어요. 라벨은 `/라벨 되돌리기`로 되돌릴 수 있어요.",
  }),
  empty_dataset: (f: { name: string }): Text => ({
    en: `There are no pictures in ${f.name} yet. Add some with \`/label class:cat data:${f.name}\`, or all at once with \`/dataset import name:${f.name}\` and a .zip of class folders.`,
    ko: `${f.name}에는 아직 사진이 없어요. \`/라벨 클래스:고양이 데이터:${f.name}\`으로 더하거나, 클래스 폴더를 담은 .zip 파일과 함께 \`/데이터셋 가져오기 이름:${f.name}\`을 보내 한꺼번에 넣어 보세요.`,
  }),
  one_sided_class: (f: { name: string; side: "train" | "test" }): Text => ({
    en: `${f.name} has no picture in the ${f.side === "train" ? "training" : "test"} split. Add one, or draw the split anew with \`/dataset split\`.`,
    ko: `${f.name} 클래스는 ${f.side === "train" ? "학습용" : "테스트용"} 사진이 없어요. 사진을 더하거나 \`/데이터셋 나누기\`로 다시 나눠 주세요.`,
  }),
  too_many_classes: (f: { got: number; most: number }): Text => ({
    en: `That would be ${f.got} classes, and a data set has at most ${f.most}. Please leave some out.`,
    ko: `클래스가 ${f.got}개가 되는데 데이터셋 하나에는 ${f.most}개까지만 담을 수 있어요. 몇 개는 빼 주세요.`,
  }),
  too_many_pictures: (f: { got: number; most: number }): Text => ({
    en: `That zip has ${f.got} pictures, and this data set has room for ${f.most} more. Please send a smaller part.`,
    ko: `zip에 사진이 ${f.got}장 있는데 이 데이터셋에는 ${f.most}장만 더 넣을 수 있어요. 일부만 보내 주세요.`,
  }),
  not_a_zip: (_: object): Text => ({
    en: "That is not a zip file, or it is damaged or was cut short. Please zip the folder of class folders again and send it.",
    ko: "zip 파일이 아니거나, 손상됐거나 중간에 잘렸어요. 클래스 폴더가 담긴 폴더를 다시 압축해서 보내 주세요.",
  }),
  zip_too_large: (f: { gotMb: number; maxMb: number }): Text => ({
    en: `That zip file is ${f.gotMb} MB and the limit is ${f.maxMb} MB. Please send it in parts, or make the pictures smaller; networks look at small ones anyway.`,
    ko: `zip 파일이 ${f.gotMb} MB인데 한도는 ${f.maxMb} MB예요. 나눠 보내거나 사진을 줄여 주세요. 어차피 신경망은 작게 줄여서 봐요.`,
  }),
  zip_entries: (f: { got: number; most: number }): Text => ({
    en: `There are ${f.got} files in that zip, and I open at most ${f.most}. Please send it in parts.`,
    ko: `zip 안에 파일이 ${f.got}개 있는데 ${f.most}개까지만 열 수 있어요. 나눠 보내 주세요.`,
  }),
  zip_unpacked: (f: { maxMb: number }): Text => ({
    en: `Unpacked, that zip is more than ${f.maxMb} MB, which is the most I unpack of a file of its size. I kept nothing of it. Please send it in parts, or make the pictures smaller.`,
    ko: `zip을 풀어 보니 ${f.maxMb} MB가 넘어요. 이 크기의 파일에서 풀 수 있는 한도예요. 아무것도 넣지 않았어요. 나눠 보내거나 사진을 줄여 주세요.`,
  }),
  zip_encrypted: (_: object): Text => ({
    en: "That zip has a password, so I cannot open it. Please zip the folder again without one.",
    ko: "비밀번호가 걸린 zip이라 열 수 없어요. 비밀번호 없이 다시 압축해 주세요.",
  }),
  zip_no_pictures: (f: { skipped: number }): Text => ({
    en: `I found no picture in a class folder in that zip${f.skipped > 0 ? ` (${f.skipped} other files)` : ""}. It should hold a folder for each class with its pictures: cat/1.jpg, dog/1.jpg.`,
    ko: `zip의 클래스 폴더에서 사진을 찾지 못했어요${f.skipped > 0 ? `(다른 파일 ${f.skipped}개)` : ""}. 고양이/1.jpg, 강아지/1.jpg처럼 클래스마다 폴더를 하나씩 만들고 그 안에 사진을 넣어 주세요.`,
  }),
  export_too_large: (f: { maxMb: number }): Text => ({
    en: `The pictures of this data set are more than ${f.maxMb} MB together, which is the most I put into one zip.`,
    ko: `이 데이터셋의 사진을 모두 합치면 ${f.maxMb} MB가 넘어서 zip 하나에 담을 수 없어요.`,
  }),
};
