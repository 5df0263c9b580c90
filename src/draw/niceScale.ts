/** The smallest of 1, 2, 2.5 and 5 times a power of ten that is at least `least`. */
const niceStep = (least: number): number => {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 2.5, 5].find((it) => it * power >= least * 0.999) ?? 10);
};

/** Accuracies closer together than this are noise: the axis shows at least so much. */
const LEAST_RANGE = 0.04;

/** An axis for values in about so many steps: both ends are multiples of its interval. Shares (`inPercent`) stay within 0 and 1. */
export const niceScale = (values: readonly number[], { inPercent, steps }: { inPercent: boolean; steps: number }) => {
  const [low, high] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1];
  const least = inPercent ? LEAST_RANGE : Math.max(Math.abs(high) * 0.05, 1e-6);
  const room = Math.max(high - low, least) - (high - low);
  const [from, to] = inPercent
    ? [Math.max(0, low - room / 2 - 0.005), Math.min(1, high + room / 2 + 0.005)]
    : [low < 0 ? low - room / 2 : Math.max(0, low - room / 2), high + room / 2];
  const interval = niceStep((to - from) / steps);
  return { min: Math.floor(from / interval + 1e-9) * interval, max: Math.ceil(to / interval - 1e-9) * interval, interval };
};
