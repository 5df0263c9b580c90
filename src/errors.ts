import type { Text } from "./text.ts";

/**
 * Everything we ever tell a peer went wrong, in one table: what was expected, what came, what to do. Add a code here and the
 * compiler asks for its facts wherever it is thrown. Facts travel between processes, so they are plain JSON.
 */
const sayings = {
  unknown_command: (f: { name: string; known: string[] }): Text => ({
    en: `There is no command "/${f.name}". Try one of ${f.known.map((it) => `/${it}`).join(", ")}.`,
    ko: `"/${f.name}" 명령은 없어요. ${f.known.map((it) => `/${it}`).join(", ")} 중에서 골라 보세요.`,
  }),
  unknown_option: (f: { name: string; known: string[] }): Text => ({
    en: `There is no option "${f.name}" here. This command takes ${f.known.join(", ") || "no options"}.`,
    ko: `여기에는 "${f.name}" 옵션이 없어요. 쓸 수 있는 옵션: ${f.known.join(", ") || "없음"}.`,
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
    en: `"${f.got}" is not a ${f.name} I know. Try one of ${f.known.join(", ")}.`,
    ko: `"${f.got}"은(는) 제가 아는 ${f.name} 값이 아니에요. ${f.known.join(", ")} 중에서 골라 보세요.`,
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
    en: `That took longer than ${f.seconds} s, so I stopped it. Please try a smaller picture or model.`,
    ko: `${f.seconds}초가 넘게 걸려서 멈췄어요. 더 작은 사진이나 모델로 다시 해 보세요.`,
  }),
  cancelled: (_: object): Text => ({ en: "Cancelled.", ko: "취소했어요." }),
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
