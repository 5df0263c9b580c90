import { expect, it } from "vitest";
import { fourParts } from "../../commands/parts/fourParts.ts";
import type { Gathered } from "../../commands/parts/gathered.ts";
import { confusedIn } from "../../commands/parts/recapFigures.ts";

/** An answer of /evaluate, or a run's report: what they say of errors. */
const evaluated = (data: string, actual: string, predicted: string, count: number) =>
  ({ command: "evaluate", reply: { data: { data, confused: [{ actual, predicted, count }] } } }) as never;
const ran = (data: string, actual: string, predicted: string, count: number) =>
  ({ report: { spec: { data }, confused: [{ actual, predicted, count }] } }) as never;

it("errors of evaluations and runs are added up, and told with classes as the recap's readers call them", () => {
  const gathered: Pick<Gathered, "requests" | "runs"> = {
    requests: [evaluated("cifar10", "cat", "dog", 20), evaluated("rings", "ring", "cat", 5)],
    runs: [ran("cifar10", "cat", "dog", 11), ran("shapes", "ring", "circle", 9)],
  };
  const told = (lang: "en" | "ko") => confusedIn(gathered, lang).map((it) => `${it.actual} → ${it.predicted} ×${it.count}`);
  expect(told("en")).toEqual(["cat → dog ×31", "ring → circle ×9", "ring → cat ×5"]);
  // A group's own "ring" may be one for a finger.
  expect(told("ko")).toEqual(["고양이 → 개 ×31", "고리 → 원 ×9", "ring → cat ×5"]);
});

it("a line of the log says a topic and a class in its reader's language, whoever asked", () => {
  const asked = { userId: "leo", userName: "Leo", status: "done" };
  const top = [{ index: 3, label: "cat", probability: 0.566 }];
  const requests = [
    {
      ...{ ...asked, command: "classify", args: {} },
      reply: { text: "**resnet20.cifar10**: cat 56.6 % · 1 ms", data: { model: "resnet20.cifar10", top } },
    },
    { ...asked, command: "explain-topic", args: { topic: "temperature" }, reply: { text: "**Temperature**\n\nA network's …" } },
  ];
  const gathered = { requests, runs: [], notes: [], settled: [] } as unknown as Gathered;
  const textsIn = (lang: "en" | "ko") => {
    const { tried, reviewed } = fourParts(gathered, [], lang);
    return [...tried, ...reviewed].map((it) => it.text);
  };
  expect(textsIn("en")).toEqual(["/classify · resnet20.cifar10: cat 56.6 %", "/explain-topic temperature · Temperature"]);
  expect(textsIn("ko")).toEqual(["/classify · resnet20.cifar10: 고양이 56.6 %", "/explain-topic 온도 · Temperature"]);
});
