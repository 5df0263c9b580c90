import { marginOf } from "../../accuracies.ts";
import { policyHeatMap } from "../../draw/policyHeatMap.ts";
import { policyList } from "../../draw/policyList.ts";
import { formatTimm, parseTimm, type Timm } from "../../images/policy/timm.ts";
import { spreadOf } from "../../numbers.ts";
import { seeded } from "../../random.ts";
import type { Language } from "../../text.ts";
import { armCost, stepCost, stepsWithin } from "../budget.ts";
import { titleOf } from "../cards.ts";
import type { Arm, ArmResult, Experiment, Setting } from "../experiment.ts";
import { netNamed } from "../netNamed.ts";
import type { PresetName } from "../presets.ts";
import type { RunReport } from "../report.ts";
import { batchSizes, plainAugmentation, trainingFor } from "../training.ts";

/** The grid of each preset, on timm's scale, where magnitude 10 is the end of the ranges; and how many policies are drawn instead. */
const grids: Readonly<Record<PresetName, { ns: readonly number[]; ms: readonly number[]; drawn: number }>> = {
  taste: { ns: [1, 2], ms: [4, 9], drawn: 4 },
  lesson: { ns: [1, 2, 3], ms: [3, 6, 9], drawn: 8 },
  proper: { ns: [1, 2, 3], ms: [2, 4, 6, 8, 10], drawn: 16 },
};
/** Share of the work that goes into looking; the rest compares the best policy with none, trained for longer. */
const SEARCH_SHARE = 0.6;
const [PLAIN, CONTROL, BEST] = ["no policy, briefly", "no policy", "best policy"] as const;

const policyOf = (n: number, m: number): string => formatTimm({ ...parseTimm("rand-inc1-p1"), n, m });

/** Policies drawn evenly: one to three operations, any magnitude, each operation done with a chance of a half to one. */
const drawPolicies = (count: number, seed: number): string[] => {
  const rng = seeded(seed);
  return Array.from({ length: count }, () => {
    const [n, m, p] = [1 + Math.floor(3 * rng()), 1 + Math.floor(10 * rng()), (5 + Math.floor(6 * rng())) / 10];
    return formatTimm({ ...parseTimm("rand-inc1"), n, m, p } satisfies Timm);
  });
};

/** The policy whose brief training did best on the validation pictures; on the test pictures where there are none. */
const scoreOf = ({ validation, test }: ArmResult): number => (validation ?? test).accuracy;
const bestOf = (tried: readonly ArmResult[]): ArmResult => tried.reduce((a, b) => (scoreOf(b) > scoreOf(a) ? b : a));

/**
 * Tries policies briefly, chooses by the validation pictures, and then trains the chosen one and none for longer, side by side: the gain
 * is measured where nothing was chosen.
 */
export const policysearch = (setting: Setting<"policysearch">): Experiment => {
  const { spec, dataset, train: pictures, work } = setting;
  const net = netNamed(spec.net, dataset.size);
  const { ns, ms, drawn } = grids[spec.preset];
  const grid = ns.flatMap((n) => ms.map((m) => policyOf(n, m)));
  const policiesFor = (seed: number) => (spec.search === "grid" ? grid : drawPolicies(drawn, seed));
  const tries = (spec.search === "grid" ? grid.length : drawn) + 1;
  const batch = Math.min(batchSizes[spec.preset], pictures.length);
  const perStep = stepCost(net, dataset.classes.length, batch);
  const left = work - (tries + 2) * armCost(net, setting);
  const brief = stepsWithin((left * SEARCH_SHARE) / tries, perStep);
  const long = stepsWithin((left * (1 - SEARCH_SHARE)) / 2, perStep);

  const arm = (name: string, seed: number, steps: number, policy?: string): Arm => ({
    ...{ name, net, seed, task: { kind: "supervised" }, recipe: trainingFor(net, { steps, batch }) },
    data: { pictures, batch, augment: { ...plainAugmentation, ...(policy !== undefined && { policy }) } },
  });

  return {
    steps: tries * brief + 2 * long,
    armCount: tries + 2,
    control: CONTROL,
    main: BEST,
    chooses: true,
    arms: (seed, done) => {
      const policies = policiesFor(seed);
      if (done.length === 0) return [arm(PLAIN, seed, brief), ...policies.map((policy) => arm(policy, seed, brief, policy))];
      if (done.length > policies.length + 1) return [];
      return [arm(CONTROL, seed, long), arm(BEST, seed, long, bestOf(done.slice(1)).arm.name)];
    },
    findings: (results, report, lang) => {
      const fields = fieldsOf(results, setting);
      const image = draw(setting, fields, report, lang);
      const alt = fields.policies.map((it) => `${it.policy}: ${(100 * it.validation).toFixed(1)} %`).join("; ");
      return { fields, pictures: [{ name: "policies", image, alt }] };
    },
  };
};

const fieldsOf = (results: readonly ArmResult[], { spec, validation, dataset }: Setting<"policysearch">) => {
  const searched = results.filter(({ arm }) => arm.name !== CONTROL && arm.name !== BEST);
  const scores = (name: string) => searched.filter(({ arm }) => arm.name === name).map(scoreOf);
  const names = [...new Set(searched.map(({ arm }) => arm.name))].filter((name) => name !== PLAIN);
  const policies = names
    .map((policy) => {
      const { n, m } = parseTimm(policy);
      return { policy, n, m, validation: spreadOf(scores(policy)).mean };
    })
    .sort((a, b) => b.validation - a.validation);
  const tried = searched.filter(({ arm }) => arm.seed === spec.seed && arm.name !== PLAIN);
  const plain = scores(PLAIN);
  const baseline = plain.length > 0 ? spreadOf(plain).mean : 0;
  const pictures = (validation.length || dataset.test.count) * plain.length;
  return {
    policies,
    plain: baseline,
    margin: marginOf(baseline, pictures),
    best: tried.length > 0 ? bestOf(tried).arm.name : "",
  };
};

const draw = (
  { spec }: Setting<"policysearch">,
  { policies, plain, margin }: ReturnType<typeof fieldsOf>,
  report: RunReport,
  lang: Language,
) => {
  const steps = report.arms.find(({ name }) => name === PLAIN)?.steps ?? 0;
  const subtitle = {
    en: `validation accuracy after ${steps} steps each; short runs favour weak policies`,
    ko: `각각 ${steps}스텝 학습한 뒤의 검증 정확도. 짧은 학습에서는 약한 정책이 유리해요`,
  }[lang];
  const heading = { title: titleOf(report.spec, lang), subtitle, baseline: plain, margin };
  if (spec.search === "random")
    return policyList(
      { ...heading, policies: policies.map(({ policy, validation }) => ({ policy, accuracy: validation })) },
      lang,
    );
  const { ns, ms } = grids[spec.preset];
  const at = (n: number, m: number) => policies.find((it) => it.n === n && it.m === m)?.validation ?? null;
  return policyHeatMap({ ...heading, ns, ms, accuracies: ns.map((n) => ms.map((m) => at(n, m))) }, lang);
};
