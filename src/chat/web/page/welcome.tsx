import { useEffect, useState } from "preact/hooks";
import type { Choice } from "../../options.ts";
import type { DescribedCommand } from "../describe.ts";
import type { Chat } from "./chat.ts";
import { lineOf } from "./completion.ts";
import { Icon, type IconName } from "./icons.tsx";
import { newId } from "./newId.ts";
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

/** The network that is offered here: it knows a thousand things, and is small for how good it is. */
const WIDER = "efficientnet_b0";

/** Facts in a row, none of which breaks in two. */
const unbroken = (facts: string): string =>
  facts
    .split(" · ")
    .map((it) => it.replaceAll(" ", "\u00a0"))
    .join(" · ");

/** That network, as what it is called and how large it is, as long as it is still to be fetched. */
const useOffer = ({ api, state: { channel } }: Chat): Choice | undefined => {
  const [offer, setOffer] = useState<Choice>();
  useEffect(() => {
    const asked = { command: "models fetch", option: "name", typed: WIDER, channel, given: {} };
    api.suggest(asked).then(
      (choices) => setOffer(choices.find((it) => it.value === WIDER)),
      () => {}, // An offer that cannot be made is left out.
    );
  }, [channel]);
  return offer;
};

/** What an empty channel shows: the first try is one tap away. */
export const Welcome = ({ chat, ...it }: { chat: Chat; begin(text: string, files?: readonly File[]): void }) => {
  const { lang, t } = useWords();
  const offer = useOffer(chat);
  const named = (command: string) => chat.commands.find((known) => known.name === command);
  const fetch = named("models fetch");
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
      {offer && fetch && (
        <button
          type="button"
          class="try offer"
          onClick={() =>
            void chat.send({
              id: newId(),
              channel: chat.state.channel,
              text: lineOf(fetch, { name: offer.value }, lang).trim(),
              attachments: [],
            })
          }
        >
          <Icon name="download" size={26} />
          <strong>{t("tryWider")}</strong>
          <span>{unbroken(offer.label[lang])}</span>
        </button>
      )}
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
