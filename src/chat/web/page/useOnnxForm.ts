import { useEffect, useState } from "preact/hooks";
import type { DescribedCommand } from "../describe.ts";
import type { Chat } from "./chat.ts";
import { lineOf } from "./completion.ts";
import { type OnnxFacts, onnxFacts } from "./onnxFacts.ts";
import type { Attachment } from "./state.ts";
import { useWords } from "./words.ts";

const ENDING = ".onnx";
const isModel = ({ file }: Attachment) => file.name.toLowerCase().endsWith(ENDING);

/** The command that takes a model. */
const takesModel = (command: DescribedCommand) =>
  command.options.some((it) => it.kind === "file" && it.endings?.includes(ENDING));

/** A name that a model may have, made of its file's. */
const nameOf = (file: string): string =>
  file
    .slice(0, -ENDING.length)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 48);

/** The list of classes that a model of so many most likely has; it stands in the form, where it can be seen and changed. */
const labelsOf = ({ classes, side }: OnnxFacts): string | undefined => {
  if (classes === 1000 || classes === 1001) return "imagenet";
  return classes === 10 && side === 32 ? "cifar10" : undefined;
};

/** The form of a model that was attached, filled in as far as it could be read. How its training prepared pictures stands in no file but ours: that is asked. */
const formLine = (command: DescribedCommand, file: string, facts: OnnxFacts, lang: "en" | "ko"): string => {
  const labels = facts.hasCard ? undefined : labelsOf(facts);
  const name = nameOf(file);
  const line = lineOf(command, { ...(name && { name }), ...(labels && { labels }) }, lang);
  const asked = command.options.find((it) => it.name === "preprocessing");
  return facts.hasCard || !asked ? line : `${line}${lang === "ko" ? asked.ko : asked.name}:`;
};

/** Reads attached models, and opens their form where nothing else is being written. Returns what is to be said of an attachment. */
export const useOnnxForm = (
  chat: Chat,
  attachments: readonly Attachment[],
  text: string,
  begin: (line: string) => void,
): ((it: Attachment) => string | undefined) => {
  const { lang, t } = useWords();
  const [read, setRead] = useState<ReadonlyMap<string, OnnxFacts>>(new Map());
  const models = attachments.filter(isModel);
  const unread = models.find((it) => !read.has(it.key));
  useEffect(() => {
    if (!unread) return;
    let late = false;
    void onnxFacts(unread.file).then((facts) => {
      if (late) return;
      setRead((known) => new Map(known).set(unread.key, facts));
    });
    return () => {
      late = true;
    };
  }, [unread?.key]);
  const newest = models.at(-1);
  const facts = newest && read.get(newest.key);
  useEffect(() => {
    const command = chat.commands.find(takesModel);
    if (newest && facts && command && text.trim() === "") begin(formLine(command, newest.file.name, facts, lang));
  }, [facts]);
  return (it) => {
    const known = read.get(it.key);
    if (!known) return undefined;
    const { side, classes, hasCard } = known;
    const said = [
      ...(side ? [t("onnxSide", { side })] : []),
      ...(classes ? [t("onnxClasses", { count: classes.toLocaleString(lang) })] : []),
      ...(hasCard ? [t("onnxCard")] : []),
    ];
    return said.join(" · ") || undefined;
  };
};
