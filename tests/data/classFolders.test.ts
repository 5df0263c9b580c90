import { describe, expect, it } from "vitest";
import { isClutter, pathParts, placeByFolders } from "../../src/data/classFolders.ts";
import { exportPaths } from "../../src/data/exportPaths.ts";

const placed = (...paths: string[]) =>
  placeByFolders(paths.map((it) => pathParts(it) ?? [])).map((it) => it && [it.split, it.label].filter(Boolean).join(" "));

describe("pictures by their folders", () => {
  it.each([
    ["class folders at the top", ["cat/1.jpg", "dog/1.jpg"], ["cat", "dog"]],
    ["class folders in one folder", ["pets/cat/1.jpg", "pets/dog/1.jpg"], ["cat", "dog"]],
    ["class folders in a folder in a folder", ["a/b/cat/1.jpg", "a/b/dog/1.jpg"], ["cat", "dog"]],
    ["folders of splits", ["train/cat/1.jpg", "test/cat/2.jpg"], ["train cat", "test cat"]],
    ["folders of splits in one folder", ["x/Train/cat/1.jpg", "x/val/dog/2.jpg"], ["train cat", "test dog"]],
    ["validation beside a test folder", ["train/a/1.jpg", "val/a/2.jpg", "test/a/3.jpg"], ["train a", "train a", "test a"]],
    ["a training folder alone", ["train/cat/1.jpg", "train/dog/1.jpg"], ["train cat", "train dog"]],
    ["a class that is called test", ["test/1.jpg", "cat/1.jpg"], ["test", "cat"]],
    ["deeper folders, which belong to their class", ["cat/young/1.jpg", "dog/1.jpg"], ["cat", "dog"]],
    ["backslashes of Windows programs", ["pets\\cat\\1.jpg", "pets\\dog\\1.jpg"], ["cat", "dog"]],
    ["pictures beside the class folders", ["cover.jpg", "cat/1.jpg", "dog/1.jpg"], [undefined, "cat", "dog"]],
    ["decomposed Hangul of macOS", ["고양이/1.jpg".normalize("NFD"), "개/1.jpg"], ["고양이", "개"]],
    ["spaces and names that are sentences", [" black   cat /1.jpg", `${"x".repeat(41)}/1.jpg`], ["black cat", undefined]],
  ])("%s", (_, paths, expected) => {
    expect(placed(...paths)).toEqual(expected);
  });

  it.each([
    "../cat/1.jpg",
    "cat/../../1.jpg",
    "..\\1.jpg",
    "/etc/1.jpg",
    "C:\\cat\\1.jpg",
    "a\0b/1.jpg",
    `${"a/".repeat(9)}1.jpg`,
  ])("refuses the path %j", (path) => expect(pathParts(path)).toBeUndefined());

  it("knows what systems leave behind", () => {
    for (const it of ["__MACOSX/cat/._1.jpg", "cat/.DS_Store", "cat/Thumbs.db", ".git/x.png"])
      expect(isClutter(it.split("/"))).toBe(true);
    expect(isClutter(["cat", "1.jpg"])).toBe(false);
  });
});

describe("the paths of an export", () => {
  const of = (...labels: string[]) => labels.map((label, i) => ({ blob: String(i).repeat(64), label }));
  const foldersOf = (...labels: string[]) => exportPaths(of(...labels)).map((it) => it.path.split("/")[0]);

  it("are folders that every system takes, one for each class", () => {
    expect(foldersOf("AC/DC", "..", "con", "고양이", "a b")).toEqual(["__", "AC_DC", "a b", "_con", "고양이"]);
    expect(foldersOf("a/b", "a:b", "A_B")).toEqual(["A_B", "a_b (2)", "a_b (3)"]);
  });

  it("have folders of splits once somebody split the data set, and are read back as they were", () => {
    const split = of("cat", "cat", "dog", "dog").map((it, i) => ({
      ...it,
      split: i % 2 ? ("test" as const) : ("train" as const),
    }));
    const paths = exportPaths(split);
    const back = placeByFolders(paths.map((it) => it.path.split("/")));
    expect(paths.map(({ blob }, n) => ({ blob, ...back[n] })).sort((a, b) => (a.blob < b.blob ? -1 : 1))).toEqual(split);
  });
});
