import type { Text } from "../text.ts";

/** What can be wrong with a run and with what is said about it. See `errors.ts`. */
export const learning = {
  too_few_unlabelled: (f: { got: number; least: number }): Text => ({
    en: `To learn from pictures without labels I need ${f.least} or more, and there ${f.got === 1 ? "is 1" : `are ${f.got}`}. Send some more to this group first.`,
    ko: `라벨 없는 사진으로 배우려면 ${f.least}장 이상이 필요한데 지금은 ${f.got}장이에요. 사진을 더 올린 뒤 다시 해 보세요.`,
  }),
  one_kind: (f: { teacher: string; label: string }): Text => ({
    en: `${f.teacher} calls every one of these pictures "${f.label}", so there is nothing to tell apart. Add other pictures, or choose another teacher.`,
    ko: `${f.teacher} 모델이 모든 사진을 "${f.label}" 클래스라고 답해서 구별할 것이 없어요. 다른 사진을 더하거나 다른 교사를 골라 보세요.`,
  }),
  unknown_data: (f: { name: string; near: string[]; known: string[] }): Text => ({
    en: `There is no data set "${f.name}". ${f.near.length > 0 ? `Did you mean ${f.near.join(", ")}?` : `I know ${f.known.join(", ")}.`}`,
    ko: `"${f.name}" 데이터셋은 없어요. ${f.near.length > 0 ? `혹시 ${f.near.join(", ")}인가요?` : `지금 있는 데이터셋: ${f.known.join(", ")}.`}`,
  }),
  unknown_net: (f: { name: string; near: string[]; known: string[] }): Text => ({
    en: `There is no network "${f.name}". ${f.near.length > 0 ? `Did you mean ${f.near.join(", ")}?` : `For pictures of this size I know ${f.known.join(", ")}.`}`,
    ko: `"${f.name}" 신경망은 없어요. ${f.near.length > 0 ? `혹시 ${f.near.join(", ")}인가요?` : `이 크기의 사진에 쓸 수 있는 신경망: ${f.known.join(", ")}.`}`,
  }),
  teacher_classes: (f: { teacher: string; data: string; missing: string[] }): Text => ({
    en: `${f.teacher} cannot teach ${f.data}: it does not know ${f.missing.join(", ")}. A teacher has to know every class of the data by its name.`,
    ko: `${f.teacher} 모델은 ${f.data} 데이터를 가르칠 수 없어요. 모르는 클래스: ${f.missing.join(", ")}. 교사 모델은 데이터의 모든 클래스를 같은 이름으로 알고 있어야 해요.`,
  }),
  tested_classes: (f: { model: string; data: string; missing: string[] }): Text => ({
    en: `${f.model} cannot be tested on ${f.data}: it does not know ${f.missing.join(", ")}. Take data whose classes the model knows by the same names.`,
    ko: `${f.model} 모델은 ${f.data} 데이터로 평가할 수 없어요. 모르는 클래스: ${f.missing.join(", ")}. 모델이 같은 이름으로 아는 클래스로 된 데이터를 골라 주세요.`,
  }),
  teacher_features: (f: { teacher: string }): Text => ({
    en: `${f.teacher} has no feature map before its last layers that a student could copy. Take method:kd, or another teacher.`,
    ko: `${f.teacher} 모델에는 학생이 따라 할 특징 맵이 마지막 레이어 앞에 없어요. 방법:kd를 쓰거나 다른 교사 모델을 골라 주세요.`,
  }),
  diverged: (f: { step: number; learningRate: number; suggestion: number | null }): Text => ({
    en: `The loss was no longer a number at step ${f.step}: the learning rate ${f.learningRate} is too high.${f.suggestion === null ? "" : ` The learning rate finder suggests ${f.suggestion}.`}`,
    ko: `${f.step}번째 스텝에서 손실이 NaN이 됐어요. 학습률(${f.learningRate})이 너무 높아요.${f.suggestion === null ? "" : ` 학습률 탐색이 추천하는 값은 ${f.suggestion}이에요.`}`,
  }),
  bad_label_count: (f: { got: string; most: number }): Text => ({
    en: `labels should be "all", "none" or a number from 1 to ${f.most}: how many labels a class are left. I got "${f.got}".`,
    ko: `라벨에는 "모두", "없음" 또는 클래스마다 남길 라벨 수(1~${f.most})를 넣어 주세요. 받은 값: "${f.got}".`,
  }),
  weights_sum: (_: object): Text => ({
    en: "soft and hard are both 0, so there is nothing to learn from. Give at least one of them a weight, for example soft:0.9 hard:0.1.",
    ko: "소프트와 하드가 둘 다 0이면 배울 것이 없어요. 소프트:0.9 하드:0.1처럼 적어도 하나에는 가중치를 주세요.",
  }),
  bad_label_counts: (f: { got: string; most: number; mostCounts: number }): Text => ({
    en: `"${f.got}" are no numbers of labels. Give up to ${f.mostCounts} whole numbers from 1 to ${f.most}, such as labels:10,30,100, or labels:all.`,
    ko: `라벨 수에 "${f.got}" 값은 쓸 수 없어요. 라벨:10,30,100처럼 1부터 ${f.most}까지의 정수를 ${f.mostCounts}개까지 쓰거나 라벨:모두를 써 주세요.`,
  }),
  no_dense_head: (f: { name: string }): Text => ({
    en: `${f.name} does not end in a dense layer that a new one could take the place of. Choose another model: \`/models\` lists them, and those that come with Peerlab all do.`,
    ko: `${f.name} 모델은 마지막이 완전 연결 레이어가 아니라서 새 레이어로 바꿀 수 없어요. 다른 모델을 골라 주세요. \`/모델\`에서 볼 수 있고, Peerlab에 들어 있는 모델은 모두 돼요.`,
  }),
  only_head: (f: { name: string; mode: string }): Text => ({
    en: `${f.name} was not trained here, so of it only a new last layer can be trained, not ${f.mode === "both" ? "everything" : "the whole network"}. Use mode:head, or choose a model that was trained with Peerlab.`,
    ko: `${f.name} 모델은 여기서 학습한 것이 아니라서 마지막 레이어만 새로 학습할 수 있어요. 방식:헤드로 해 보거나, Peerlab에서 학습한 모델을 골라 주세요.`,
  }),
  no_runs: (_: object): Text => ({
    en: "Nothing has been trained here yet. `/train` does it in half a minute.",
    ko: "아직 학습한 것이 없어요. `/학습`을 보내면 30초 만에 해 볼 수 있어요.",
  }),
  unknown_run: (f: { id: string }): Text => ({
    en: `There is no run here whose id begins with "${f.id}". \`/runs\` lists them.`,
    ko: `번호 앞자리가 "${f.id}"인 실험이 여기에는 없어요. \`/실험목록\`에서 확인해 보세요.`,
  }),
  run_without_result: (f: { id: string; waiting: boolean }): Text => ({
    en: `Run ${f.id} ${f.waiting ? "is still under way; please wait for its end" : "ended without a result, so there is nothing to compare"}.`,
    ko: `${f.id} 실험은 ${f.waiting ? "아직 진행 중이에요. 끝날 때까지 기다려 주세요" : "결과 없이 끝나서 비교할 것이 없어요"}.`,
  }),
  too_few_runs: (_: object): Text => ({
    en: "It takes two runs with results to compare, and there are not as many here yet. `/train` makes one in half a minute.",
    ko: "비교하려면 결과가 있는 실험이 두 개 있어야 하는데 아직 모자라요. `/학습`을 보내면 30초 만에 하나 만들 수 있어요.",
  }),
};
