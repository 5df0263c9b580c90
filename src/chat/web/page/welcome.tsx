import type { DescribedCommand } from "../describe.ts";
import { Icon, type IconName } from "./icons.tsx";
import { drawSample } from "./sample.ts";
import type { TextKey } from "./texts.ts";
import { useWords } from "./words.ts";

const SHOWN = 3;
/** First tries, best first: the first three whose command is there are shown. */
const tries: readonly { command: string; icon: IconName; title: TextKey; about: TextKey }[] = [
  { command: "augment", icon: "grid", title: "tryAugment", about: "tryAugmentAbout" },
  { command: "classify", icon: "spark", title: "tryClassify", about: "tryClassifyAbout" },
  { command: "explain", icon: "eye", title: "tryExplain", about: "tryExplainAbout" },
  { command: "mixup", icon: "blend", title: "tryMixup", about: "tryMixupAbout" },
];

/** What an empty channel shows: the first try is one tap away. */
export const Welcome = (it: { commands: readonly DescribedCommand[]; begin(text: string, files?: readonly File[]): void }) => {
  const { lang, t } = useWords();
  const named = (command: string) => it.commands.find((known) => known.name === command);
  const lineFor = (command: DescribedCommand) => `/${lang === "ko" ? command.ko : command.name} `;
  const help = named("help");
  const found = tries.flatMap((it) => {
    const known = named(it.command);
    return known ? [{ ...it, known }] : [];
  });
  const shown = found.slice(0, SHOWN);
  const first = shown[0]?.known;
  return (
    <section class="welcome">
      <h2>{t("welcomeTitle")}</h2>
      <p>{t("welcomeAbout")}</p>
      <ul>
        {shown.map(({ known, icon, title, about }) => (
          <li key={known.name}>
            <button type="button" class="try" onClick={() => it.begin(lineFor(known))}>
              <Icon name={icon} size={26} />
              <strong>{t(title)}</strong>
              <span>{t(about)}</span>
              <code>{lineFor(known)}</code>
            </button>
          </li>
        ))}
      </ul>
      <div class="welcome-more">
        {first && (
          <button type="button" class="pill" onClick={() => void drawSample().then((file) => it.begin(lineFor(first), [file]))}>
            <Icon name="image" size={18} /> {t("trySample")}
          </button>
        )}
        {help && (
          <button type="button" class="pill" onClick={() => it.begin(lineFor(help), [])}>
            {t("tryHelp")}
          </button>
        )}
      </div>
    </section>
  );
};
