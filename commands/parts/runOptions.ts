import type { CommandContext } from "../../src/chat/command.ts";
import type { ArgsOf, Choice, OptionSpecs } from "../../src/chat/options.ts";
import { MAX_SEEDS } from "../../src/runs/kinds/common.ts";
import { presetNames, presets } from "../../src/runs/presets.ts";
import { dataChoices, resolveData } from "./data.ts";
import { netNames } from "./runNets.ts";

/** The longest hypothesis, in characters; what is beyond is cut. */
const MAX_HYPOTHESIS = 500;

const named = (names: readonly string[]): readonly Choice[] => names.map((it) => ({ value: it, label: { en: it, ko: it } }));

/** Completes the names of networks that can be trained here. */
export const suggestNets = async (): Promise<readonly Choice[]> => named(netNames);

/** Which network a run trains; call `resolveNet` with it and the preset. */
export const netOption = {
  kind: "text",
  ko: "신경망",
  about: { en: "the network to train; one that suits the preset when left out", ko: "학습할 신경망. 비우면 규모에 맞는 것" },
  suggest: suggestNets,
} as const;

/**
 * The options that every run has, after its own. With their defaults alone a run needs no download and takes half a minute. The seed
 * is not drawn for each request: runs of one seed differ by nothing but what was changed.
 */
export const runOptions = {
  data: {
    kind: "text",
    ko: "데이터",
    about: { en: "the data set", ko: "데이터셋" },
    suggest: dataChoices,
    default: "shapes",
  },
  preset: {
    kind: "choice",
    ko: "규모",
    about: { en: "how long it may take", ko: "걸리는 시간" },
    of: presetNames,
    labels: Object.fromEntries(
      presetNames.map((it) => [it, { en: `${it}: ${presets[it].about.en}`, ko: `${presets[it].ko}: ${presets[it].about.ko}` }]),
    ),
    default: "taste",
  },
  seeds: {
    kind: "number",
    ko: "시드수",
    about: { en: "repeat with so many seeds, to see what is chance", ko: "서로 다른 시드로 반복할 횟수. 우연인지 알 수 있어요" },
    min: 1,
    max: MAX_SEEDS,
    whole: true,
    default: 1,
  },
  seed: {
    kind: "number",
    ko: "시드",
    about: { en: "the same number gives the same result again", ko: "같은 숫자를 넣으면 같은 결과가 나와요" },
    min: 0,
    max: 2147483647,
    whole: true,
    default: 1,
  },
  hypothesis: { kind: "text", ko: "가설", about: { en: "what you expect to see", ko: "예상하는 결과" } },
} as const satisfies OptionSpecs;

/** What every spec has, from the options that every run has. */
export const commonSpec = async (
  context: CommandContext,
  { data, preset, seeds, seed, hypothesis }: ArgsOf<typeof runOptions>,
) => ({
  data: (await resolveData(context, data)).name,
  preset,
  seed,
  seeds,
  ...(hypothesis !== undefined && { hypothesis: hypothesis.slice(0, MAX_HYPOTHESIS) }),
});
