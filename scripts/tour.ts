import { execFile } from "node:child_process";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { serve } from "../src/app/serve.ts";
import { configOrExit } from "../src/environment.ts";
import { openLog } from "../src/log.ts";
import { plainText } from "../src/richText.ts";
import { languageOf, type Text } from "../src/text.ts";
import { draw, drawings } from "./tour/pictures.ts";
import { type Stop, stops } from "./tour/stops.ts";

/** `npm run tour`: a walk through the commands on drawn pictures, asked exactly as you would ask. The answers stay in ./tour. */
const { values } = parseArgs({
  options: { data: { type: "string" }, out: { type: "string", default: "tour" }, lang: { type: "string" } },
});
const lang = languageOf(values.lang ?? process.env["LANG"]);
const out = resolve(values.out);
const config = configOrExit(values.data ? { PEERLAB_HOME: values.data } : {}, { PEERLAB_LOG: "error" });
const program = fileURLToPath(new URL("./run.mjs", import.meta.url));
const WHO = "tour";

/** What `ask --json` prints: see docs/data.md. */
interface Answer {
  ok: boolean;
  text: string;
  files: readonly { path: string }[];
  ms: { total: number };
}

const say = (text: Text) => console.log(text[lang]);
const pictureOf = (name: keyof typeof drawings) => join(out, `${name}.jpg`);
/** A path as one would type it in this folder. */
const near = (path: string) => (relative(".", path).startsWith("..") ? path : relative(".", path) || ".");

/** One call of `ask --json`. It exits with 1 on a peer's mistake, whose sentence is an answer as well. */
const ask = (input: string, images: readonly string[] = []): Promise<Answer> => {
  const files = images.flatMap((path) => ["--image", path]);
  const options = ["--json", "--as", WHO, "--lang", lang, "--data", config.home, "--out", out];
  return new Promise((done, fail) => {
    execFile(process.execPath, [program, "ask", input, ...files, ...options], (error, stdout, stderr) => {
      if (error && error.code !== 1) fail(new Error(`Expected an answer to ${input}, got: ${stdout}${stderr}`));
      else done(JSON.parse(stdout) as Answer);
    });
  });
};

const visit = async ({ say: text, input, pictures, mistake }: Stop, number: number) => {
  const images = pictures.map((name) => pictureOf(name));
  console.log(`\n${number}. ${text[lang]}`);
  console.log(`   ask ${[`"${input}"`, ...images.map((path) => `--image ${near(path)}`)].join(" ")}`);
  const answer = await ask(input, images);
  if (answer.ok === Boolean(mistake))
    throw new Error(`Expected ${mistake ? "a mistake" : "success"} from ${input}, got: ${answer.text}`);
  for (const line of plainText(answer.text).split("\n")) console.log(`   → ${line}`);
  for (const { path } of answer.files) {
    const numbered = join(out, `${number}-${basename(path)}`);
    await rename(path, numbered);
    console.log(`   → ${near(numbered)}  (${answer.ms.total} ms)`);
  }
};

// One Peerlab for the whole walk, so that its workers stay warm. When `npm start` runs on this folder already, that one answers.
const own = await serve(config, openLog(config), { web: false });
try {
  await mkdir(out, { recursive: true });
  for (const [name, drawing] of Object.entries(drawings)) {
    await writeFile(pictureOf(name as keyof typeof drawings), await draw(drawing));
  }
  say({
    en: `Three pictures are drawn: ${Object.values(drawings)
      .map((it) => it.about)
      .join(", ")}. Now let us ask about them; "ask" stands for "npm run -s ask --".`,
    ko: "그림 세 장(창가의 고양이, 벽 앞의 자전거, 바다의 노을)을 그렸어요. 이제 하나씩 물어볼게요. 아래의 ask는 npm run -s ask -- 를 줄인 말이에요.",
  });

  for (const [index, stop] of stops.entries()) await visit(stop, index + 1);
  say({
    en: `
All of it lies in ${near(out)}. What to try next:
   npm start                                   the web chat, with buttons for another seed, stronger and weaker
   npm run -s ask -- "/augment op:crop" --image your-photo.jpg
   npm run -s ask -- "/models fetch name:squeezenet1_1"    a model that knows 1000 things instead of 10 (5 MB)
   npm run -s ask -- "/help"                   everything there is
   npm run -s ask -- "/forget yes" --as ${WHO}    takes this tour out of the history again`,
    ko: `
결과는 모두 ${near(out)} 폴더에 있어요. 이제 이렇게 해 보세요.
   npm start                                   웹 채팅. 버튼으로 시드를 바꾸거나 더 세게, 더 약하게 할 수 있어요
   npm run -s ask -- "/증강 op:crop" --image 내-사진.jpg --lang ko
   npm run -s ask -- "/models fetch name:squeezenet1_1"    10가지가 아니라 1000가지를 아는 모델 (5 MB)
   npm run -s ask -- "/도움말" --lang ko        할 수 있는 모든 일
   npm run -s ask -- "/forget yes" --as ${WHO}    이 둘러보기를 기록에서 지우기`,
  });
} finally {
  await own?.close();
}
process.exit();
