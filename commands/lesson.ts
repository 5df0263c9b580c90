import { z } from "zod";
import { command } from "../src/chat/command.ts";
import type { Button } from "../src/reply.ts";
import { LessonFields, type LessonTopic, lessonTopics } from "../src/runs/kinds/lesson.ts";
import { tableIn } from "../src/table.ts";
import type { Language } from "../src/text.ts";
import { demandLabels, resolveData } from "./parts/data.ts";
import { lessonNames } from "./parts/lessonNames.ts";
import { lessonText } from "./parts/lessonTexts.ts";
import { toAsk } from "./parts/models.ts";
import { answerRun, runData } from "./parts/runAnswer.ts";
import { commonSpec, runOptions } from "./parts/runOptions.ts";
import { requestRun } from "./parts/runRequest.ts";
import { teacherFor } from "./parts/teachers.ts";

/** Offered as buttons below the list: the best to begin with. */
const first: readonly LessonTopic[] = ["degradation", "bias", "augmentation", "one-by-one", "label-noise"];

const buttonOf = (topic: LessonTopic, lang: Language): Button => ({
  label: lessonNames[topic][lang],
  command: "lesson",
  args: { topic },
});

const Listed = z.object({
  lessons: z
    .array(z.object({ topic: z.enum(lessonTopics), question: z.string().describe("in the asker's language") }))
    .describe("where no topic was named: all of them"),
});
const Taught = runData("lesson", LessonFields);

/** Experiments that are explained: what is asked, what is known, and what came out here. */
export const lesson = command({
  name: "lesson",
  ko: "수업",
  about: {
    en: "Run an experiment that is explained: why shortcuts, what bias does …",
    ko: "설명이 있는 실험: 스킵 연결은 왜 필요한지, 편향은 무엇을 하는지 등",
  },
  options: {
    topic: {
      kind: "choice",
      ko: "주제",
      about: { en: "what it is about; a list of all when left out", ko: "무엇에 대한 실험인지. 비우면 목록을 보여 줘요" },
      of: lessonTopics,
      labels: lessonNames,
    },
    ...runOptions,
  },
  data: z.union([Listed, Taught]),
  run: async (context, { topic, ...args }) => {
    const { lang } = context;
    if (topic === undefined) {
      const lessons = lessonTopics.map((it) => ({ topic: it, question: lessonText(it, lang).question }));
      const columns = [
        { en: "Lesson", ko: "주제" },
        { en: "What it asks", ko: "묻는 것" },
      ];
      return {
        text: {
          en: "Each is one command that explains, trains and says what came out, for example `/lesson degradation`.",
          ko: "명령 하나로 설명하고, 학습하고, 결과를 알려 줘요. 예: `/수업 성능저하`",
        }[lang],
        table: tableIn(
          lang,
          columns,
          lessons.map(({ topic: it, question }) => [lessonNames[it][lang], question]),
        ),
        buttons: first.map((it) => buttonOf(it, lang)),
        data: { lessons },
      };
    }
    const data = await resolveData(context, args.data);
    demandLabels(data);
    const spec = { kind: "lesson" as const, ...(await commonSpec(context, args)), topic };
    if (topic !== "temperature") return requestRun(context, spec);
    const { blob, card } = await toAsk(context, (await teacherFor(context, data.name)).name);
    return requestRun(context, spec, { teacher: { blob, card } });
  },
  answer: async (context, _, done) => {
    const { lang } = context;
    const { spec, finding } = Taught.parse(done.output.report);
    const { question, explanation, source } = lessonText(spec.topic, lang);
    const next = lessonTopics[(lessonTopics.indexOf(spec.topic) + 1) % lessonTopics.length] as LessonTopic;
    return answerRun(context, done, {
      data: Taught,
      head: `**${question}**`,
      lines: [explanation, `**${{ en: "What came out", ko: "결과" }[lang]}** ${finding[lang]}`, source],
      buttons: [buttonOf(next, lang)],
    });
  },
});
