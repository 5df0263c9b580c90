import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { commands } from "../../commands/index.ts";
import { beginBlog } from "../../commands/parts/blog.ts";
import { escapeAroundMath, escapeMarkdown } from "../../commands/parts/markdown.ts";
import { languages } from "../../src/text.ts";
import { general, mistakeIn, openRunBot, type RunBot, reportOf, tasteSpec } from "../helpers/runs.ts";

const leo = { id: "leo", name: "*Leo* {{ site.secret }} [x](javascript:y) <b>|" };
const at = new Date("2026-11-25T03:00:00Z");
const span = { from: "2026-11-23T15:00:00.000Z", to: "2026-11-25T15:00:00.000Z", timeZone: "Asia/Seoul" };

let bot: RunBot;
beforeAll(async () => {
  bot = await openRunBot();
});
afterAll(() => bot.close());

it("takes every mark's meaning away, and leaves formulas what they are", () => {
  expect(escapeMarkdown("a_b *c* `d`\n# e")).toBe("a&#95;b &#42;c&#42; &#96;d&#96; &#35; e");
  expect(escapeMarkdown("{% raw %}{{ x }}")).not.toMatch(/[{}]/);
  expect(escapeAroundMath("so *p* is $$p_i = \\frac{e^{z_i/T}}{Z}$$ < 1")).toBe(
    "so &#42;p&#42; is $$p_i = \\frac{e^{z_i/T} }{Z}$$ &#60; 1",
  );
  expect(escapeAroundMath("$$|x|$$")).toBe("$$\\vert x\\vert $$");
  expect(escapeAroundMath("$$ {{ site.secret }} $$ and $5")).not.toMatch(/\{\{|\}\}|\{%/);
});

it("writes a post that Jekyll reads: front matter, four sections, formulas, pictures by relative links", async () => {
  const spec = { ...tasteSpec, hypothesis: "80 % | more" };
  const run = await bot.begin(`/train hypothesis:"${spec.hypothesis}"`, { user: leo, now: at });
  await run.end(reportOf(spec, [0.81]), {
    pictures: [{ blob: "c".repeat(64), name: "a.jpg", type: "image/jpeg", bytes: 1, alt: "" }],
  });
  await bot.ask(`/hypotheses close ${run.id} confirmed`, { user: leo, now: at });
  await bot.ask("/note review {{ page.title }} and $$y = x$$", { user: leo, now: at });
  for (const lang of languages) {
    const context = { id: "x", store: bot.store, place: general, lang, services: { commands } };
    const draft = await beginBlog(context, { form: "blog", ...span, lang });
    if ("reply" in draft || draft.job.job !== "exportBlog") throw new Error("Expected a job");
    const { name, post, pictures } = draft.job.input;
    expect([draft.people, name, post.path]).toEqual([["leo"], `2026-11-25-study-log-${lang}`, `_posts/${name}.md`]);
    expect(pictures).toEqual([{ blob: "c".repeat(64), path: `assets/${name}/1.jpg` }]);
    const [, front = "", body = ""] = post.text.split(/^---$/m);
    expect(front).toMatch(/^title: ".+"\ndate: 2026-11-25 23:59:00 \+0900\ncategories: \["study"\]\ntags: .*"train"/m);
    expect(front).toContain("use_math: true\npublished: true");
    expect(body.match(/^## \d\. /gm)).toHaveLength(4);
    expect(body).toContain(`]({{ "/assets/${name}/1.jpg" | relative_url }})`);
    expect(body).toContain("$$y = x$$");
    expect(body).toContain("$$\n\\mathcal{L} = -\\sum_c y_c \\log p_c\n$$");
    // Liquid finds nothing of its own but our links, and nobody's name is a mark.
    expect(body.replace(/\{\{ "\/assets[^}]*\}\}/g, "")).not.toMatch(/\{\{|\{%/);
    expect(body).not.toMatch(/\*Leo\*|\]\(javascript|<b>/);
  }
});

const jekyll = "/usr/bin/jekyll";
const jekyllMissing = existsSync(jekyll) ? "" : " (skipped: `npm run test:long` installs Jekyll where it may)";

/** What Jekyll makes of a post with its default theme: the article's HTML, as in a browser. */
const built = async (path: string, text: string): Promise<string> => {
  const site = await mkdtemp(join(tmpdir(), "peerlab-site-"));
  onTestFinished(() => rm(site, { recursive: true, force: true }));
  await mkdir(join(site, "_posts"));
  await writeFile(join(site, "_config.yml"), "theme: minima\nbaseurl: /group\nsecret: told\n");
  await writeFile(join(site, path), text);
  const { status, stdout, stderr } = spawnSync(jekyll, ["build"], { cwd: site, encoding: "utf8" });
  expect([status, stderr.match(/warning.*/i)?.[0]]).toEqual([0, undefined]);
  expect(stdout).toContain("done in");
  const [html] = (await readdir(join(site, "_site"), { recursive: true })).filter((it) => it.endsWith(".html"));
  return (await readFile(join(site, "_site", html ?? ""), "utf8")).split(/itemprop="articleBody">|<\/article>/)[1] ?? "";
};

it.skipIf(jekyllMissing)(
  `is rendered by Jekyll with its default theme as it is meant, whatever people are called${jekyllMissing}`,
  async () => {
    const context = { id: "x", store: bot.store, place: general, lang: "ko" as const, services: { commands } };
    const draft = await beginBlog(context, { form: "blog", ...span, lang: "ko" });
    if ("reply" in draft || draft.job.job !== "exportBlog") throw new Error("Expected a job");
    const { name, post } = draft.job.input;
    const html = await built(post.path, post.text);
    expect(html.match(/<h2 [^>]*>\d\. /g)).toHaveLength(4);
    expect(html.match(/<th [^>]*>/g)).toHaveLength(5);
    expect(html).toContain(`src="/group/assets/${name}/1.jpg"`);
    expect(html).toContain("\\(y = x\\)");
    expect(html).toContain("\\[\\mathcal{L} = -\\sum_c y_c \\log p_c\\]");
    expect(html).toContain("*Leo* {{ site.secret }} [x](javascript:y) &#60;b&#62;|");
    expect(html).toContain("{{ page.title }}");
    expect(html).toContain("80 % | more");
    expect(html).not.toMatch(/told|<em>|href="javascript/);
  },
);

it("has nothing to write where nothing happened", async () => {
  expect(await mistakeIn(bot.ask("/recap export day", { now: new Date("2020-01-01T00:00:00Z") }))).toMatchObject({
    code: "nothing_to_export",
  });
});
