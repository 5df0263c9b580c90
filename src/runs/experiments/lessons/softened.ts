import type { Dataset } from "../../../data/dataset.ts";
import { temperaturePanels } from "../../../draw/temperaturePanels.ts";
import { openTeacher } from "../../../inference/teacher.ts";
import type { Language } from "../../../text.ts";
import type { RunModel, Setting } from "../../experiment.ts";
import type { LessonPicture, LessonPlan } from "./lesson.ts";

/** Test pictures that one is chosen from, and classes that are shown of it. */
const [LOOKED_AT, SHOWN] = [200, 4];

const words = {
  title: { en: "What the teacher says, softened", ko: "부드럽게 한 교사의 답" },
  subtitle: {
    en: "softmax(logits / T) of one test picture; green: its label",
    ko: "테스트 사진 한 장의 softmax(로짓 / T). 초록색은 정답 라벨",
  },
};

/** The softmax of logits divided by a temperature. */
export const softmaxAt = (logits: ArrayLike<number>, temperature: number): number[] => {
  const scores = Array.from(logits, (it) => it / temperature);
  const most = Math.max(...scores);
  const powers = scores.map((it) => Math.exp(it - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((it) => it / sum);
};

/** From this probability on a teacher is sure: nothing but the temperature can show what it thinks of the other classes. */
const SURE = 0.9;

/** The row of logits that names the right class, sure of it if any is, and is the least sure among those. */
const mostToSee = (logits: Float32Array, labels: ArrayLike<number>, classes: number): number => {
  const rows = Array.from({ length: logits.length / classes }, (_, row) => {
    const shares = softmaxAt(logits.subarray(row * classes, (row + 1) * classes), 1);
    const share = shares[labels[row] as number] as number;
    return { row, share, isRight: share === Math.max(...shares) };
  });
  const right = rows.filter((it) => it.isRight);
  const sure = right.filter((it) => it.share >= SURE);
  const from = [sure, right, rows].find((it) => it.length > 0) ?? rows;
  return from.reduce((a, b) => (b.share < a.share ? b : a)).row;
};

/** A teacher's logits for one of the first test pictures. */
const askAbout = async (teacher: RunModel, { classes, name, size, test }: Dataset) => {
  const opened = await openTeacher(teacher, { classes, data: name, size });
  const count = Math.min(LOOKED_AT, test.count);
  const logits = await opened.logits(test.pixels.subarray(0, count * size * size * 3)).finally(opened.close);
  const picture = mostToSee(logits, test.labels, classes.length);
  return { picture, logits: logits.subarray(picture * classes.length, (picture + 1) * classes.length) };
};

const pictureOf = (
  { classes, size, test }: Dataset,
  { picture, logits }: { picture: number; logits: Float32Array },
  temperatures: readonly number[],
  lang: Language,
): LessonPicture => {
  const label = test.labels[picture] as number;
  const order = [...classes.keys()].sort((a, b) => (logits[b] as number) - (logits[a] as number)).slice(0, SHOWN);
  const panels = temperatures.map((temperature) => {
    const shares = softmaxAt(logits, temperature);
    const bars = order.map((it) => ({ label: classes[it] as string, share: shares[it] as number, isRight: it === label }));
    return { title: `T = ${temperature}`, bars };
  });
  const pixels = test.pixels.subarray(picture * size * size * 3, (picture + 1) * size * size * 3);
  const [title, subtitle] = [words.title[lang], words.subtitle[lang]];
  const said = panels.map(
    (it) => `${it.title}: ${it.bars.map((bar) => `${bar.label} ${Math.round(100 * bar.share)} %`).join(", ")}`,
  );
  return {
    name: "softened-labels",
    image: temperaturePanels({ title, subtitle, picture: { width: size, height: size, data: pixels } }, panels),
    alt: `${title}. ${said.join(". ")}.`,
  };
};

/** What a model says of one test picture of a data set at each temperature, as a picture. */
export const drawSoftened = async (
  teacher: RunModel,
  dataset: Dataset,
  temperatures: readonly number[],
  lang: Language,
): Promise<LessonPicture> => pictureOf(dataset, await askAbout(teacher, dataset), temperatures, lang);

/** What the setting's teacher says of one test picture at each temperature, as numbers and as a picture. */
export const softened = (
  { dataset, models }: Setting<"lesson">,
  temperatures: readonly number[],
): Pick<LessonPlan, "measure" | "draw"> => {
  const asked = async () => {
    const { teacher } = models;
    if (!teacher) throw new Error("Expected the file of the teacher");
    return askAbout(teacher, dataset);
  };
  return {
    measure: async () => {
      const { picture, logits } = await asked();
      return { softened: { picture, shares: Object.fromEntries(temperatures.map((it) => [it, softmaxAt(logits, it)])) } };
    },
    draw: async (_, lang) => [pictureOf(dataset, await asked(), temperatures, lang)],
  };
};
