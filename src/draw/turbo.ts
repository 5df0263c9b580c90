const red = [0.13572138, 4.6153926, -42.66032258, 132.13108234, -152.94239396, 59.28637943] as const;
const green = [0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604] as const;
const blue = [0.1066733, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973] as const;

const channel = (terms: readonly number[], x: number): number =>
  Math.round(
    255 *
      Math.min(
        1,
        Math.max(
          0,
          terms.reduceRight((sum, term) => sum * x + term, 0),
        ),
      ),
  );

/** Google's Turbo colours, 0..1 from dark blue over green to dark red, as RGB bytes (Mikhailov 2019, his polynomial). */
export const turbo = (x: number): [number, number, number] => [channel(red, x), channel(green, x), channel(blue, x)];
