import { command } from "../src/chat/command.ts";
import { explainTimm, formatTimm, parseTimm } from "../src/images/policy/timm.ts";
import { imageToVary, seedOption } from "./parts/options.ts";
import { firstFrameNote, shuffleButton } from "./parts/replies.ts";

const TILES = 8;
const said = (n: number, m: number, policy: string | undefined) => {
  if (policy === undefined)
    return { en: `N ${n} · M ${m} of 30 (torchvision's bins)`, ko: `N ${n} · M ${m} (torchvision 눈금, 최대 30)` };
  const timm = parseTimm(policy);
  const { en, ko } = explainTimm(timm);
  return { en: `\`${formatTimm(timm)}\` · ${en}`, ko: `\`${formatTimm(timm)}\` · ${ko}` };
};

/** Shows what RandAugment draws for the asker's picture, in torchvision's numbers or as one of timm's policy strings. */
export const randaugment = command({
  name: "randaugment",
  ko: "랜드증강",
  about: { en: "Show RandAugment on your picture", ko: "내 사진에 RandAugment 적용해 보기" },
  options: {
    image: imageToVary,
    n: {
      kind: "number",
      ko: "변형수",
      about: { en: "operations per variant; 2 when left out", ko: "한 장에 적용할 변형 수. 기본값 2" },
      min: 1,
      max: 8,
      whole: true,
    },
    m: {
      kind: "number",
      ko: "세기",
      about: { en: "magnitude, 0 to 30 as in torchvision; 9 when left out", ko: "세기. torchvision처럼 0~30, 기본값 9" },
      min: 0,
      max: 30,
      whole: true,
    },
    policy: {
      kind: "text",
      ko: "정책",
      about: {
        en: "timm's string instead of n and m: rand-m9-n2-mstd0.5-inc1",
        ko: "n, m 대신 timm 정책: rand-m9-n2-mstd0.5-inc1",
      },
    },
    seed: seedOption,
  },
  run: async ({ seed: own, lang }, { image, n = 2, m = 9, policy, seed = own }) => ({
    job: "policy",
    input: {
      image,
      policy: policy === undefined ? { kind: "randaugment", n, m } : { kind: "timm", ...parseTimm(policy) },
      n: TILES,
      seed,
      lang,
    },
  }),
  answer: async ({ seed: own, lang }, { image, n = 2, m = 9, policy, seed = own }, { output }) => {
    const { picture, tiles, firstFrame } = output;
    const again = { image, ...(policy === undefined ? { n, m } : { policy }), seed };
    const text = `**RandAugment** · ${said(n, m, policy)[lang]} · ${{ en: "seed", ko: "시드" }[lang]} ${seed}`;
    return {
      text: firstFrame ? `${text}\n${firstFrameNote[lang]}` : text,
      pictures: [picture],
      buttons: [shuffleButton("randaugment", again, seed, lang)],
      data: {
        policy: policy === undefined ? { kind: "randaugment", n, m, of: 30 } : { kind: "timm", ...parseTimm(policy), of: 10 },
        seed,
        tiles,
        firstFrame,
      },
    };
  },
});
