import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Language } from "../../../text.ts";
import type { Peer } from "../../request.ts";
import type { DescribedCommand } from "../describe.ts";
import { type Api, ApiError, type Limits, openApi } from "./api.ts";
import type { PageSettings } from "./channels.tsx";
import { useChat } from "./chat.ts";
import { ChatView } from "./chatView.tsx";
import { Gate } from "./gate.tsx";
import { applyLanguage, applyTheme, recallLanguage, recallTheme, takeToken } from "./settings.ts";
import { translator } from "./texts.ts";
import { useWords, Words } from "./words.ts";

type Known = { me: Peer; commands: readonly DescribedCommand[]; limits: Limits };
type Stage = "opening" | "token" | "name" | "unreachable" | Known;
const RETRY_MS = 2000;

const Inside = ({ known, api, settings, onLogOut }: { known: Known; api: Api; settings: PageSettings; onLogOut(): void }) => {
  const { lang } = useWords();
  return <ChatView chat={useChat({ ...known, api, lang, onLogOut })} settings={settings} />;
};

/** The page: the token if one is needed, a name at the first visit, then the chat. */
export const App = () => {
  const [lang, setLang] = useState<Language>(recallLanguage);
  const [theme, setTheme] = useState(recallTheme);
  const [stage, setStage] = useState<Stage>("opening");
  const [renaming, setRenaming] = useState(false);
  const t = useMemo(() => translator(lang), [lang]);
  const api = useMemo(() => openApi(lang, t("unreachable")), [lang]);
  useEffect(() => applyLanguage(lang), [lang]);
  useEffect(() => applyTheme(theme), [theme]);

  const connect = useCallback(async () => {
    try {
      const given = takeToken();
      // One that is wrong, or is not needed, is asked for like any other.
      if (given) await api.logIn(given).catch(() => {});
      const me = await api.me();
      setStage(me ? { me, ...(await api.commands()) } : "name");
    } catch (error) {
      setStage(error instanceof ApiError && error.code === "token_needed" ? "token" : "unreachable");
    }
  }, [api]);
  useEffect(() => {
    if (stage === "opening") void connect();
    if (stage !== "unreachable") return;
    const timer = setInterval(() => void connect(), RETRY_MS);
    return () => clearInterval(timer);
  }, [stage]);

  const switchLanguage = () => setLang(lang === "ko" ? "en" : "ko");
  const settings: PageSettings = { theme, setTheme, switchLanguage, rename: () => setRenaming(true) };
  const rename = async (name: string) => {
    await api.nameMe(name);
    await connect();
    setRenaming(false);
  };
  const show = () => {
    if (stage === "opening") return null;
    if (stage === "unreachable") return <p class="offline alone">{t("unreachable")}</p>;
    if (stage === "token") {
      const enter = (token: string) => api.logIn(token).then(connect);
      const words = { title: t("tokenTitle"), about: t("tokenAbout"), label: t("token"), action: t("enter") };
      return <Gate key="token" {...words} secret submit={enter} onLanguage={switchLanguage} />;
    }
    if (stage === "name" || renaming) {
      const first = stage === "name";
      const words = { title: t(first ? "nameTitle" : "nameRename"), about: first ? t("nameAbout") : "", label: t("name") };
      return (
        <Gate
          key="name"
          {...words}
          action={t(first ? "begin" : "save")}
          value={first ? "" : stage.me.name}
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
    return <Inside known={stage} api={api} settings={settings} onLogOut={() => setStage("opening")} />;
  };
  return <Words.Provider value={{ lang, t }}>{show()}</Words.Provider>;
};
