import { describe, expect, it } from "vitest";
import { cifar10 } from "../../src/models/cifar10.ts";
import { kindsOf } from "../../src/models/kinds.ts";
import { labelsOf } from "../../src/models/labels.ts";
import { shapes } from "../../src/models/shapes.ts";
import { readImagenetNames, shownLabel } from "../../src/models/shownLabel.ts";

const names = readImagenetNames();

describe("ImageNet's classes in Korean", () => {
  it("are a thousand, in the order of the classes, each with its synset", () => {
    expect(names.map((it) => it.en)).toEqual(labelsOf("imagenet", 1000));
    const synsets = names.map((it) => it.synset);
    expect(synsets).toEqual([...synsets].sort());
    expect(synsets.filter((it) => !/^n\d{8}$/.test(it))).toEqual([]);
  });

  it("are written in Hangul, with nothing else but what Korean itself writes in Latin letters or figures", () => {
    expect(names.filter((it) => !/[가-힣]/.test(it.ko)).map((it) => it.en)).toEqual([]);
    const others = names.filter((it) => !/^[가-힣 ]+$/.test(it.ko)).map((it) => it.ko);
    expect(others).toEqual(["2인용 자전거", "CD 플레이어", "TV 거실장", "포드 모델 T"]);
  });

  it("tell apart what English tells apart", () => {
    expect(new Set(names.map((it) => it.ko)).size).toBe(1000);
  });

  it.each([
    [219, "cocker spaniel", "코커 스패니얼"],
    [264, "Cardigan", "카디건 웰시 코기"],
    [474, "cardigan", "카디건"],
    [134, "crane (bird)", "두루미"],
    [517, "crane (machine)", "크레인"],
    [726, "plane", "대패"],
    [931, "bagel", "베이글"],
  ])("%i %s is %s", (index, label, ko) => {
    expect(shownLabel({ index, label }, "ko")).toBe(ko);
    expect(shownLabel({ index: index + 1, label }, "ko")).toBe(ko); // behind TensorFlow's "background"
    expect(shownLabel({ index, label }, "en")).toBe(label);
    expect(kindsOf(label).length).toBeGreaterThan(0);
  });

  it("are not what a peer's own classes are called", () => {
    expect(shownLabel({ index: 1, label: "orange" }, "ko")).toBe("orange");
    expect(shownLabel({ index: 950, label: "orange" }, "ko")).toBe("오렌지");
  });

  it("and those of CIFAR-10", () => {
    const ko = cifar10.classes.map((label, index) => shownLabel({ index, label }, "ko"));
    expect(ko).toEqual(["비행기", "자동차", "새", "고양이", "사슴", "개", "개구리", "말", "배", "트럭"]);
  });

  it("and those of the shapes, each another word", () => {
    const ko = shapes.classes.map((label, index) => shownLabel({ index, label }, "ko"));
    expect(ko.slice(2, 5)).toEqual(["초승달", "삼각형", "정사각형"]);
    expect(new Set(ko).size).toBe(10);
    expect(ko.filter((it) => !/^[가-힣]+$/.test(it))).toEqual([]);
  });
});
