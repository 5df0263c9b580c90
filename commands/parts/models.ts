import type { CommandContext } from "../../src/chat/command.ts";
import type { Choice } from "../../src/chat/options.ts";
import { UserError } from "../../src/errors.ts";
import { type CatalogEntry, catalog } from "../../src/models/catalog.ts";
import { findName, nearestNames } from "../../src/models/names.ts";
import type { ModelRecipe } from "../../src/runs/recipe.ts";
import { recipes } from "../../src/runs/recipes.ts";
import type { Model } from "../../src/store/models.ts";
import { isShipped } from "../../src/store/shippedModels.ts";

/** Who asks, in which group, and where the models are kept. */
type Asking = Pick<CommandContext, "user" | "place" | "administers"> & {
  store: Pick<CommandContext["store"], "models" | "groups">;
};

/** So many worker processes a model may crash before it is set aside. */
const MOST_CRASHES = 2;
/** Whether a model is not asked until its owner names it: it crashed, or never finished, too often. */
export const isSetAside = ({ crashes }: Pick<Model, "crashes">): boolean => crashes >= MOST_CRASHES;

/** Whether a model is somebody's. Those that ship are nobody's, and neither are those of which no owner's id was kept. */
export const owns = ({ id }: Asking["user"], model: Model): boolean => model.addedById === id;

/** Whether the asker may take a model away from the group: their own, or any that was added where they administer the group. */
export const mayRemove = async ({ user, administers }: Pick<Asking, "user" | "administers">, model: Model): Promise<boolean> =>
  !isShipped(model) && (owns(user, model) || (await administers()));

/** Whether somebody we know measured what the card says: whoever trained what ships, or published what is in the catalog. */
export const isVouched = (model: Model): boolean => isShipped(model) || model.card.fetched !== undefined;
const accuracyOf = (model: Model) => (isVouched(model) && model.card.metrics?.accuracy) || 0;

/** How a model that ships was made; undefined of any other. */
export const recipeOf = (model: Model): ModelRecipe | undefined =>
  isShipped(model) ? recipes[String(model.card.lineage?.["recipe"])] : undefined;
/** Whether a model is there for runs that look for a teacher: others answer about pictures. */
export const isForTeaching = (model: Model): boolean => recipeOf(model)?.role === "teacher";

/**
 * The installed models. Those that ship or were fetched come first, whatever an added one knows or claims, those made for teaching after
 * all others, and those set aside last; then those that know most classes, then the most accurate, then in the order they were added.
 */
export const installed = async ({ store, place }: Omit<Asking, "user" | "administers">): Promise<readonly Model[]> =>
  [...(await store.models.list(place.group))].sort(
    (a, b) =>
      Number(isSetAside(a)) - Number(isSetAside(b)) ||
      Number(isForPhotos(b)) - Number(isForPhotos(a)) ||
      Number(isForTeaching(a)) - Number(isForTeaching(b)) ||
      Number(isVouched(b)) - Number(isVouched(a)) ||
      b.card.classes.length - a.card.classes.length ||
      accuracyOf(b) - accuracyOf(a),
  );

/** A model as something to choose. */
export const modelChoice = (model: Model): Choice => {
  const { name } = model;
  const label = isSetAside(model) ? { en: `${name} (set aside)`, ko: `${name} (빼 둠)` } : { en: name, ko: name };
  return { value: name, label };
};
/** The installed models to choose from; those set aside last, which their owners may ask again. */
export const modelChoices = async (context: Omit<Asking, "user">): Promise<readonly Choice[]> =>
  (await installed(context)).map(modelChoice);

/** What the catalog has besides the installed models. */
export const fetchable = (models: readonly Model[]): readonly CatalogEntry[] =>
  catalog.filter((entry) => !models.some((it) => it.name === entry.name));

/** The model that whoever administers the group made its own (/settings), while it is there and answers. */
const ownDefault = async ({ store, place }: Omit<Asking, "user" | "administers">, models: readonly Model[]) => {
  const { model } = await store.groups.settings(place.group);
  return models.find((it) => it.name === model && !isSetAside(it));
};

/** The model of that name; without one the group's own default, else the best: a fetched one of ImageNet's classes before those that ship. */
export const chosen = async (asking: Omit<Asking, "user" | "administers">, name?: string): Promise<Model> => {
  const models = await installed(asking);
  const [best] = models;
  if (!best) throw new UserError("no_models", {});
  if (name === undefined) return (await ownDefault(asking, models)) ?? best;
  const known = models.map((it) => it.name);
  const found = models.find((it) => it.name === findName(name, known));
  if (!found) throw new UserError("unknown_model", { name, near: nearestNames(name, known), known });
  return found;
};

/** The model to ask: as `chosen`, but none that is set aside, unless its owner names it; then it gets another chance. */
export const toAsk = async (asking: Asking, name?: string): Promise<Model> => {
  const { store } = asking;
  const model = await chosen(asking, name);
  if (!isSetAside(model)) return model;
  const mayRetry = name !== undefined && (isShipped(model) || (await mayRemove(asking, model)));
  if (!mayRetry) throw new UserError("model_set_aside", { name: model.name, by: isShipped(model) ? "" : model.addedBy });
  await store.models.forgiveCrashes(model);
  return model;
};

/** Whether a model knows what photos show; one of the drawn shapes would only see shapes in them. */
const isForPhotos = ({ card }: Model): boolean => card.lineage?.["dataset"] !== "shapes";

/**
 * All models to ask at once about a photo: every one that is not set aside, without those for teaching, which would repeat another one's vote.
 * Throws when there is none.
 */
export const allToAsk = async (asking: Asking): Promise<readonly Model[]> => {
  const models = (await installed(asking)).filter((it) => !isSetAside(it) && isForPhotos(it) && !isForTeaching(it));
  return models.length > 0 ? models : [await toAsk(asking)];
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
