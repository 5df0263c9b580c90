import { expect, it } from "vitest";
import { whoIsAhead } from "../../commands/parts/transferWords.ts";

const counts = [
  { labels: 10, head: 0.4, finetune: 0.3, scratch: 0.1 },
  { labels: 30, head: 0.5, finetune: 0.505, scratch: 0.2 },
  { labels: 100, head: 0.55, finetune: 0.7, scratch: 0.5 },
  { labels: 300, head: 0.55, finetune: 0.8, scratch: 0.7 },
  { labels: 1000, head: 0.55, finetune: 0.85, scratch: 0.9 },
];

it("says where each approach is ahead, and where chance decides", () => {
  expect(whoIsAhead(counts, "en")).toEqual([
    "With 10 labels a class **a new last layer** is ahead, with 30 it is about even, with 100 and 300 **fine-tuning** is ahead, with 1000 **training from scratch** is ahead.",
  ]);
  expect(whoIsAhead(counts, "ko")).toEqual([
    "가장 정확한 방법: 클래스당 라벨 10개에서는 **마지막 레이어만**, 30개에서는 거의 비슷함, 100·300개에서는 **미세 조정**, 1000개에서는 **처음부터 학습**.",
  ]);
});

it("says nothing where there is nothing to compare", () => {
  expect(whoIsAhead([{ labels: 8, head: 0.9 }], "en")).toEqual([]);
  expect(whoIsAhead([], "ko")).toEqual([]);
});
