import { readFileSync } from "node:fs";
import type { Config } from "../config.ts";
import { describeConfinement } from "../jobs/confinement.ts";
import type { Text } from "../text.ts";
import { type Engine, installedEngine } from "../tf/engine.ts";
import { describeProcessor, type Processor } from "../tf/processor.ts";

const { version, dependencies } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
  dependencies: Record<string, string>;
};

/** Which TensorFlow trains here, and how to get the native one where it is missing. */
export const describeEngine = ({ way, version, why }: Engine): Text => {
  if (way === "wasm")
    return {
      en: `Training: TensorFlow.js ${version} on WASM, far slower than native TensorFlow${why ? ` (${why})` : ""}. \`npm run tensorflow\` fetches the native one; then restart.`,
      ko: `학습: WASM의 TensorFlow.js ${version}, 네이티브 TensorFlow보다 훨씬 느려요${why ? ` (${why})` : ""}. \`npm run tensorflow\`로 네이티브를 설치하고 다시 시작하세요.`,
    };
  const from = {
    official: { en: "the official binary", ko: "공식 바이너리" },
    linked: { en: "linked against the one of PyPI", ko: "PyPI의 라이브러리에 연결" },
  }[way];
  return { en: `Training: native TensorFlow ${version}, ${from.en}`, ko: `학습: 네이티브 TensorFlow ${version} (${from.ko})` };
};

/** Which instruction set training finds on this machine's processor, and whose kernels it uses. */
export const describeKernels = ({ model, instructionSet, kernels }: Processor): Text => {
  const processor = [model, instructionSet].filter(Boolean).join(", ");
  return {
    en: `Training's processor: ${processor || "unknown"}; kernels: ${kernels ?? "TensorFlow's own choice"}`,
    ko: `학습용 프로세서: ${processor || "알 수 없음"}, 커널: ${kernels ?? "TensorFlow가 선택"}`,
  };
};

/** What /status says about an installation: versions and engines, and what is switched off and how to switch it on. */
export const describeInstallation = (config: Config): readonly Text[] => {
  const same = (text: string): Text => ({ en: text, ko: text });
  return [
    same(
      `Peerlab ${version} · Node.js ${process.versions.node} · ONNX Runtime ${dependencies["onnxruntime-node"]} · sharp ${dependencies["sharp"]}`,
    ),
    describeEngine(installedEngine()),
    describeKernels(describeProcessor()),
    describeConfinement(),
    config.redisUrl
      ? { en: `Queue: Redis (BullMQ ${dependencies["bullmq"]})`, ko: `작업 대기열: Redis (BullMQ ${dependencies["bullmq"]})` }
      : {
          en: `Queue: embedded (BullMQ ${dependencies["bullmq"]}). More machines? Set REDIS_URL and run \`npm run worker\` on each.`,
          ko: `작업 대기열: 내장 (BullMQ ${dependencies["bullmq"]}). 컴퓨터를 더 쓰려면 REDIS_URL을 설정하고 각 컴퓨터에서 \`npm run worker\`를 실행하세요.`,
        },
    config.webToken
      ? { en: "Web chat: open to those who know the token", ko: "웹 채팅: 토큰을 아는 사람에게 열려 있음" }
      : {
          en: "Web chat: this computer only. For others, set PEERLAB_HOST and PEERLAB_WEB_TOKEN.",
          ko: "웹 채팅: 이 컴퓨터 전용. 다른 사람도 쓰려면 PEERLAB_HOST와 PEERLAB_WEB_TOKEN을 설정하세요.",
        },
  ];
};
