import { cifar10 } from "../models/cifar10.ts";
import type { DataSource, PublishedName } from "./dataSource.ts";
import { fashionMnistClasses } from "./fashionMnist.ts";
import { shapeNames } from "./shapes/outlines.ts";
import { classesOf } from "./splitPictures.ts";

const published: Readonly<Record<PublishedName, readonly string[]>> = {
  shapes: shapeNames,
  cifar10: cifar10.classes,
  "fashion-mnist": fashionMnistClasses,
};

/** The classes of a data set in the order of its labels, known before any of its pictures is opened. */
export const classNamesOf = (source: DataSource): readonly string[] =>
  source.kind === "published" ? published[source.name] : classesOf(source.pictures).map(({ name }) => name);
