import { createRequire } from "node:module";
import type { Config } from "./config.ts";
import type { Text } from "./text.ts";

const require = createRequire(import.meta.url);
const versionOf = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;

/** What /status says about an installation: versions and engines, and what is switched off and how to switch it on. */
export const describeInstallation = (config: Config): readonly Text[] => {
  const same = (text: string): Text => ({ en: text, ko: text });
  const own = (require("../package.json") as { version: string }).version;
  return [
    same(
      `Peerlab ${own} · Node.js ${process.versions.node} · ONNX Runtime ${versionOf("onnxruntime-node")} · sharp ${versionOf("sharp")}`,
    ),
    config.redisUrl
      ? { en: `Queue: Redis (BullMQ ${versionOf("bullmq")})`, ko: `작업 대기열: Redis (BullMQ ${versionOf("bullmq")})` }
      : {
          en: `Queue: embedded (BullMQ ${versionOf("bullmq")}). More machines? Set REDIS_URL and run \`npm run worker\` on each.`,
          ko: `작업 대기열: 내장 (BullMQ ${versionOf("bullmq")}). 컴퓨터를 더 쓰려면 REDIS_URL을 설정하고 각 컴퓨터에서 \`npm run worker\`를 실행하세요.`,
        },
    config.webToken
      ? { en: "Web chat: open to those who know the token", ko: "웹 채팅: 토큰을 아는 사람에게 열려 있음" }
      : {
          en: "Web chat: this computer only. For others, set PEERLAB_HOST and PEERLAB_WEB_TOKEN.",
          ko: "웹 채팅: 이 컴퓨터 전용. 다른 사람도 쓰려면 PEERLAB_HOST와 PEERLAB_WEB_TOKEN을 설정하세요.",
        },
  ];
};
