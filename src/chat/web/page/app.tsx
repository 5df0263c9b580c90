import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Language } from "../../../text.ts";
import type { Peer } from "../../request.ts";
import type { DescribedCommand } from "../describe.ts";
import { type Api, ApiError, type Limits, openApi } from "./api.ts";
import type { Dials } from "./channels.tsx";
import { useChat } from "./chat.ts";
import { Gate } from "./gate.tsx";
import { Room } from "./room.tsx";
import { applyLanguage, applyTheme, recallLanguage, recallTheme } from "./settings.ts";
import { translator } from "./texts.ts";
import { useWords, Words } from "./words.ts";

type Known = { me: Peer; commands: readonly DescribedCommand[]; limits: Limits };
type Door = "opening" | "token" | "name" | "unreachable" | Known;
const RETRY_MS = 2000;

const Inside = ({ known, api, dials, onLogOut }: { known: Known; api: Api; dials: Dials; onLogOut(): void }) => {
  const { lang } = useWords();
  return <Room chat={useChat({ ...known, api, lang, onLogOut })} dials={dials} />;
};

/** The page: the token if one is needed, a name at the first visit, then the chat. */
export const App = () => {
  const [lang, setLang] = useState<Language>(recallLanguage);
  const [theme, setTheme] = useState(recallTheme);
  const [door, setDoor] = useState<Door>("opening");
  const [renaming, setRenaming] = useState(false);
  const t = useMemo(() => translator(lang), [lang]);
  const api = useMemo(() => openApi(lang, t("unreachable")), [lang]);
  useEffect(() => applyLanguage(lang), [lang]);
  useEffect(() => applyTheme(theme), [theme]);

  const knock = useCallback(async () => {
    try {
      const me = await api.me();
      setDoor(me ? { me, ...(await api.commands()) } : "name");
    } catch (error) {
      setDoor(error instanceof ApiError && error.code === "token_needed" ? "token" : "unreachable");
    }
  }, [api]);
  useEffect(() => {
    if (door === "opening") void knock();
    if (door !== "unreachable") return;
    const timer = setInterval(() => void knock(), RETRY_MS);
    return () => clearInterval(timer);
  }, [door]);

  const switchLanguage = () => setLang(lang === "ko" ? "en" : "ko");
  const dials: Dials = { theme, setTheme, switchLanguage, rename: () => setRenaming(true) };
  const rename = async (name: string) => {
    await api.nameMe(name);
    await knock();
    setRenaming(false);
  };
  const show = () => {
    if (door === "opening") return null;
    if (door === "unreachable") return <p class="offline alone">{t("unreachable")}</p>;
    if (door === "token") {
      const enter = (token: string) => api.logIn(token).then(knock);
      const words = { title: t("tokenTitle"), about: t("tokenAbout"), label: t("token"), action: t("enter") };
      return <Gate key="token" {...words} secret submit={enter} onLanguage={switchLanguage} />;
    }
    if (door === "name" || renaming) {
      const first = door === "name";
      const words = { title: t(first ? "nameTitle" : "nameRename"), about: first ? t("nameAbout") : "", label: t("name") };
      return (
        <Gate
          key="name"
          {...words}
          action={t(first ? "begin" : "save")}
          value={first ? "" : door.me.name}
          submit={rename}
          onLanguage={switchLanguage}
        >
          {!first && (
            <button type="button" class="pill" onClick={() => setRenaming(false)}>
              {t("close")}
            </button>
          )}
        </Gate>
      );
    }
    return <Inside known={door} api={api} dials={dials} onLogOut={() => setDoor("opening")} />;
  };
  return <Words.Provider value={{ lang, t }}>{show()}</Words.Provider>;
};
