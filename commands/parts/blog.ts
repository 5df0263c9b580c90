import type { RecapContext, RecapDraft } from "../../src/chat/recaps.ts";
import { UserError } from "../../src/errors.ts";
import { contracts } from "../../src/jobs/contracts.ts";
import type { Reply } from "../../src/reply.ts";
import type { RecapSpec } from "../../src/store/groupTables.ts";
import type { Language } from "../../src/text.ts";
import { dayOf, timeOf } from "../../src/zonedTime.ts";
import { spanText } from "./days.ts";
import { formulasOf } from "./formulas.ts";
import { fourParts, partKeys, partNames } from "./fourParts.ts";
import { type Gathered, isEmpty } from "./gathered.ts";
import { verdictWords } from "./hypothesisWords.ts";
import { escapeAroundMath, escapeMarkdown, tableRow } from "./markdown.ts";
import { gatherFor, peopleIn, recapViewer } from "./recapGather.ts";
import { shortId } from "./requests.ts";
import { accuracyOfRun, titleOf } from "./runs.ts";
import { gainText, statusWords } from "./runWords.ts";

/** Pictures of a post: peers' own, and the results of runs. */
const MOST_PICTURES = { own: 12, runs: 8 } as const;

const words = {
  title: { en: "Study log", ko: "학습 일지" },
  by: { en: "Written by", ko: "함께한 사람" },
  runs: ["Run", "Accuracy", "Gain", "Seeds", "Who"],
  runsKo: ["실험", "정확도", "대조군 대비", "시드", "누가"],
  hypotheses: { en: "Hypotheses", ko: "가설" },
  formulas: { en: "Behind it", ko: "수식으로 보면" },
  nothing: { en: "Nothing this time.", ko: "이번에는 없었어요." },
  pictureBy: { en: (name: string) => `a picture by ${name}`, ko: (name: string) => `${name} 님의 사진` },
  resultOf: { en: (run: string) => `the result of ${run}`, ko: (run: string) => `${run}의 결과` },
} as const;

/** Sets the formulas of a page whose theme sets none, as Jekyll's default one: whatever a theme has is there when the page has loaded. */
const SETS_FORMULAS = `<script>
addEventListener("load", () => {
  if (window.MathJax || window.katex) return;
  const script = document.createElement("script");
  script.src = "https://cdn.jsdelivr.net/npm/mathjax@3.2.2/es5/tex-mml-chtml.js";
  document.head.append(script);
});
</script>
`;

interface PostPicture {
  blob: string;
  alt: string;
}

/** The pictures that peers sent, and the cards of runs, as far as they are kept still. */
const picturesFor = async (context: RecapContext, gathered: Gathered): Promise<{ own: PostPicture[]; runs: PostPicture[] }> => {
  const { store, lang } = context;
  const own = gathered.pictures.map(({ file, by }): PostPicture => ({ blob: file.blob, alt: words.pictureBy[lang](by) }));
  const runs: PostPicture[] = [];
  for (const run of gathered.runs) {
    const [card] = (await store.requests.get(run.id))?.reply?.pictures ?? [];
    if (card) runs.push({ blob: card.blob, alt: words.resultOf[lang](titleOf(run)) });
  }
  const kept = new Set(await store.blobs.readable([...own, ...runs], recapViewer(context)));
  const shown = (all: PostPicture[], most: number) => all.filter((it) => kept.has(it.blob)).slice(0, most);
  return { own: shown(own, MOST_PICTURES.own), runs: shown(runs, MOST_PICTURES.runs) };
};

/** The minutes that a zone's clock is ahead of UTC, as front matter writes them: "+0900". */
const offsetText = (at: Date, timeZone: string): string => {
  const wall = Date.parse(`${dayOf(at, timeZone)}T${timeOf(at, timeZone)}:00Z`);
  const minutes = Math.round((wall - Math.floor(at.getTime() / 60_000) * 60_000) / 60_000);
  const two = (count: number) => String(count).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}${two(Math.abs(minutes) % 60)}`;
};

const frontMatter = (spec: RecapSpec, gathered: Gathered): string => {
  const { lang, from, to, timeZone } = spec;
  const end = new Date(new Date(to).getTime() - 1);
  const tags = new Set([
    "cnn",
    ...gathered.runs.flatMap((it) => [it.kind, it.data]),
    ...gathered.requests.map((it) => it.command.split(" ")[0] ?? ""),
  ]);
  const title = `${words.title[lang]}: ${spanText(new Date(from), new Date(to), timeZone, lang)}`;
  // JSON is YAML, whatever is in it.
  return [
    "---",
    "layout: post",
    `title: ${JSON.stringify(title)}`,
    `date: ${dayOf(end, timeZone)} ${timeOf(end, timeZone)}:00 ${offsetText(end, timeZone)}`,
    `categories: ${JSON.stringify(["study"])}`,
    `tags: ${JSON.stringify([...tags].sort())}`,
    "use_math: true",
    "published: true",
    `lang: ${lang}`,
    "---",
  ].join("\n");
};

/** The table of runs with what came of them. */
const runTable = ({ runs }: Gathered, lang: Language): string[] => {
  if (runs.length === 0) return [];
  const heads = lang === "en" ? words.runs : words.runsKo;
  const rows = runs.map((run) =>
    tableRow(
      [
        `${titleOf(run)} (${shortId(run.id)})`,
        accuracyOfRun(run) ?? statusWords(run.status, lang),
        run.report?.gain ? gainText(run.report.gain, run.spec.seeds) : "–",
        String(run.spec.seeds),
        run.userName,
      ].map(escapeMarkdown),
    ),
  );
  return ["", tableRow([...heads]), tableRow(heads.map((_, i) => (i === 0 || i === 4 ? ":--" : "--:"))), ...rows, ""];
};

/** The post itself. `linkOf` says where a picture lies. */
const postText = (
  spec: RecapSpec,
  gathered: Gathered,
  { own, runs }: { own: readonly string[]; runs: readonly string[] },
  context: RecapContext,
) => {
  const { lang } = spec;
  const parts = fourParts(gathered, context.services.commands, lang);
  const runIds = new Set(gathered.runs.map((it) => shortId(it.id)));
  const sections = partKeys.flatMap((part, i) => {
    // Runs stand in their table.
    const lines = parts[part].filter((it) => part !== "tried" || it.id === undefined || !runIds.has(it.id));
    const listed = lines.map(({ who, text }) => `- **${escapeMarkdown(who)}**: ${escapeAroundMath(text)}`);
    const isTried = part === "tried";
    const body = [...(isTried ? runTable(gathered, lang) : []), ...listed, ...(isTried ? ["", ...runs, ...own] : [])];
    return [`## ${i + 1}. ${partNames[part][lang]}`, "", ...(body.join("").trim() === "" ? [words.nothing[lang]] : body), ""];
  });
  const hypotheses = gathered.settled.flatMap(({ run, verdict }) =>
    verdict === null
      ? []
      : [
          `- ${escapeAroundMath(run.spec.hypothesis ?? "")}: **${verdictWords[verdict][lang]}** (${escapeMarkdown(titleOf(run))})`,
        ],
  );
  const formulas = formulasOf(gathered).map(({ title, tex, source }) => `**${title}** (${source})\n\n$$\n${tex}\n$$\n`);
  const post = [
    frontMatter(spec, gathered),
    "",
    `${words.by[lang]}: ${[...gathered.people.values()].map(escapeMarkdown).join(", ")}`,
    "",
    ...sections,
    ...(hypotheses.length > 0 ? [`## ${words.hypotheses[lang]}`, "", ...hypotheses, ""] : []),
    ...(formulas.length > 0 ? [`## ${words.formulas[lang]}`, "", ...formulas] : []),
  ].join("\n");
  return post.includes("$$") ? `${post}\n${SETS_FORMULAS}` : post;
};

/** What a blog post of some time takes. Throws `nothing_to_export` where nothing happened. */
export const beginBlog = async (context: RecapContext, spec: RecapSpec): Promise<RecapDraft> => {
  const gathered = await gatherFor(context, spec);
  if (isEmpty(gathered)) throw new UserError("nothing_to_export", {});
  const day = dayOf(new Date(new Date(spec.to).getTime() - 1), spec.timeZone);
  const name = `${day}-study-log-${spec.lang}`; // both languages may go to one site
  const { own, runs } = await picturesFor(context, gathered);
  const placed = [...runs, ...own].map((it, i) => ({ ...it, path: `assets/${name}/${i + 1}.jpg` }));
  const linked = placed.map(({ alt, path }) => `![${escapeMarkdown(alt)}]({{ "/${path}" | relative_url }})`);
  const links = {
    runs: linked.slice(0, runs.length).map((it) => `${it}\n`),
    // Peers' own stand side by side.
    own: linked.slice(runs.length).map((it) => `${it}{: width="220" }`),
  };
  const post = { path: `_posts/${name}.md`, text: postText(spec, gathered, links, context) };
  const pictures = placed.map(({ blob, path }) => ({ blob, path }));
  return { people: peopleIn(gathered), job: { job: "exportBlog", input: { name, post, pictures } } };
};

/** The zip, and where its files belong. */
export const answerBlog = async ({ lang }: Pick<RecapContext, "lang">, _: RecapSpec, output: unknown): Promise<Reply> => {
  const { data } = contracts.exportBlog.output.safeParse(output);
  if (!data) return { text: { en: "The post could not be made.", ko: "글을 만들지 못했어요." }[lang] };
  const text = {
    en: `A blog post with ${data.pictures} pictures. Unpack it in your Jekyll site: the post goes to \`_posts\`, its pictures to \`assets\`. Where your theme sets no formulas, the post does, with MathJax.`,
    ko: `사진 ${data.pictures}장이 든 블로그 글이에요. Jekyll 사이트에 풀면 글은 \`_posts\`, 사진은 \`assets\`에 들어가요. 테마가 수식을 그리지 않으면 글이 MathJax로 직접 그려요.`,
  };
  return { text: text[lang], files: [data.file] };
};
