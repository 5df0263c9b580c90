import type { LessonTopic } from "../../kinds/lesson.ts";
import { augmentation } from "./augmentation.ts";
import { auxiliary } from "./auxiliary.ts";
import { bias } from "./bias.ts";
import { degradation } from "./degradation.ts";
import { dense } from "./dense.ts";
import { labelNoise } from "./labelNoise.ts";
import type { Lesson } from "./lesson.ts";
import { oneByOne } from "./oneByOne.ts";
import { scaling } from "./scaling.ts";
import { squeeze } from "./squeeze.ts";
import { temperature } from "./temperature.ts";

/** Every lesson. Adding one: its name in `kinds/lesson.ts`, its file, its line here, and its texts in content/lessons. */
export const lessons: Record<LessonTopic, Lesson> = {
  degradation,
  temperature,
  "one-by-one": oneByOne,
  auxiliary,
  squeeze,
  dense,
  scaling,
  augmentation,
  bias,
  "label-noise": labelNoise,
};
