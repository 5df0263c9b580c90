import { putPicture } from "../src/blobs/picture.ts";
import { describeAnswer } from "../src/draw/classificationCard.ts";
import { comparedBox, comparisonCard } from "../src/draw/comparisonCard.ts";
import { renderPhotoCard } from "../src/draw/photoCard.ts";
import { sentence, UserError } from "../src/errors.ts";
import type { Handler } from "../src/jobs/context.ts";
import { predict } from "../src/jobs/contracts/predict.ts";
import { hasCrashed, type LimitCode, limitMistake } from "../src/jobs/limits.ts";
import type { JobResult } from "../src/jobs/results.ts";
import type { Text } from "../src/text.ts";
import { openPhoto } from "./parts/openPhoto.ts";

/** Which limit stopped a model, in fewer words than when it was asked alone. */
const limits = (maxMb: number): Readonly<Record<LimitCode, Text>> => ({
  too_slow: {
    en: `used more than ${predict.processorSeconds} s of processor time`,
    ko: `프로세서 시간을 ${predict.processorSeconds}초 넘게 썼어요`,
  },
  waited_too_long: { en: "waited too long: the machine is busy", ko: "컴퓨터가 바빠서 너무 오래 기다렸어요" },
  too_much_memory: { en: `needed more than ${maxMb} MB of memory`, ko: `메모리가 ${maxMb} MB보다 더 필요했어요` },
});

/** Why a model did not answer: a code for programs, a few words for people. */
const failureOf = (end: Exclude<JobResult, { output: unknown }>, maxMb: number): { error: string; reason: Text } => {
  if ("mistake" in end) return { error: end.mistake.code, reason: sentence(end.mistake) };
  const limit = limitMistake(end.failure, predict, maxMb)?.code;
  if (limit) return { error: limit, reason: limits(maxMb)[limit] };
  if (hasCrashed(end.failure)) return { error: "crashed", reason: { en: "crashed", ko: "실행 중에 멈췄어요" } };
  return { error: "ours", reason: { en: "broke on our side", ko: "저희 쪽 문제로 답하지 못했어요" } };
};

/** Draws what several models predict for a picture, and why some did not answer. */
export const compare: Handler<"compare"> = async ({ image: file, models, lang }, { blobs, dependencies, maxMb }) => {
  const ends = await dependencies();
  const outcomes = models.map(({ name, params, macs }, index) => {
    const end = ends.get(index);
    if (!end || ("mistake" in end && end.mistake.code === "cancelled")) throw new UserError("cancelled", {});
    if ("output" in end) return { model: name, params, macs, ...predict.output.parse(end.output) };
    const { error, reason } = failureOf(end, maxMb);
    return { model: name, error, reason: reason[lang] };
  });
  const { image, firstFrame } = await openPhoto(file, [], comparedBox, { blobs });
  const chart = await renderPhotoCard(comparisonCard(image, outcomes, lang));
  const alt = outcomes.map((it) => ("top" in it ? describeAnswer(it, lang) : `${it.model}: ${it.reason}`)).join("; ");
  return {
    firstFrame,
    picture: await putPicture(blobs, chart, { name: "classify", alt }),
    models: outcomes.flatMap((it) => ("top" in it ? [{ model: it.model, top: it.top, ms: it.ms }] : [])),
    failed: outcomes.flatMap((it) => ("top" in it ? [] : [it])),
  };
};
