import type { Text } from "./text.ts";

/** Why a file cannot be read, by the system's code. */
const unreadable: Readonly<Record<string, Text>> = {
  ENOENT: { en: "there is no such file", ko: "그런 파일이 없어요" },
  EISDIR: { en: "that is a folder", ko: "폴더예요" },
  EACCES: { en: "it is not shared with me", ko: "읽을 권한이 없어요" },
};

/**
 * Everything we ever tell a peer went wrong, in one table: what was expected, what came, what to do. Add a code here and the
 * compiler asks for its facts wherever it is thrown. Facts travel between processes, so they are plain JSON.
 */
const sayings = {
  unknown_command: (f: { name: string; known: string[] }): Text => ({
    en: `There is no command "/${f.name}". Try one of ${f.known.map((it) => `/${it}`).join(", ")}.`,
    ko: `"/${f.name}" 명령은 없어요. ${f.known.map((it) => `/${it}`).join(", ")} 중에서 골라 보세요.`,
  }),
  unknown_option: (f: { name: string; known: Text[] }): Text => ({
    en: `There is no option "${f.name}" here. This command takes ${f.known.map((it) => it.en).join(", ") || "no options"}.`,
    ko: `여기에는 "${f.name}" 옵션이 없어요. 쓸 수 있는 옵션: ${f.known.map((it) => it.ko).join(", ") || "없음"}.`,
  }),
  missing_option: (f: { name: string; about: Text }): Text => ({
    en: `Please add ${f.name}: ${f.about.en}.`,
    ko: `${f.name} 옵션이 필요해요: ${f.about.ko}.`,
  }),
  not_a_number: (f: { name: string; got: string; min: number; max: number }): Text => ({
    en: `${f.name} should be a number from ${f.min} to ${f.max}; I got "${f.got}".`,
    ko: `${f.name}에는 ${f.min}부터 ${f.max}까지의 숫자를 넣어 주세요. 받은 값: "${f.got}".`,
  }),
  not_a_choice: (f: { name: string; got: string; known: string[] }): Text => ({
    en: `"${f.got}" is not a ${f.name} I know. ${f.known.length > 0 ? `Try one of ${f.known.join(", ")}.` : `There is no ${f.name} to choose from yet.`}`,
    ko: `"${f.got}"은(는) 제가 아는 ${f.name} 값이 아니에요. ${f.known.length > 0 ? `${f.known.join(", ")} 중에서 골라 보세요.` : "아직 고를 수 있는 값이 없어요."}`,
  }),
  missing_image: (f: { wanted: number }): Text => ({
    en: f.wanted === 1 ? "Please attach a picture: I need one to work on." : `Please attach ${f.wanted} pictures.`,
    ko: f.wanted === 1 ? "사진을 한 장 첨부해 주세요." : `사진을 ${f.wanted}장 첨부해 주세요.`,
  }),
  too_many_files: (f: { wanted: number; got: number }): Text => ({
    en: `This command takes ${f.wanted === 0 ? "no file" : f.wanted === 1 ? "one file" : `${f.wanted} files`}, and ${f.got} came. Please send just ${f.wanted === 0 ? "the text" : f.wanted}.`,
    ko: `이 명령에는 파일이 ${f.wanted}개 필요한데 ${f.got}개가 왔어요. ${f.wanted}개만 보내 주세요.`,
  }),
  too_large: (f: { gotMb: number; maxMb: number }): Text => ({
    en: `That file is ${f.gotMb} MB and the limit is ${f.maxMb} MB. Please send a smaller one.`,
    ko: `파일이 ${f.gotMb} MB인데 한도는 ${f.maxMb} MB예요. 더 작은 파일을 보내 주세요.`,
  }),
  too_slow: (f: { seconds: number }): Text => ({
    en: `That used more than ${f.seconds} s of processor time, so I stopped it. Please try a smaller picture or model.`,
    ko: `프로세서 시간을 ${f.seconds}초 넘게 써서 멈췄어요. 더 작은 사진이나 모델로 다시 해 보세요.`,
  }),
  waited_too_long: (f: { seconds: number }): Text => ({
    en: `That waited longer than ${f.seconds} s, because the machine is busy or a connection is slow; nothing is wrong with what you sent. Please try again later.`,
    ko: `컴퓨터가 바쁘거나 연결이 느려서 ${f.seconds}초 넘게 기다리다 멈췄어요. 보내 주신 파일에는 문제가 없으니 나중에 다시 해 보세요.`,
  }),
  too_much_memory: (f: { maxMb: number }): Text => ({
    en: `That needed more than ${f.maxMb} MB of memory, so I stopped it. Please try a smaller model or picture.`,
    ko: `메모리가 ${f.maxMb} MB보다 더 필요해서 멈췄어요. 더 작은 모델이나 사진으로 다시 해 보세요.`,
  }),
  no_models: (_: object): Text => ({
    en: "No model is installed yet. Fetch one with `/models fetch name:resnet18`, or add your own: `/models add name:mine preprocessing:torchvision labels:imagenet` with the .onnx file attached.",
    ko: "아직 설치된 모델이 없어요. `/models fetch name:resnet18`로 내려받거나, .onnx 파일을 첨부해서 `/models add name:mine preprocessing:torchvision labels:imagenet`으로 추가해 보세요.",
  }),
  unknown_model: (f: { name: string; known: string[] }): Text => ({
    en: `There is no model called "${f.name}". I know ${f.known.join(", ") || "none yet"}.`,
    ko: `"${f.name}" 모델은 없어요. 지금 있는 모델: ${f.known.join(", ") || "없음"}.`,
  }),
  bad_model_name: (f: { got: string }): Text => ({
    en: `"${f.got}" cannot be a model's name: use 1 to 48 small letters, digits, dots, dashes or underscores, beginning with a letter or digit; "all" is taken.`,
    ko: `"${f.got}"은(는) 모델 이름으로 쓸 수 없어요. 영문 소문자, 숫자, 점, 하이픈, 밑줄을 1~48자로 쓰고 글자나 숫자로 시작해 주세요. "all"은 쓸 수 없어요.`,
  }),
  model_taken: (f: { name: string; by: string }): Text => ({
    en: `There already is a model "${f.name}", added by ${f.by}. Choose another name, or take it away first with \`/models remove name:${f.name}\`.`,
    ko: `"${f.name}" 모델은 이미 있어요(추가한 사람: ${f.by}). 다른 이름을 쓰거나 먼저 \`/models remove name:${f.name}\`으로 지워 주세요.`,
  }),
  not_onnx: (f: { name: string }): Text => ({
    en: `"${f.name}" is not an ONNX model. PyTorch writes one with torch.onnx.export(model, input, "model.onnx", dynamo=False).`,
    ko: `"${f.name}"은(는) ONNX 모델이 아니에요. PyTorch에서는 torch.onnx.export(model, input, "model.onnx", dynamo=False)로 만들 수 있어요.`,
  }),
  model_external_data: (f: { file: string }): Text => ({
    en: `This model keeps its weights in another file ("${f.file}"), and I take models of one file only. Export it again with external_data=False, or join them with onnx.save(onnx.load("model.onnx"), "one.onnx").`,
    ko: `이 모델은 가중치가 다른 파일("${f.file}")에 있어요. 파일 하나로 된 모델만 받을 수 있으니 external_data=False로 다시 내보내거나 onnx.save(onnx.load("model.onnx"), "one.onnx")로 합쳐 주세요.`,
  }),
  model_input: (f: { got: string }): Text => ({
    en: `I need a model with exactly one input: one RGB picture, float32, shaped [1, 3, height, width] or [1, height, width, 3] with a square side. This one takes ${f.got}.`,
    ko: `입력이 RGB 사진 한 장(float32, [1, 3, 높이, 너비] 또는 [1, 높이, 너비, 3], 정사각형)인 모델이어야 해요. 이 모델의 입력: ${f.got}.`,
  }),
  model_output: (f: { got: string }): Text => ({
    en: `I need a classifier: exactly one output, float32, shaped [1, classes] with at least two classes. This model gives ${f.got}.`,
    ko: `분류 모델이어야 해요. 출력은 float32 [1, 클래스 수] 하나이고 클래스가 둘 이상이어야 해요. 이 모델의 출력: ${f.got}.`,
  }),
  model_fails: (f: { reason: string }): Text => ({
    en: `ONNX Runtime cannot run this model: ${f.reason}`,
    ko: `ONNX Runtime이 이 모델을 실행하지 못했어요: ${f.reason}`,
  }),
  label_count: (f: { labels: number; classes: number; sets: string[] }): Text => ({
    en: `The model has ${f.classes} classes, but ${f.labels === 0 ? "I was given no names for them" : `I was given ${f.labels} names`}. Say labels:${f.sets.join(" or labels:")}, or attach a .txt file with one class name a line.`,
    ko: `모델의 클래스는 ${f.classes}개인데 이름은 ${f.labels}개예요. labels:${f.sets.join(" 또는 labels:")} 중에서 고르거나, 한 줄에 이름 하나씩 적은 .txt 파일을 첨부해 주세요.`,
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
  fetch_failed: (f: { name: string; status: number; gotMb: number }): Text => ({
    en: `I could not fetch ${f.name}: ${f.status === 0 ? "the server cannot be reached from here, or the connection broke" : `the server answered ${f.status}`}. ${f.gotMb > 0 ? `The first ${f.gotMb} MB are kept, and the next try goes on from there.` : "Please try again later, or add the .onnx file yourself with `/models add`."}`,
    ko: `${f.name} 모델을 내려받지 못했어요: ${f.status === 0 ? "서버에 연결할 수 없거나 연결이 끊겼어요" : `서버 응답 ${f.status}`}. ${f.gotMb > 0 ? `받은 ${f.gotMb} MB는 보관했으니 다시 시도하면 이어서 받아요.` : "나중에 다시 시도하거나 `/models add`로 .onnx 파일을 직접 추가해 주세요."}`,
  }),
  fetch_differs: (f: { name: string }): Text => ({
    en: `What the server sent for ${f.name} is not the file I know (its SHA-256 differs), so I threw it away. Please try again later.`,
    ko: `서버가 보낸 ${f.name} 파일이 제가 아는 것과 달라서(SHA-256 불일치) 버렸어요. 나중에 다시 시도해 주세요.`,
  }),
  empty_file: (_: object): Text => ({
    en: "That file is empty: 0 bytes came. Please send it again.",
    ko: "파일이 비어 있어요(0바이트). 다시 보내 주세요.",
  }),
  unreadable_file: (f: { path: string; code: string }): Text => ({
    en: `I cannot read "${f.path}": ${unreadable[f.code]?.en ?? f.code}. Please name a file that I may read.`,
    ko: `"${f.path}"을(를) 읽을 수 없어요: ${unreadable[f.code]?.ko ?? f.code}. 읽을 수 있는 파일의 이름을 적어 주세요.`,
  }),
  not_a_photo: (f: { got: string }): Text => ({
    en: `${f.got ? `That is a file of type ${f.got}, which I cannot open.` : "That is not a picture I know."} Please send a JPEG, PNG, WebP, GIF, AVIF or TIFF.`,
    ko: `${f.got ? `${f.got} 파일은 열 수 없어요.` : "제가 아는 사진 형식이 아니에요."} JPEG, PNG, WebP, GIF, AVIF, TIFF 중 하나로 보내 주세요.`,
  }),
  unreadable_image: (_: object): Text => ({
    en: "I could not read that picture: the file is damaged or was cut short. Please save or upload it again.",
    ko: "사진을 읽지 못했어요. 파일이 손상됐거나 중간에 잘린 것 같아요. 다시 저장하거나 올려 주세요.",
  }),
  too_many_pixels: (f: { gotMp: number; maxMp: number }): Text => ({
    en: `That picture has ${f.gotMp} megapixels and the limit is ${f.maxMp}. Please send a smaller copy; I look at it at well under one megapixel anyway.`,
    ko: `사진이 ${f.gotMp}메가픽셀인데 한도는 ${f.maxMp}메가픽셀이에요. 줄여서 보내 주세요. 어차피 1메가픽셀보다 작게 줄여서 봐요.`,
  }),
  bad_policy: (f: { got: string; why: Text }): Text => ({
    en: `I could not read the policy "${f.got}": ${f.why.en}. A valid one is rand-m9-n2-mstd0.5-inc1.`,
    ko: `"${f.got}" 정책을 이해하지 못했어요. ${f.why.ko}. 올바른 예: rand-m9-n2-mstd0.5-inc1`,
  }),
  bad_label: (f: { got: string; max: number }): Text => ({
    en: `A class is a name of 1 to ${f.max} characters, like "cat"; I got "${f.got}".`,
    ko: `클래스 이름은 "고양이"처럼 1~${f.max}자로 적어 주세요. 받은 값: "${f.got}".`,
  }),
  no_labels: (_: object): Text => ({
    en: "Nothing is labelled yet. Send pictures with `/label class:cat`, and others with another class; from two classes of two pictures on, a network can learn them.",
    ko: "아직 라벨이 붙은 사진이 없어요. 사진과 함께 `/라벨 클래스:고양이`를 보내고, 다른 클래스의 사진도 보내 주세요. 두 클래스에 두 장씩만 있어도 신경망이 배울 수 있어요.",
  }),
  too_few_labels: (f: { counts: { name: string; count: number }[] }): Text => ({
    en: `To learn from your own pictures I need two classes with two pictures each; there ${f.counts.length > 0 ? `are ${f.counts.map((it) => `${it.name} ${it.count}`).join(", ")}` : "are none yet"}. Add more with \`/label class:…\`.`,
    ko: `직접 올린 사진으로 배우려면 클래스가 두 개, 사진이 클래스마다 두 장은 있어야 해요. 지금은 ${f.counts.length > 0 ? f.counts.map((it) => `${it.name} ${it.count}장`).join(", ") : "하나도 없어요"}. \`/라벨 클래스:…\`로 더 붙여 주세요.`,
  }),
  cancelled: (_: object): Text => ({ en: "Cancelled.", ko: "취소했어요." }),
  model_shipped: (f: { name: string }): Text => ({
    en: `${f.name} comes with Peerlab and stays, so that everybody has something to start with. Name another with model: instead.`,
    ko: `${f.name} 모델은 Peerlab에 들어 있어서 지울 수 없어요. 다른 모델을 쓰려면 model: 로 골라 주세요.`,
  }),
  crashed: (f: { id: string }): Text => ({
    en: `The program doing this crashed, and it is logged as ${f.id}. If you added a model, its file is probably broken; everything else goes on working.`,
    ko: `이 작업을 하던 프로그램이 멈췄어요. 기록 번호: ${f.id}. 모델을 추가하셨다면 파일이 손상됐을 수 있어요. 다른 기능은 계속 쓸 수 있어요.`,
  }),
  gone: (_: object): Text => ({
    en: "That button's message is gone. Please send the command again.",
    ko: "그 버튼의 메시지가 더 이상 없어요. 명령을 다시 보내 주세요.",
  }),
  name_needed: (_: object): Text => ({
    en: "Please tell us your name first, so that the others know who is asking.",
    ko: "누가 묻는지 다른 분들이 알 수 있게 이름을 먼저 알려 주세요.",
  }),
  token_needed: (f: { given: boolean }): Text => ({
    en: f.given
      ? "That is not the token of this Peerlab. Ask whoever runs it, and mind capitals and spaces."
      : "This Peerlab is for those who know its token. Please enter it once.",
    ko: f.given
      ? "이 Peerlab의 토큰이 아니에요. 대소문자와 빈칸을 확인하거나 운영하는 분에게 물어보세요."
      : "토큰을 아는 분만 쓸 수 있는 Peerlab이에요. 토큰을 한 번 입력해 주세요.",
  }),
  foreign_page: (f: { got: string }): Text => ({
    en: `A request for "${f.got}" is not taken here. Open Peerlab at the address that \`npm start\` printed; for other addresses set PEERLAB_WEB_TOKEN.`,
    ko: `"${f.got}"(으)로 온 요청은 받지 않아요. \`npm start\`가 알려 준 주소로 열어 주세요. 다른 주소로 쓰려면 PEERLAB_WEB_TOKEN을 설정해야 해요.`,
  }),
  bad_request: (f: { problem: string }): Text => ({
    en: `I could not read that request: ${f.problem}. Please reload the page and try again.`,
    ko: `요청을 읽지 못했어요: ${f.problem}. 페이지를 새로 고친 뒤 다시 해 보세요.`,
  }),
  not_here: (f: { what: string }): Text => ({
    en: `There is no ${f.what} here, or not any more.`,
    ko: `${f.what}을(를) 찾을 수 없어요. 이미 지워졌을 수도 있어요.`,
  }),
  not_waiting: (f: { id: string }): Text => ({
    en: `There is nothing of yours waiting${f.id ? ` under "${f.id}"` : ""}. /runs lists what is.`,
    ko: `${f.id ? `"${f.id}"에 해당하는 ` : ""}기다리는 작업이 없어요. /runs 에서 확인해 보세요.`,
  }),
  ours: (f: { id: string }): Text => ({
    en: `Something broke on our side, and it is logged as ${f.id}. Please try again; if it happens twice, show us that id.`,
    ko: `저희 쪽에서 문제가 생겼어요. 기록 번호: ${f.id}. 다시 시도해 보시고, 또 생기면 이 번호를 알려 주세요.`,
  }),
};

export type ErrorCode = keyof typeof sayings;
export type FactsOf<C extends ErrorCode> = Parameters<(typeof sayings)[C]>[0];

/** A mistake as it travels between processes and lies in the database. */
export type Mistake<C extends ErrorCode = ErrorCode> = { [K in C]: { code: K; facts: FactsOf<K> } }[C];

/** The sentence for a mistake, in every language. */
export const sentence = ({ code, facts }: Mistake): Text => (sayings[code] as (facts: unknown) => Text)(facts);

/** A peer's mistake, not ours: told to them in their language, never retried, never paged. */
export class UserError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "UserError";
  readonly mistake: Mistake;

  constructor(code: C, facts: FactsOf<C>, options?: ErrorOptions) {
    const mistake = { code, facts } as Mistake;
    super(sentence(mistake).en, options);
    this.mistake = mistake;
  }
}
