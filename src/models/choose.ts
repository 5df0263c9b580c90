import { UserError } from "../errors.ts";
import type { Model, Store } from "../store/store.ts";

const accuracyOf = ({ card }: Model) => card.metrics?.["accuracy"] ?? 0;

/** The installed models, those that know most classes first, then the most accurate, then in the order they were added. */
export const installed = async (store: Pick<Store, "models">): Promise<readonly Model[]> =>
  [...(await store.models.list())].sort((a, b) => b.card.classes.length - a.card.classes.length || accuracyOf(b) - accuracyOf(a));

/** The model of that name, or the best one without a name. */
export const chosen = async (store: Pick<Store, "models">, name?: string): Promise<Model> => {
  const models = await installed(store);
  const [best] = models;
  if (!best) throw new UserError("no_models", {});
  const found = name === undefined ? best : models.find((it) => it.name === name.toLowerCase());
  if (!found) throw new UserError("unknown_model", { name: name ?? "", known: models.map((it) => it.name) });
  return found;
};

/** The index of a class by its name, its number, or the only name that contains what was typed. */
export const classIndex = (text: string, { name, classes }: { name: string; classes: readonly string[] }): number => {
  const wanted = text.trim().toLowerCase();
  const exact = classes.findIndex((it) => it.toLowerCase() === wanted);
  if (exact >= 0) return exact;
  if (/^\d+$/.test(wanted) && Number(wanted) < classes.length) return Number(wanted);
  const near = [...classes.keys()].filter((it) => wanted !== "" && classes[it]?.toLowerCase().includes(wanted));
  if (near.length === 1 && near[0] !== undefined) return near[0];
  throw new UserError("unknown_class", {
    got: text.slice(0, 60),
    model: name,
    near: near.slice(0, 8).map((it) => classes[it] ?? ""),
  });
};
