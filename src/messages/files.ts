import type { Text } from "../text.ts";
import { unfitForms, unreadable } from "./reasons.ts";

/** Apple's format for photos, whose codec is patented, so that no decoder of ours reads it. */
const howToSendHeic = {
  en: "That is a HEIC photo, a format that I cannot open. Please send it as JPEG: on an iPhone set Settings › Camera › Formats to Most Compatible, or choose the photo from the library in the web chat, which converts it; on a Mac export it from Photos or Preview.",
  ko: "HEIC 사진은 열 수 없어요. JPEG로 보내 주세요. 아이폰에서는 설정 › 카메라 › 포맷을 '높은 호환성'으로 바꾸거나, 웹 채팅에서 '사진 보관함'으로 고르면 자동으로 변환돼요. 맥에서는 사진 앱이나 미리보기에서 JPEG로 내보내 주세요.",
};

/** What can be wrong with files that peers send. See `errors.ts`. */
export const files = {
  too_large: (f: { gotMb: number; maxMb: number }): Text => ({
    en: `That file is ${f.gotMb} MB and the limit is ${f.maxMb} MB. Please send a smaller one.`,
    ko: `파일이 ${f.gotMb} MB인데 한도는 ${f.maxMb} MB예요. 더 작은 파일을 보내 주세요.`,
  }),
  empty_file: (_: object): Text => ({
    en: "That file is empty: 0 bytes came. Please send it again.",
    ko: "파일이 비어 있어요(0바이트). 다시 보내 주세요.",
  }),
  unreadable_file: (f: { path: string; code: string }): Text => ({
    en: `I cannot read "${f.path}": ${unreadable[f.code]?.en ?? f.code}. Please choose a file that I can read.`,
    ko: `"${f.path}" 파일을 읽을 수 없어요: ${unreadable[f.code]?.ko ?? f.code}. 읽을 수 있는 파일의 이름을 적어 주세요.`,
  }),
  not_a_photo: (f: { got: string }): Text =>
    f.got === "HEIC"
      ? howToSendHeic
      : {
          en: `${f.got ? `That is a file of type ${f.got}, which I cannot open.` : "That is not a picture I know."} Please send a JPEG, PNG, WebP, GIF, AVIF or TIFF.`,
          ko: `${f.got ? `${f.got} 파일은 열 수 없어요.` : "제가 아는 사진 형식이 아니에요."} JPEG, PNG, WebP, GIF, AVIF, TIFF 중 하나로 보내 주세요.`,
        },
  unreadable_image: (_: object): Text => ({
    en: "I could not read that picture: the file is damaged or was cut short. Please save or upload it again.",
    ko: "사진을 읽지 못했어요. 파일이 손상됐거나 중간에 잘린 것 같아요. 다시 저장하거나 올려 주세요.",
  }),
  too_many_pixels: (f: { gotMp: number; maxMp: number }): Text => ({
    en: `That picture has ${f.gotMp} megapixels and the limit is ${f.maxMp}. Please send a smaller copy; I scale it down to well under one megapixel anyway.`,
    ko: `사진이 ${f.gotMp}메가픽셀인데 한도는 ${f.maxMp}메가픽셀이에요. 줄여서 보내 주세요. 어차피 1메가픽셀보다 작게 줄여서 봐요.`,
  }),
  erased: (_: object): Text => ({
    en: "This was about a picture that its owner has erased, so the answer went with it.",
    ko: "사진을 올린 분이 지운 사진이라 결과도 함께 지워졌어요.",
  }),
  file_gone: (f: { name: string }): Text => ({
    en: `"${f.name}" is not here: it was erased or is too old, or it was never sent to you. Please attach it again.`,
    ko: `"${f.name}" 파일이 여기에 없어요. 지워졌거나 오래됐거나, 받은 적이 없는 파일이에요. 다시 첨부해 주세요.`,
  }),
  bad_form: (f: { why: keyof typeof unfitForms }): Text => unfitForms[f.why],
  too_much_today: (f: { maxMb: number }): Text => ({
    en: `One person may upload ${f.maxMb} MB in 24 hours, and this would be more. Please try again tomorrow, or send a smaller file.`,
    ko: `한 사람이 24시간 동안 올릴 수 있는 양은 ${f.maxMb} MB인데 이 파일까지 올리면 넘어요. 내일 다시 하거나 더 작은 파일을 보내 주세요.`,
  }),
};
