import { type Language, languageOf, languages } from "../../../text.ts";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const recall = <T extends string>(key: string, known: readonly T[]): T | undefined =>
  known.find((it) => it === localStorage.getItem(`peerlab.${key}`));
const remember = (key: string, value: string) => localStorage.setItem(`peerlab.${key}`, value);

/** The language chosen in this browser, or the one it asks for. */
export const recallLanguage = (): Language => recall("lang", languages) ?? languageOf(navigator.language);

export const applyLanguage = (lang: Language): void => {
  remember("lang", lang);
  document.documentElement.lang = lang;
};

export const recallTheme = (): Theme => recall("theme", themes) ?? "system";

/** The colours of the page's paper, which the phone's own bars take on; the same as in index.html. */
const barColours = { light: "#ffffff", dark: "#14161d" } as const;

/** Sets the page's colours; "system" follows the device. */
export const applyTheme = (theme: Theme): void => {
  remember("theme", theme);
  for (const bar of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]"))
    bar.content = barColours[theme === "system" ? (bar.media.includes("dark") ? "dark" : "light") : theme];
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
};

export const recallChannel = (): string | null => localStorage.getItem("peerlab.channel");
export const rememberChannel = (id: string): void => remember("channel", id);

/** A channel's own address: `/c/general`. */
export const channelPath = (name: string): string => `/c/${encodeURIComponent(name)}`;
/** The name of the channel that the page's address asks for. */
export const channelInAddress = (): string | undefined => {
  const [, name] = location.pathname.match(/^\/c\/([^/]+)$/) ?? [];
  try {
    return name && decodeURIComponent(name);
  } catch {
    return undefined; // a stray "%"
  }
};

/** The token of an invitation, `/#token=…`: taken out of the address, so that it is neither seen nor sent on from there. */
export const takeToken = (): string | undefined => {
  const [, token] = location.hash.match(/^#token=([\w-]+)$/) ?? [];
  if (token) window.history.replaceState(null, "", location.pathname + location.search);
  return token;
};

const draftKey = (channel: string) => `peerlab.draft.${channel}`;
/** What was being written in a channel. */
export const recallDraft = (channel: string): string => localStorage.getItem(draftKey(channel)) ?? "";
export const rememberDraft = (channel: string, text: string): void =>
  text === "" ? localStorage.removeItem(draftKey(channel)) : localStorage.setItem(draftKey(channel), text);
