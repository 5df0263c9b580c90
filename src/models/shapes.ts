/** The classes of the data set `shapes`. Apart from what draws them, because the bot needs them too. */
export const shapes = {
  /** Names in the order of the labels. */
  classes: ["circle", "ring", "crescent", "triangle", "square", "pentagon", "star", "cross", "heart", "arrow"],
  /** The same for those who read Korean. */
  ko: ["원", "고리", "초승달", "삼각형", "정사각형", "오각형", "별", "십자", "하트", "화살표"],
} as const;
