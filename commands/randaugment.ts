import { z } from "zod";
import { command } from "../src/chat/command.ts";
import { explainTimm, formatTimm, parseTimm, Timm } from "../src/images/policy/timm.ts";
import { policy as policyJob } from "../src/jobs/contracts/policy.ts";
import { labelButtons } from "./parts/labelButtons.ts";
import { imageToVary, seedOption } from "./parts/options.ts";
import { fields, linesOf, shuffleButton } from "./parts/replies.ts";

const TILES = 8;

/** The policy in words, with the scale of its magnitude. */
const describePolicy = (n: number, m: number, policy: string | undefined) => {
  if (policy === undefined)
    return { en: `N ${n} · M ${m} of 30 (torchvision's scale)`, ko: `N ${n} · M ${m} (torchvision 기준, 최대 30)` };
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
      about: { en: "operations per variant", ko: "한 장에 적용할 변형 수" },
      min: 1,
      max: 8,
      whole: true,
      default: 2,
    },
    m: {
      kind: "number",
      ko: "세기",
      about: { en: "magnitude, 0 to 30 as in torchvision", ko: "세기. torchvision처럼 0~30" },
      min: 0,
      max: 30,
      whole: true,
      default: 9,
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
  data: z.object({
    policy: z.union([
      z.object({ kind: z.literal("randaugment"), n: z.int(), m: z.int(), of: z.literal(30).describe("the end of M's scale") }),
      z
        .object({ kind: z.literal("timm"), ...Timm.shape, of: z.literal(10).describe("the end of M's scale") })
        .describe("where `policy` was given, with the defaults of what it leaves out"),
    ]),
    seed: fields.seed,
    tiles: policyJob.output.shape.tiles.describe(
      "in the order of the sheet, without the original; a tile's operations in the order in which they were applied, none where chance left it alone (timm's p)",
    ),
    firstFrame: fields.firstFrame,
  }),
  run: async ({ lang }, { image, n, m, policy, seed }) => ({
    job: "policy",
    input: {
      image,
      policy: policy === undefined ? { kind: "randaugment", n, m } : { kind: "timm", ...parseTimm(policy) },
      n: TILES,
      seed,
      lang,
    },
  }),
  answer: async (context, { image, n, m, policy, seed }, { output: { picture, tiles, firstFrame } }) => {
    const { lang } = context;
    const again = { image, ...(policy === undefined ? { n, m } : { policy }), seed };
    const text = `**RandAugment** · ${describePolicy(n, m, policy)[lang]} · ${{ en: "seed", ko: "시드" }[lang]} ${seed}`;
    const buttons = [shuffleButton("randaugment", again, seed, lang)];
    return {
      text: linesOf([text], firstFrame, lang),
      pictures: [picture],
      buttons: [...buttons, ...(await labelButtons(context, image, buttons))],
      data: {
        policy:
          policy === undefined
            ? ({ kind: "randaugment", n, m, of: 30 } as const)
            : ({ kind: "timm", ...parseTimm(policy), of: 10 } as const),
        seed,
        tiles,
        firstFrame,
      },
    };
  },
});
