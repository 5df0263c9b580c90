import { readFileSync } from "node:fs";
import type { Config } from "./config.ts";
import type { Text } from "./text.ts";

const { version, dependencies } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
  dependencies: Record<string, string>;
};

/** What /status says about an installation: versions and engines, and what is switched off and how to switch it on. */
export const describeInstallation = (config: Config): readonly Text[] => {
  const same = (text: string): Text => ({ en: text, ko: text });
  return [
    same(
      `Peerlab ${version} · Node.js ${process.versions.node} · ONNX Runtime ${dependencies["onnxruntime-node"]} · sharp ${dependencies["sharp"]}`,
    ),
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
