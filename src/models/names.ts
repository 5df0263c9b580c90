/**
 * Names that models and networks had before, and what they are called now. A shipped model is named `network.tag` after the network it
 * is an instance of and what it was trained on, as in timm; the small networks for 32-pixel pictures are "-mini", which says nothing
 * about a data set. People go on typing the former names, and old buttons carry them.
 */
const formerNames: Readonly<Record<string, string>> = {
  house: "airbench94",
  vgg: "vgg-mini",
  densenet: "densenet-mini",
  efficientnet: "efficientnet-mini",
  "alexnet-cifar": "alexnet-mini",
  "vgg-cifar": "vgg-mini",
  "googlenet-cifar": "googlenet-mini",
  "densenet-bc-cifar": "densenet-mini",
  "efficientnet-cifar": "efficientnet-mini",
};

/** How the names of networks are written in Hangul. */
const hangul: Readonly<Record<string, string>> = {
  레스넷: "resnet",
  레즈넷: "resnet",
  덴스넷: "densenet",
  구글넷: "googlenet",
  알렉스넷: "alexnet",
  브이지지: "vgg",
  이피션트넷: "efficientnet",
  에피션트넷: "efficientnet",
  스퀴즈넷: "squeezenet",
  에어벤치: "airbench",
  플레인: "plain",
  미니: "mini",
};

/** A name as it is compared: small letters and digits only, Hangul spelled out. */
const normalise = (name: string): string =>
  Object.entries(hangul)
    .reduce((text, [korean, latin]) => text.replaceAll(korean, latin), name.normalize("NFC").toLowerCase())
    .replace(/[^\p{L}\p{N}]/gu, "");

/** "resnet20" of "resnet20.cifar10": the network that a model is an instance of. */
const architectureOf = (name: string): string => name.split(".")[0] ?? name;

/**
 * Which of the names in use somebody means, or undefined: the name itself, a former name, one that differs only in case, spaces and
 * punctuation ("ResNet-20"), or a network alone ("resnet20"), which means the first of its models. `known` comes best first.
 */
export const findName = (typed: string, known: readonly string[]): string | undefined => {
  if (known.includes(typed)) return typed;
  const wanted = normalise(typed);
  if (wanted === "") return undefined;
  const current = Object.entries(formerNames).find(([former]) => normalise(former) === wanted)?.[1];
  const meant = [...(current ? [normalise(current)] : []), wanted];
  const alike = (nameOf: (name: string) => string) =>
    meant.map((text) => known.find((name) => normalise(nameOf(name)) === text)).find((name) => name !== undefined);
  return known.find((name) => normalise(name) === wanted) ?? alike((name) => name) ?? alike(architectureOf);
};

/**
 * How many letters must be changed, added or left out to make `typed` the whole of `name`, and to make it a beginning of it
 * (Levenshtein distances).
 */
const distances = (typed: string, name: string): { toName: number; toPrefix: number } => {
  let row = Array.from({ length: name.length + 1 }, (_, i) => i); // how far what was typed so far is from each prefix of the name
  for (const [i, letter] of [...typed].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= name.length; j++) {
      const changed = (row[j - 1] as number) + Number(name[j - 1] !== letter);
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, changed));
    }
    row = next;
  }
  return { toName: row[name.length] as number, toPrefix: Math.min(...row) };
};

const MOST_NEAR = 5;
/** A name is near while at most this share of what was typed is wrong; whoever is not done typing has typed a beginning. */
const NEAR_SHARE = 1 / 3;
/** More than any name has: comparing costs as much as both lengths multiplied. */
const MAX_TYPED = 60;

/** A name letter by letter: of a Hangul syllable with one wrong letter the others are right. */
const lettersOf = (name: string): string => normalise(name).normalize("NFD");

/** At most five of the names in use that somebody may have meant, the nearest first; none where nothing is near. */
export const nearestNames = (typed: string, known: readonly string[]): string[] => {
  const wanted = lettersOf(typed.slice(0, MAX_TYPED));
  if (wanted === "") return [];
  return known
    .map((name) => ({ name, ...distances(wanted, lettersOf(name)) }))
    .filter(({ toPrefix }) => toPrefix <= wanted.length * NEAR_SHARE)
    .sort((a, b) => a.toPrefix - b.toPrefix || a.toName - b.toName)
    .slice(0, MOST_NEAR)
    .map(({ name }) => name);
};
