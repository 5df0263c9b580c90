import fc from "fast-check";
import { expect, it } from "vitest";
import { plainMath } from "../src/plainMath.ts";

it("writes a formula so that it can be read where nothing sets it, and leaves everything else as it is", () => {
  expect(plainMath("so $$p_i = \\frac{e^{z_i/T}}{\\sum_j e^{z_j/T}}$$ it is")).toBe(
    "so p_i = (e^(z_i/T)) / (Σ_j e^(z_j/T)) it is",
  );
  expect(plainMath("$$y = F(x) + x$$ and $5, \\frac")).toBe("y = F(x) + x and $5, \\frac");
  expect(plainMath("$$\\tilde{x} = \\lambda x_A + (1 - \\lambda) x_B$$")).toBe("x = λ x_A + (1 - λ) x_B");
  expect(plainMath("$$\\mathcal{L} = -\\sum_c y_c \\log p_c,\\quad \\sqrt{0.3} \\approx 0.55$$")).toBe(
    "L = -Σ_c y_c log p_c, √0.3 ≈ 0.55",
  );
});

it("ends with whatever people write", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("$$", "\\frac", "\\sqrt", "{", "}", "^", "_", "\\", "x", " ", "\\text")), (pieces) => {
      expect(typeof plainMath(pieces.join(""))).toBe("string");
    }),
  );
  expect(plainMath(`$$${"\\frac{".repeat(3000)}$$`).length).toBeLessThan(30_000);
});
