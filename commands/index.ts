import type { CommandEntry } from "../src/chat/command.ts";
import { arch } from "./arch.ts";
import { augment } from "./augment.ts";
import { cancel } from "./cancel.ts";
import { classify } from "./classify.ts";
import { compare } from "./compare.ts";
import { cutmix } from "./cutmix.ts";
import { dataset } from "./dataset.ts";
import { distill } from "./distill.ts";
import { evaluate } from "./evaluate.ts";
import { explain } from "./explain.ts";
import { explainTopic } from "./explainTopic.ts";
import { fixmatch } from "./fixmatch.ts";
import { forget } from "./forget.ts";
import { help } from "./help.ts";
import { history } from "./history.ts";
import { hypotheses } from "./hypotheses.ts";
import { label } from "./label.ts";
import { leaderboard } from "./leaderboard.ts";
import { learningRate } from "./learningRate.ts";
import { lesson } from "./lesson.ts";
import { log } from "./log.ts";
import { mixup } from "./mixup.ts";
import { models } from "./models.ts";
import { note } from "./note.ts";
import { picture } from "./picture.ts";
import { policysearch } from "./policysearch.ts";
import { privacy } from "./privacy.ts";
import { progress } from "./progress.ts";
import { pseudolabel } from "./pseudolabel.ts";
import { quiz } from "./quiz.ts";
import { randaugment } from "./randaugment.ts";
import { recap } from "./recap.ts";
import { rerun } from "./rerun.ts";
import { run } from "./run.ts";
import { runs } from "./runs.ts";
import { selftrain } from "./selftrain.ts";
import { settings } from "./settings.ts";
import { status } from "./status.ts";
import { train } from "./train.ts";
import { transfer } from "./transfer.ts";
import { trivialaugment } from "./trivialaugment.ts";

/** Every command the bot knows, in help order. Adding one: write its file, add its line. */
export const commands: readonly CommandEntry[] = [
  help,
  picture,
  augment,
  randaugment,
  trivialaugment,
  cutmix,
  mixup,
  classify,
  explain,
  evaluate,
  arch,
  models,
  label,
  dataset,
  train,
  learningRate,
  distill,
  pseudolabel,
  fixmatch,
  selftrain,
  policysearch,
  lesson,
  explainTopic,
  quiz,
  progress,
  transfer,
  run,
  runs,
  rerun,
  compare,
  leaderboard,
  hypotheses,
  note,
  log,
  recap,
  history,
  cancel,
  settings,
  privacy,
  status,
  forget,
];
