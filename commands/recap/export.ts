import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { UserError } from "../../src/errors.ts";
import { languages } from "../../src/text.ts";
import { answerBlog, beginBlog } from "../parts/blog.ts";
import { keepRecap, meantSpan, periodOption } from "./now.ts";

/** The study log as a post for a Jekyll blog, with its pictures. */
export const exportPost = command({
  name: "export",
  ko: "내보내기",
  about: { en: "The study log as a blog post for Jekyll, in a zip", ko: "학습 일지를 Jekyll 블로그 글(zip)로 내보내기" },
  options: {
    period: { ...periodOption, default: "week" },
    lang: {
      kind: "choice",
      ko: "언어",
      about: { en: "the language of the post; yours when left out", ko: "글의 언어. 비우면 내 언어" },
      of: languages,
      labels: { en: { en: "English", ko: "영어" }, ko: { en: "Korean", ko: "한국어" } },
    },
    who: {
      kind: "choice",
      ko: "누구",
      about: { en: "the whole group, or only you", ko: "그룹 전체 또는 나만" },
      of: ["group", "me"],
      labels: { group: { en: "the group", ko: "그룹" }, me: { en: "me", ko: "나" } },
      default: "group",
    },
  },
  data: z.object({ from: z.iso.datetime(), to: z.iso.datetime(), pictures: z.int() }),
  run: async (context, { period, lang = context.lang, who }) => {
    const spec = await meantSpan(context, period, { form: "blog", lang, ...(who === "me" && { userId: context.user.id }) });
    const draft = await beginBlog(context, spec);
    await keepRecap(context, spec, draft.people);
    if ("reply" in draft || draft.job.job !== "exportBlog") throw new UserError("nothing_to_export", {});
    return draft.job;
  },
  answer: async (context, { period }, { output }) => {
    const spec = await meantSpan(context, period, { form: "blog" });
    return { ...(await answerBlog(context, spec, output)), data: { from: spec.from, to: spec.to, pictures: output.pictures } };
  },
});
