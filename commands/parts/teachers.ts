import type { CommandContext } from "../../src/chat/command.ts";
import type { DataSource, PublishedName } from "../../src/data/dataSource.ts";
import { fashionMnistClasses } from "../../src/data/fashionMnist.ts";
import { shapeNames } from "../../src/data/shapes/outlines.ts";
import { UserError } from "../../src/errors.ts";
import { cifar10 } from "../../src/models/cifar10.ts";
import { findClasses } from "../../src/models/mapClasses.ts";
import type { Model } from "../../src/store/models.ts";
import { installed, isSetAside } from "./models.ts";

const published: Readonly<Record<PublishedName, readonly string[]>> = {
  shapes: shapeNames,
  cifar10: cifar10.classes,
  "fashion-mnist": fashionMnistClasses,
};

/** The classes of a data set, as far as the bot knows them: of a group's, those that pictures are labelled with. */
const classesIn = (data: DataSource): readonly string[] =>
  data.kind === "published" ? published[data.name] : [...new Set(data.pictures.flatMap(({ label }) => label ?? []))];

/** The best installed model that knows every class of the data, to teach it. Throws `no_teacher` where there is none. */
export const teacherFor = async (context: CommandContext, data: DataSource): Promise<Model> => {
  const classes = classesIn(data);
  const knowsAll = ({ card }: Model) => findClasses(card.classes, classes).every((index) => index >= 0);
  const found = (await installed(context)).find((it) => !isSetAside(it) && knowsAll(it));
  if (!found) throw new UserError("no_teacher", { data: data.name });
  return found;
};
