import type { Text } from "../text.ts";

/** What helps whoever cannot download something. */
const fetchHints: Readonly<Record<"model" | "data", Text>> = {
  model: {
    en: "Please try again later, or add the .onnx file yourself with `/models add`.",
    ko: "나중에 다시 시도하거나 `/모델 추가`로 .onnx 파일을 직접 추가해 주세요.",
  },
  data: {
    en: "Please try again later, or use `data:shapes`, which needs no download.",
    ko: "나중에 다시 시도하거나 내려받지 않아도 되는 `데이터:shapes`를 써 보세요.",
  },
};

/** What can be wrong with models and with what is said about them. See `errors.ts`. */
export const models = {
  no_models: (_: object): Text => ({
    en: "No model is installed yet. Fetch one with `/models fetch name:resnet18`, or add your own: `/models add name:mine preprocessing:torchvision labels:imagenet` with the .onnx file attached.",
    ko: "아직 설치된 모델이 없어요. `/모델 다운로드 이름:resnet18`로 내려받거나, .onnx 파일을 첨부해서 `/모델 추가 이름:mine 전처리:torchvision 라벨:imagenet`으로 추가해 보세요.",
  }),
  unknown_model: (f: { name: string; near: string[]; known: string[] }): Text => ({
    en: `There is no model called "${f.name}". ${f.near.length > 0 ? `Did you mean ${f.near.join(", ")}?` : `I know ${f.known.join(", ") || "none yet"}.`}`,
    ko: `"${f.name}" 모델은 없어요. ${f.near.length > 0 ? `혹시 ${f.near.join(", ")}인가요?` : `지금 있는 모델: ${f.known.join(", ") || "없음"}.`}`,
  }),
  bad_model_name: (f: { got: string }): Text => ({
    en: `"${f.got}" cannot be a model's name: use 1 to 48 small letters, digits, dots, dashes or underscores, beginning with a letter or digit; "all" is taken.`,
    ko: `"${f.got}"라는 이름은 모델에 쓸 수 없어요. 영문 소문자, 숫자, 점, 하이픈, 밑줄을 1~48자로 쓰고 글자나 숫자로 시작해 주세요. "all"은 쓸 수 없어요.`,
  }),
  model_taken: (f: { name: string; by: string }): Text => ({
    en: `There already is a model "${f.name}", added by ${f.by}. Choose another name, or have it removed first, by whoever added it or an administrator: \`/models remove name:${f.name}\`.`,
    ko: `"${f.name}" 모델은 이미 있어요(추가한 사람: ${f.by}). 다른 이름을 쓰거나, 추가한 사람이나 관리자가 먼저 \`/모델 삭제 이름:${f.name}\`으로 지워야 해요.`,
  }),
  not_your_model: (f: { name: string; by: string }): Text => ({
    en: `${f.name} was added by ${f.by}. Only they, or somebody who administers this group, can remove it.`,
    ko: `${f.name} 모델은 ${f.by} 님이 추가했어요. 추가한 사람이나 이 그룹의 관리자만 지울 수 있어요.`,
  }),
  not_onnx: (f: { name: string }): Text => ({
    en: `"${f.name}" is not an ONNX model. PyTorch writes one with torch.onnx.export(model, input, "model.onnx", dynamo=False).`,
    ko: `"${f.name}" 파일은 ONNX 모델이 아니에요. PyTorch에서는 torch.onnx.export(model, input, "model.onnx", dynamo=False)로 만들 수 있어요.`,
  }),
  model_external_data: (f: { file: string }): Text => ({
    en: `This model keeps its weights in another file ("${f.file}"), and I only accept models in a single file. Export it again with external_data=False, or join them with onnx.save(onnx.load("model.onnx"), "one.onnx").`,
    ko: `이 모델은 가중치가 다른 파일("${f.file}")에 있어요. 파일 하나로 된 모델만 받을 수 있으니 external_data=False로 다시 내보내거나 onnx.save(onnx.load("model.onnx"), "one.onnx")로 합쳐 주세요.`,
  }),
  model_nodes: (f: { most: number }): Text => ({
    en: `This model has more than ${f.most} operations, counting those of its functions and inner graphs, which is the limit. Please export a smaller network, without unrolled loops.`,
    ko: `이 모델은 함수와 안쪽 그래프까지 세면 연산이 ${f.most}개가 넘어서 받을 수 없어요. 반복문을 풀어 쓰지 않은 더 작은 신경망으로 내보내 주세요.`,
  }),
  model_side: (f: { side: number; least: number; most: number }): Text => ({
    en: `This model takes pictures of ${f.side} x ${f.side} pixels; the side must be ${f.least} to ${f.most}. Please export it for a size in that range.`,
    ko: `이 모델은 ${f.side} x ${f.side}픽셀 사진을 받는데, 한 변이 ${f.least}~${f.most}픽셀이어야 해요. 그 사이의 크기로 내보내 주세요.`,
  }),
  model_not_finite: (f: { picture: Text }): Text => ({
    en: `This model answers with numbers that are not finite (NaN or infinite) on ${f.picture.en}, so its answers would mean nothing. Please check its weights and its preprocessing.`,
    ko: `이 모델은 ${f.picture.ko}에 유한하지 않은 값(NaN이나 무한대)으로 답해서 결과를 믿을 수 없어요. 가중치와 전처리를 확인해 주세요.`,
  }),
  model_slow: (f: { picture: Text; seconds: number; most: number }): Text => ({
    en: `This model needs ${f.seconds} s for ${f.picture.en}, and ${f.most} s is the most that one picture may take here. Please add a smaller one.`,
    ko: `이 모델은 ${f.picture.ko} 한 장에 ${f.seconds}초가 걸려요. 한 장에 ${f.most}초까지만 쓸 수 있으니 더 작은 모델을 추가해 주세요.`,
  }),
  model_set_aside: (f: { name: string; by: string }): Text => ({
    en: `${f.name} is set aside: it crashed or did not finish twice. ${f.by || "You"} can try it again with \`/classify model:${f.name}\`; until then please ask another one, \`/models\` lists them.`,
    ko: `${f.name} 모델은 두 번이나 멈추거나 끝나지 않아서 잠시 빼 두었어요. ${f.by ? `${f.by} 님이 ` : ""}\`/분류 모델:${f.name}\`으로 다시 시도할 수 있어요. 그때까지는 \`/모델\`에서 다른 모델을 골라 주세요.`,
  }),
  labels_too_long: (f: { gotMb: number; maxMb: number }): Text => ({
    en: `Those class names are ${f.gotMb} MB of text and the limit is ${f.maxMb} MB. Please send one short name for each class.`,
    ko: `클래스 이름이 모두 ${f.gotMb} MB인데 한도는 ${f.maxMb} MB예요. 클래스마다 짧은 이름을 하나씩 적어 주세요.`,
  }),
  model_input: (f: { got: string }): Text => ({
    en: `I need a model with exactly one input: one RGB picture, float32, shaped [1, 3, height, width] or [1, height, width, 3] with a square side. This one takes ${f.got}.`,
    ko: `입력이 RGB 사진 한 장(float32, [1, 3, 높이, 너비] 또는 [1, 높이, 너비, 3], 정사각형)인 모델이어야 해요. 이 모델의 입력: ${f.got}.`,
  }),
  model_output: (f: { got: string }): Text => ({
    en: `I need a classifier: exactly one output, float32, shaped [1, classes] with at least two classes. This model gives ${f.got}; detectors and models that give pictures cannot classify or teach here.`,
    ko: `분류 모델이어야 해요. 출력은 float32 [1, 클래스 수] 하나이고 클래스가 둘 이상이어야 해요. 이 모델의 출력은 ${f.got}이고, 객체 탐지 모델이나 이미지를 출력하는 모델로는 분류도, 교사 역할도 할 수 없어요.`,
  }),
  model_fails: (f: { reason: string }): Text => ({
    en: `ONNX Runtime cannot run this model: ${f.reason}`,
    ko: `ONNX Runtime이 이 모델을 실행하지 못했어요: ${f.reason}`,
  }),
  label_count: (f: { labels: number; classes: number; sets: string[] }): Text => ({
    en: `The model has ${f.classes} classes, but ${f.labels === 0 ? "I was given no names for them" : `I was given ${f.labels} names`}. Use labels:${f.sets.join(" or labels:")}, or attach a .txt file with one class name a line.`,
    ko: `모델의 클래스는 ${f.classes}개인데 이름은 ${f.labels}개예요. 라벨:${f.sets.join(" 또는 라벨:")} 중에서 고르거나, 한 줄에 이름 하나씩 적은 .txt 파일을 첨부해 주세요.`,
  }),
  bad_labels: (_: object): Text => ({
    en: "I cannot read that list of class names. It should be a text file with one name a line (at least two, no empty lines), or a JSON array of names.",
    ko: "클래스 이름 목록을 읽을 수 없어요. 한 줄에 이름 하나씩(두 개 이상, 빈 줄 없이) 적은 텍스트 파일이나 이름의 JSON 배열이어야 해요.",
  }),
  bad_preprocessing: (f: { problem: string; known: string[] }): Text => ({
    en: `I do not understand that preprocessing: ${f.problem}. Use one of ${f.known.join(", ")}, or JSON such as {"base":"torchvision","resize":256,"crop":224,"order":"BGR"}.`,
    ko: `전처리 설정을 이해하지 못했어요: ${f.problem}. ${f.known.join(", ")} 중 하나를 쓰거나 {"base":"torchvision","resize":256,"crop":224,"order":"BGR"} 같은 JSON으로 적어 주세요.`,
  }),
  unknown_class: (f: { got: string; model: string; near: string[] }): Text => ({
    en: `${f.model} has no class "${f.got}".${f.near.length > 0 ? ` Did you mean ${f.near.join(", ")}?` : ""}`,
    ko: `${f.model} 모델에는 "${f.got}" 클래스가 없어요.${f.near.length > 0 ? ` 혹시 ${f.near.join(", ")}인가요?` : ""}`,
  }),
  fetch_failed: ({ name, status, gotMb, what }: { name: string; status: number; gotMb: number; what?: "data" }): Text => {
    const hint = fetchHints[what ?? "model"];
    const why =
      status === 0
        ? { en: "the server cannot be reached from here, or the connection broke", ko: "서버에 연결할 수 없거나 연결이 끊겼어요" }
        : { en: `the server answered ${status}`, ko: `서버 응답 ${status}` };
    return {
      en: `I could not download ${name}: ${why.en}. ${gotMb > 0 ? `The first ${gotMb} MB are kept, and the next try goes on from there.` : hint.en}`,
      ko: `${name} 파일을 내려받지 못했어요: ${why.ko}. ${gotMb > 0 ? `받은 ${gotMb} MB는 보관했으니 다시 시도하면 이어서 받아요.` : hint.ko}`,
    };
  },
  fetch_differs: (f: { name: string }): Text => ({
    en: `What the server sent for ${f.name} is not the file I know (its SHA-256 differs), so I threw it away. Please try again later.`,
    ko: `서버가 보낸 ${f.name} 파일이 제가 아는 것과 달라서(SHA-256 불일치) 버렸어요. 나중에 다시 시도해 주세요.`,
  }),
  model_shipped: (f: { name: string }): Text => ({
    en: `${f.name} comes with Peerlab and stays, so that everybody has something to start with. Name another with model: instead.`,
    ko: `${f.name} 모델은 Peerlab에 들어 있어서 지울 수 없어요. 다른 모델을 쓰려면 모델 옵션으로 골라 주세요.`,
  }),
};
