import { z } from "zod";
import { UserError } from "../../errors.ts";
import type { Text } from "../../text.ts";

/** A policy as timm's strings write it. M is out of 10 there, not out of torchvision's 30. */
export const Timm = z.object({
  /** Magnitude; 10 is the end of the ranges. */
  m: z.number().min(0).max(30),
  /** Operations per picture. */
  n: z.int().min(1).max(8),
  /** Each of them is done with this probability. */
  p: z.number().min(0).max(1),
  /** Standard deviation of the magnitude; above 100 it is drawn evenly from 0 to m. */
  mstd: z.number().min(0).max(1000),
  /** The magnitude is cut off here after drawing. */
  mmax: z.number().min(1).max(30),
  /** Operations that grow with the magnitude; without, posterize and solarize get weaker as M rises. */
  inc: z.boolean(),
});
export type Timm = z.infer<typeof Timm>;

/** What timm takes where a string says nothing. */
const defaults: Timm = { m: 10, n: 2, p: 0.5, mstd: 0, mmax: 10, inc: false };

/**
 * Reads a policy string: `rand-m9-n2-mstd0.5-inc1-p0.5`, sections in any order. `inc0` is off, although timm's own parser takes it
 * for on. Throws `bad_policy` with the reason. Pure, so that the bot can refuse a string before any work is queued.
 */
export const parseTimm = (text: string): Timm => {
  const got = text.trim().toLowerCase();
  const fail = (en: string, ko: string): never => {
    throw new UserError("bad_policy", { got: text.slice(0, 80), why: { en, ko } });
  };
  const [kind, ...sections] = got.split("-");
  if (kind !== "rand") return fail('it should begin with "rand"', '"rand"로 시작해야 해요');
  const given: Partial<Record<keyof Timm, number>> = {};
  for (const section of sections) {
    const [, key = "", digits = ""] = /^([a-z]+)(\d+(?:\.\d+)?)$/.exec(section) ?? [];
    if (/^[tw]/.test(section))
      return fail(`sets of operations ("${section}") are not offered here`, `변형 묶음("${section}")은 지원하지 않아요`);
    if (!(key in defaults)) return fail(`I do not know the part "${section}"`, `"${section}" 부분을 모르겠어요`);
    const name = key as keyof Timm;
    if (name in given) return fail(`it says "${name}" twice`, `"${name}" 항목이 두 번 나와요`);
    given[name] = Number(digits);
  }
  const { data, error } = Timm.safeParse({ ...defaults, ...given, inc: Boolean(given.inc) });
  const issue = error?.issues[0];
  if (!data)
    return fail(`its part "${String(issue?.path[0])}" is out of range`, `"${String(issue?.path[0])}" 값이 범위를 벗어났어요`);
  return data;
};

/** The policy as a string in one spelling, every part stated. */
export const formatTimm = ({ m, n, p, mstd, mmax, inc }: Timm): string =>
  `rand-m${m}-n${n}-mstd${mstd}-mmax${mmax}-inc${inc ? 1 : 0}-p${p}`;

/** What was understood, with its scale. */
export const explainTimm = ({ m, n, p, mstd, mmax, inc }: Timm): Text => {
  const drawn = mstd > 100;
  const spread = `M ${m}${mstd && !drawn ? ` ± ${mstd}` : ""}`;
  const ceiling = mmax === 10 ? "" : ` (≤ ${mmax})`;
  return {
    en: `timm's scale: ${drawn ? `M drawn from 0 to ${m}` : spread} of 10${ceiling} · N ${n} with chance ${p} each · ${inc ? "inc: grows with M" : "no inc: posterize and solarize weaken as M rises"}`,
    ko: `timm 기준: ${drawn ? `M 0~${m} 에서 샘플링` : spread} (10이 최대)${ceiling} · N ${n} (확률 ${p}씩) · ${inc ? "inc: M이 클수록 강함" : "inc 없음: M이 클수록 포스터화와 솔라라이즈가 약해짐"}`,
  };
};
