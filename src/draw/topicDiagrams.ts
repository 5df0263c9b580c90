import type { CardTopic } from "../cardTopics.ts";
import type { Language } from "../text.ts";
import { heading, paragraph, stack } from "./blocks.ts";
import type { Drawing } from "./drawing.ts";
import { renderSvg } from "./svg.ts";
import { bias } from "./topics/bias.ts";
import { distillation, distillationUnlabelled } from "./topics/distillation.ts";
import { auxiliary, compoundScaling } from "./topics/networks.ts";
import { degradation, oneByOne, policySearch } from "./topics/numbers.ts";
import type { TopicDiagram } from "./topics/topicDiagram.ts";
import { transferFinetune, transferFrozen } from "./topics/transfer.ts";
import { noisyStudent, pseudoLabels, semiSupervised } from "./topics/unlabelled.ts";

/** The topics that are explained by a diagram of their own. */
export const topicDiagrams = {
  bias,
  "policy-search": policySearch,
  "transfer-frozen": transferFrozen,
  "transfer-finetune": transferFinetune,
  distillation,
  "distillation-unlabelled": distillationUnlabelled,
  "semi-supervised": semiSupervised,
  "pseudo-labels": pseudoLabels,
  "noisy-student": noisyStudent,
  "one-by-one": oneByOne,
  auxiliary,
  degradation,
  efficientnet: compoundScaling,
} as const satisfies Partial<Record<CardTopic, TopicDiagram>>;

export type DiagramTopic = keyof typeof topicDiagrams;

/** A topic's diagram as an SVG. */
export const drawTopic = (topic: DiagramTopic, lang: Language): string => {
  const { title, subtitle, blocks, caption } = topicDiagrams[topic](lang);
  return stack([heading(title, subtitle), ...blocks, paragraph(caption)]);
};

/** A topic's diagram, 1080 pixels wide, with what it says in one line. */
export const topicDiagram = (topic: DiagramTopic, lang: Language): { image: Drawing; alt: string } => {
  const { title, caption } = topicDiagrams[topic](lang);
  return { image: renderSvg(drawTopic(topic, lang)), alt: `${title}. ${caption}` };
};
