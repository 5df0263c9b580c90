import { commands } from "../../commands/index.ts";
import { allCommands } from "../../src/chat/command.ts";
import { seeded } from "../../src/random.ts";
import { landscape } from "../../tests/helpers/pictures.ts";
import type { Target } from "./target.ts";
import { nastyTexts } from "./texts.ts";
import type { Attack } from "./verdict.ts";

/** Downloads nothing: other servers are not part of this. */
const FETCH = /fetch|받기/i;

/** Command lines and options that nobody would type, as text and as fields. */
export const optionsAttack = async (target: Target): Promise<Attack> => {
  const photo = await landscape(160, 120);
  return (seed) => {
    const rng = seeded(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(rng() * list.length)] as T;
    const { path, ko, command } = pick(allCommands(commands));
    const options = Object.keys(command.options);
    const value = (): string => {
      const spec = command.options[pick(options)];
      if (rng() < 0.15 && spec?.kind === "choice" && "of" in spec) return pick(spec.of);
      return rng() < 0.15
        ? String.fromCharCode(...Array.from({ length: 8 }, () => Math.floor(rng() * 65_536)))
        : pick(nastyTexts);
    };
    const key = () => (rng() < 0.15 ? pick(nastyTexts) : pick(options.length > 0 ? options : ["x"]));
    const name = rng() < 0.08 ? pick(nastyTexts) : rng() < 0.3 ? ko : path;
    const count = Math.floor(rng() * 4);
    const pairs = Array.from({ length: count }, () => [key(), value()] as const);
    const number = () => pick([-1, 0, 1e308, 2 ** 53, 0.5, 24]);
    const input =
      rng() < 0.5
        ? `/${name} ${pairs.map(([option, it]) => (rng() < 0.7 ? `${option}:${rng() < 0.5 ? `"${it}"` : it}` : it)).join(" ")}`.slice(
            0,
            8000,
          )
        : {
            command: name.slice(0, 60),
            args: Object.fromEntries(pairs.map(([option, it]) => [option, rng() < 0.2 ? number() : it])),
          };
    const written = JSON.stringify(input);
    const safe = FETCH.test(written) ? "/help" : input;
    const files = pick([0, 1, 1, 1, 2, 3]);
    return target.check(written, async (visitor) => {
      const kept = files > 0 ? await visitor.upload(photo, "hills.jpg") : undefined;
      return { input: safe, files: kept ? Array.from({ length: files }, () => kept) : [] };
    });
  };
};
