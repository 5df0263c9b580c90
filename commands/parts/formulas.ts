import type { Gathered } from "./gathered.ts";

/** The formula behind each kind of run and picture, in LaTeX without `|`, which would begin a table. */
const formulas: Readonly<Record<string, { title: string; tex: string; source: string }>> = {
  train: {
    title: "cross-entropy",
    tex: String.raw`\mathcal{L} = -\sum_c y_c \log p_c`,
    source: "softmax classifier",
  },
  distill: {
    title: "knowledge distillation",
    tex: String.raw`\mathcal{L} = w_{\text{soft}}\, T^2\, \mathrm{KL}\left(p^{\text{teacher}}_T \,\Vert\, p^{\text{student}}_T\right) + w_{\text{hard}}\, \mathrm{CE}\left(y, p^{\text{student}}\right), \quad p_T = \mathrm{softmax}\left(z / T\right)`,
    source: "Hinton, Vinyals & Dean 2015",
  },
  pseudolabel: {
    title: "pseudo-labels",
    tex: String.raw`\mathcal{L} = \mathcal{L}_{\text{labelled}} + \alpha(t)\, \mathrm{CE}\left(\hat{y}, p\right), \quad \hat{y} = \arg\max_c p_c`,
    source: "Lee 2013",
  },
  fixmatch: {
    title: "FixMatch",
    tex: String.raw`\mathcal{L}_u = \frac{1}{\mu B} \sum_b \mathbb{1}\left[\max q_b \ge \tau\right] \mathrm{CE}\left(\arg\max q_b,\, p(\mathcal{A}(u_b))\right)`,
    source: "Sohn et al. 2020",
  },
  cutmix: {
    title: "CutMix",
    tex: String.raw`\tilde{x} = M \odot x_A + (1 - M) \odot x_B, \quad \tilde{y} = \lambda y_A + (1 - \lambda) y_B`,
    source: "Yun et al. 2019",
  },
  mixup: {
    title: "mixup",
    tex: String.raw`\tilde{x} = \lambda x_A + (1 - \lambda) x_B, \quad \tilde{y} = \lambda y_A + (1 - \lambda) y_B`,
    source: "Zhang et al. 2017",
  },
};

/** The formulas behind what was done, each once. */
export const formulasOf = ({ runs, requests }: Pick<Gathered, "runs" | "requests">) => {
  const done = new Set<string>([...runs.map((it) => it.kind), ...requests.map((it) => it.command)]);
  return Object.entries(formulas).flatMap(([name, formula]) => (done.has(name) ? [formula] : []));
};
