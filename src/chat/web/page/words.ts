import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language } from "../../../text.ts";
import { type Translate, translator } from "./texts.ts";

/** The page's language and its texts, for every component. */
export const Words = createContext<{ lang: Language; t: Translate }>({ lang: "en", t: translator("en") });
export const useWords = () => useContext(Words);
