/** The colours and type of every picture we draw: readable on a phone, on a light and on a dark chat alike. */
export const theme = {
  paper: "#ffffff",
  ink: "#1b1f2a",
  faint: "#5c6478",
  line: "#e4e7ee",
  panel: "#f7f8fc",
  accent: "#3b5bdb",
  /** Bars beside the one that matters. */
  accentPale: "#91a7ff",
  accentSoft: "#dbe4ff",
  good: "#2b8a3e",
  warn: "#e8590c",
  font: "Pretendard",
} as const;

/** Three pixels for each of a phone's 360, so that nothing of 28 or more is hard to read; and the empty space around, in pixels. */
export const page = { width: 1080, margin: 48 } as const;

/** Colours for several series side by side, distinguishable for colour-blind readers (Okabe & Ito 2008). */
export const series = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#000000"] as const;
