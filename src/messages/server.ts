import type { Text } from "../text.ts";
import { unfitNames, unlistenable, unusable } from "./reasons.ts";

/** What visitors of a Peerlab, and whoever runs it, may need to be told. See `errors.ts`. */
export const server = {
  name_needed: (_: object): Text => ({
    en: "Please tell us your name first, so that the others know who is asking.",
    ko: "누가 묻는지 다른 분들이 알 수 있게 이름을 먼저 알려 주세요.",
  }),
  environment_file_open: (f: { path: string }): Text => ({
    en: `Others on this computer can read ${f.path}, which holds tokens. Please run: chmod 600 ${f.path}`,
    ko: `토큰이 든 ${f.path} 파일을 이 컴퓨터의 다른 사용자도 읽을 수 있어요. 다음을 실행해 주세요: chmod 600 ${f.path}`,
  }),
  no_network: (_: object): Text => ({
    en: "This computer is in no network in which others could reach it. Please connect it to one, and start again with --share.",
    ko: "이 컴퓨터가 연결된 네트워크가 없어서 다른 사람이 들어올 수 없어요. 네트워크에 연결한 뒤 --share로 다시 시작해 주세요.",
  }),
  token_needed: (f: { given: boolean }): Text => ({
    en: f.given
      ? "That is not the token of this Peerlab. Check capitals and spaces, or ask whoever runs it."
      : "This Peerlab is for those who know its token. Please enter it once.",
    ko: f.given
      ? "이 Peerlab의 토큰이 아니에요. 대소문자와 빈칸을 확인하거나 운영하는 분에게 물어보세요."
      : "토큰을 아는 분만 쓸 수 있는 Peerlab이에요. 토큰을 한 번 입력해 주세요.",
  }),
  too_many_tries: (f: { seconds: number }): Text => ({
    en: `Too many wrong tokens came from your address. Please wait ${f.seconds} s and try again.`,
    ko: `틀린 토큰을 너무 많이 보냈어요. ${f.seconds}초 뒤에 다시 해 보세요.`,
  }),
  bad_name: (f: { why: keyof typeof unfitNames }): Text => unfitNames[f.why],
  request_too_large: (f: { maxKb: number }): Text => ({
    en: `That request is larger than ${f.maxKb} kB, which is the most I accept. Please send less at once.`,
    ko: `요청이 ${f.maxKb} kB를 넘어서 읽지 않았어요. 조금씩 나누어 보내 주세요.`,
  }),
  foreign_page: (f: { got: string }): Text => ({
    en: `Requests for "${f.got}" are not accepted here. Open Peerlab at the address that \`npm start\` printed; for other addresses set PEERLAB_WEB_TOKEN.`,
    ko: `"${f.got}" 주소로 온 요청은 받지 않아요. \`npm start\`가 알려 준 주소로 열어 주세요. 다른 주소로 쓰려면 PEERLAB_WEB_TOKEN을 설정해야 해요.`,
  }),
  bad_request: (f: { problem: string }): Text => ({
    en: `I could not read that request: ${f.problem}. Please reload the page and try again.`,
    ko: `요청을 읽지 못했어요: ${f.problem}. 페이지를 새로 고친 뒤 다시 해 보세요.`,
  }),
  not_here: (f: { what: string }): Text => ({
    en: `There is no ${f.what} here, or not any more.`,
    ko: `찾을 수 없어요: ${f.what}. 이미 지워졌을 수도 있어요.`,
  }),
  no_space: (f: { freeMb: number; minFreeMb: number }): Text => ({
    en: `The disk is nearly full: ${f.freeMb} MB are free, and I keep ${f.minFreeMb} MB in reserve to finish what has begun. Nothing new is accepted until whoever runs this Peerlab frees some space; what is queued waits.`,
    ko: `디스크가 거의 찼어요. 남은 공간은 ${f.freeMb} MB이고, 시작한 일을 마치려고 ${f.minFreeMb} MB는 남겨 둬요. 운영하는 분이 공간을 비울 때까지 새 요청은 받을 수 없고, 대기 중인 작업은 그대로 기다려요.`,
  }),
  resting: (_: object): Text => ({
    en: "My database had to close, most likely because the disk was full. It reopens by itself when there is space; nothing that was accepted is lost.",
    ko: "데이터베이스가 닫혔어요. 아마 디스크가 가득 찬 것 같아요. 공간이 생기면 저절로 다시 열리고, 이미 접수된 요청은 사라지지 않아요.",
  }),
  folder_unusable: (f: { path: string; code: string }): Text => ({
    en: `I cannot store anything in "${f.path}": ${unusable[f.code]?.en ?? f.code}. Choose another folder with --data or PEERLAB_HOME.`,
    ko: `"${f.path}" 폴더에 저장할 수 없어요: ${unusable[f.code]?.ko ?? f.code}. --data나 PEERLAB_HOME으로 다른 폴더를 정해 주세요.`,
  }),
  folder_busy: (f: { path: string }): Text => ({
    en: `Another Peerlab is using "${f.path}" and is not answering yet; waiting for it.`,
    ko: `다른 Peerlab이 "${f.path}" 폴더를 쓰고 있는데 아직 응답이 없어서 기다리고 있어요.`,
  }),
  port_unusable: (f: { host: string; port: number; code: string }): Text => ({
    en: `I cannot listen on ${f.host}, port ${f.port}: ${unlistenable[f.code]?.en ?? f.code}. Choose another with --port or PEERLAB_HOST.`,
    ko: `${f.host}의 ${f.port}번 포트를 열 수 없어요: ${unlistenable[f.code]?.ko ?? f.code}. --port나 PEERLAB_HOST로 다른 주소를 정해 주세요.`,
  }),
  ours: (f: { id: string }): Text => ({
    en: `Something broke on our side, and it is logged as ${f.id}. Please try again; if it happens twice, show us that id.`,
    ko: `저희 쪽에서 문제가 생겼어요. 기록 번호: ${f.id}. 다시 시도해 보시고, 또 생기면 이 번호를 알려 주세요.`,
  }),
};
