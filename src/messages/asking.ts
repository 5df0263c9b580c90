import type { Text } from "../text.ts";

/** So many names are said of a list that may be long. */
const MOST_NAMED = 5;

/** What can be wrong with a request, and how its work can end. See `errors.ts`. */
export const asking = {
  unknown_command: (f: { name: string; known: Text[]; near: Text[] }): Text => ({
    en: `There is no command "/${f.name}". ${f.near.length > 0 ? `Did you mean ${f.near.map((it) => `/${it.en}`).join(", ")}? \`/help\` lists all of them.` : `Try one of ${f.known.map((it) => `/${it.en}`).join(", ")}.`}`,
    ko: `"/${f.name}" 명령은 없어요. ${f.near.length > 0 ? `혹시 이것을 찾으셨나요? ${f.near.map((it) => `/${it.ko}`).join(", ")}. 모든 명령은 \`/도움말\`에 있어요.` : `${f.known.map((it) => `/${it.ko}`).join(", ")} 중에서 골라 보세요.`}`,
  }),
  unknown_option: (f: { name: string; known: Text[] }): Text => ({
    en: `There is no option "${f.name}" here. This command takes ${f.known.map((it) => it.en).join(", ") || "no options"}.`,
    ko: `여기에는 "${f.name}" 옵션이 없어요. 쓸 수 있는 옵션: ${f.known.map((it) => it.ko).join(", ") || "없음"}.`,
  }),
  missing_option: (f: { name: string; ko: string; about: Text }): Text => ({
    en: `Please add ${f.name}: ${f.about.en}.`,
    ko: `${f.ko} 옵션이 필요해요: ${f.about.ko}.`,
  }),
  not_a_number: (f: { name: string; ko: string; got: string; min: number; max: number }): Text => ({
    en: `${f.name} should be a number from ${f.min} to ${f.max}; I got "${f.got}".`,
    ko: `${f.ko} 옵션에는 ${f.min}부터 ${f.max}까지의 숫자를 넣어 주세요. 받은 값: "${f.got}".`,
  }),
  /** `korean` has the Korean names of values that have one. */
  not_a_choice: (f: {
    name: string;
    ko: string;
    got: string;
    near: string[];
    known: string[];
    korean?: Readonly<Record<string, string>>;
  }): Text => ({
    en: `There is no ${f.name} "${f.got}". ${f.near.length > 0 ? `Did you mean ${f.near.join(", ")}?` : f.known.length > 0 ? `Try one of ${f.known.join(", ")}.` : `There is no ${f.name} to choose from yet.`}`,
    ko: `${f.ko} 옵션에 "${f.got}" 값은 없어요. ${f.near.length > 0 ? `혹시 이것을 찾으셨나요? ${f.near.map((it) => f.korean?.[it] ?? it).join(", ")}` : f.known.length > 0 ? `${f.known.map((it) => f.korean?.[it] ?? it).join(", ")} 중에서 골라 보세요.` : "아직 고를 수 있는 값이 없어요."}`,
  }),
  no_such_tile: (f: { tile: number; of: number }): Text => ({
    en: `This sheet has no tile ${f.tile}; its variants are 1 to ${f.of}, and 0 is the original.`,
    ko: `이 시트에는 ${f.tile}번 타일이 없어요. 변형은 1번부터 ${f.of}번까지이고, 0번은 원본이에요.`,
  }),
  missing_image: (f: { wanted: number; got: number }): Text =>
    f.got > 0
      ? {
          en: `I need ${f.wanted} pictures and got ${f.got}. Please send ${f.wanted === 2 ? "both" : `all ${f.wanted}`} in one message.`,
          ko: `사진이 ${f.wanted}장 필요한데 ${f.got}장만 왔어요. ${f.wanted}장을 한 메시지에 함께 첨부해 주세요.`,
        }
      : {
          en: f.wanted === 1 ? "Please attach a picture: I need one to work on." : `Please attach ${f.wanted} pictures.`,
          ko: f.wanted === 1 ? "사진을 한 장 첨부해 주세요." : `사진을 ${f.wanted}장 첨부해 주세요.`,
        },
  too_many_files: (f: { wanted: number; got: number }): Text => ({
    en: `This command takes ${f.wanted === 0 ? "no file" : f.wanted === 1 ? "one file" : `${f.wanted} files`}, and you sent ${f.got}. Please send just ${f.wanted === 0 ? "the text" : f.wanted}.`,
    ko: `이 명령에는 파일이 ${f.wanted}개 필요한데 ${f.got}개가 왔어요. ${f.wanted}개만 보내 주세요.`,
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
  bad_policy: (f: { got: string; why: Text }): Text => ({
    en: `I could not read the policy "${f.got}": ${f.why.en}. A valid one is rand-m9-n2-mstd0.5-inc1.`,
    ko: `"${f.got}" 정책을 이해하지 못했어요. ${f.why.ko}. 올바른 예: rand-m9-n2-mstd0.5-inc1`,
  }),
  bad_label: (f: { got: string; max: number }): Text => ({
    en: `A class is a name of 1 to ${f.max} characters, like "cat"; I got "${f.got}".`,
    ko: `클래스 이름은 "고양이"처럼 1~${f.max}자로 적어 주세요. 받은 값: "${f.got}".`,
  }),
  no_labels: (_: object): Text => ({
    en: "Nothing is labelled yet. Send pictures with `/label class:cat`, and others with another class; a network can learn them once there are two classes with two pictures each.",
    ko: "아직 라벨이 붙은 사진이 없어요. 사진과 함께 `/라벨 클래스:고양이`를 보내고, 다른 클래스의 사진도 보내 주세요. 두 클래스에 두 장씩만 있어도 신경망이 배울 수 있어요.",
  }),
  too_few_labels: (f: { counts: { name: string; count: number }[] }): Text => {
    const [first] = f.counts;
    const few = f.counts.filter((it) => it.count < 2).map((it) => it.name);
    const named = few.slice(0, MOST_NAMED).join(", ") + (few.length > MOST_NAMED ? ", …" : "");
    const why = !first
      ? { en: "nothing is labelled yet", ko: "아직 라벨이 붙은 사진이 없어요" }
      : f.counts.length === 1
        ? {
            en: `there is only one class, ${first.name} (${first.count})`,
            ko: `지금은 클래스가 ${first.name}(${first.count}장) 하나뿐이에요`,
          }
        : { en: `there is only one picture of ${named}`, ko: `${named} 사진이 한 장뿐이에요` };
    return {
      en: `To learn from your own pictures I need two classes with two pictures each, one to train on and one to test with; ${why.en}. Add more with \`/label class:…\`.`,
      ko: `직접 올린 사진으로 배우려면 클래스가 두 개, 사진이 클래스마다 두 장(학습용 한 장, 테스트용 한 장)은 있어야 해요. ${why.ko}. \`/라벨 클래스:…\`로 더 붙여 주세요.`,
    };
  },
  cancelled: (_: object): Text => ({ en: "Cancelled.", ko: "취소했어요." }),
  too_many_waiting: (f: { waiting: number; most: number }): Text => ({
    en: `${f.waiting} of your requests are waiting already, and ${f.most} is the most for one person, so that everybody gets a turn. Please wait for some, or stop one with \`/cancel\`.`,
    ko: `기다리는 요청이 벌써 ${f.waiting}개예요. 모두가 차례를 얻도록 한 사람당 ${f.most}개까지만 받아요. 조금 기다리거나 \`/취소\`로 하나를 멈춰 주세요.`,
  }),
  crashed: (f: { id: string }): Text => ({
    en: `The program doing this crashed, and it is logged as ${f.id}. If you added a model, its file is probably broken; everything else goes on working.`,
    ko: `이 작업을 하던 프로그램이 멈췄어요. 기록 번호: ${f.id}. 모델을 추가하셨다면 파일이 손상됐을 수 있어요. 다른 기능은 계속 쓸 수 있어요.`,
  }),
  quiz_gone: (_: object): Text => ({
    en: "That question cannot be answered any more: what it was about is gone. `/quiz` asks another one.",
    ko: "더는 답할 수 없는 문제예요. 문제에 나온 것이 사라졌어요. `/퀴즈`로 다른 문제를 풀어 보세요.",
  }),
  gone: (_: object): Text => ({
    en: "That button's message is gone. Please send the command again.",
    ko: "그 버튼의 메시지가 더 이상 없어요. 명령을 다시 보내 주세요.",
  }),
  outdated: (_: object): Text => ({
    en: "That message is just being changed, or has changed since you saw it. Please press one of the buttons it has now.",
    ko: "그 메시지는 지금 바뀌는 중이거나 그사이에 바뀌었어요. 지금 보이는 버튼을 눌러 주세요.",
  }),
  not_your_button: (_: object): Text => ({
    en: "Only the person who asked can press that button. You can send the same command yourself.",
    ko: "그 버튼은 요청한 사람만 누를 수 있어요. 같은 명령을 직접 보내 보세요.",
  }),
  administrators_only: (_: object): Text => ({
    en: "Only those who administer this group can use that command.",
    ko: "이 명령은 그룹의 관리자만 쓸 수 있어요.",
  }),
  closed_channel: (_: object): Text => ({
    en: "I do not answer in this channel: those who administer the group chose others with `/settings`. Please ask me there, or write to me directly.",
    ko: "이 채널에서는 답하지 않아요. 그룹 관리자가 `/설정`으로 다른 채널을 정해 두었어요. 그 채널이나 다이렉트 메시지로 보내 주세요.",
  }),
  bad_quiet_hours: (f: { got: string }): Text => ({
    en: `Quiet hours are two times of day, like 22:00-08:00, or off; I got "${f.got}".`,
    ko: `방해 금지 시간은 22:00-08:00처럼 두 시각으로 적거나 off로 해제해 주세요. 받은 값: "${f.got}".`,
  }),
  bad_time_zone: (f: { got: string }): Text => ({
    en: `I know no time zone "${f.got}". Its name has a region and a city, like Asia/Seoul or Europe/Berlin.`,
    ko: `"${f.got}" 시간대를 찾을 수 없어요. Asia/Seoul이나 Europe/Berlin처럼 지역/도시로 적어 주세요.`,
  }),
  not_your_request: (f: { id: string; by: string }): Text => ({
    en: `${f.id} is ${f.by}'s, and only they can stop it. Ask them nicely.`,
    ko: `${f.id} 작업은 ${f.by} 님의 것이라 본인만 멈출 수 있어요. ${f.by} 님에게 부탁해 보세요.`,
  }),
  not_waiting: (f: { id: string }): Text => ({
    en: `None of your requests is waiting${f.id ? ` under "${f.id}"` : ""}. /history lists what is.`,
    ko: `${f.id ? `"${f.id}"에 해당하는 ` : ""}기다리는 작업이 없어요. /요청기록 에서 확인해 보세요.`,
  }),
};
