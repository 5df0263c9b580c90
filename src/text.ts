/** The languages peers are answered in. */
export const languages = ["en", "ko"] as const;
export type Language = (typeof languages)[number];

/** One sentence (or name, or caption) in every language: leave one out and it does not compile. */
export type Text = Readonly<Record<Language, string>>;

/** Text as the database and every reader can hold it: without NUL, and with U+FFFD where half a letter (a lone surrogate) was. */
export const wellFormed = (text: string): string => text.replaceAll("\0", "").toWellFormed();

/** The language of a platform's locale tag: "ko-KR" is Korean, whatever we do not speak is English. */
export const languageOf = (locale: string | null | undefined): Language => (locale?.toLowerCase().startsWith("ko") ? "ko" : "en");
