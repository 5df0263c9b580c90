/** What a formula's commands are in plain text. */
const symbols: Readonly<Record<string, string>> = {
  ...{ alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", eta: "η", theta: "θ", lambda: "λ", mu: "μ", pi: "π" },
  ...{ rho: "ρ", sigma: "σ", tau: "τ", phi: "φ", omega: "ω", Delta: "Δ", Sigma: "Σ", Omega: "Ω", ell: "ℓ" },
  ...{ sum: "Σ", prod: "Π", int: "∫", partial: "∂", nabla: "∇", infty: "∞", cdot: "·", times: "×", odot: "⊙", pm: "±" },
  ...{ le: "≤", leq: "≤", ge: "≥", geq: "≥", neq: "≠", ne: "≠", approx: "≈", sim: "~", in: "∈", to: "→", rightarrow: "→" },
  ...{ leftarrow: "←", mid: "|", vert: "|", Vert: "‖", ldots: "…", cdots: "…", quad: " ", qquad: " ", left: "", right: "" },
};
/** Commands that only change how their argument looks. */
const LOOKS = /^(text|mathrm|mathcal|mathbf|mathbb|operatorname|hat|tilde|bar|vec)$/;
/** Deeper ones are left as they are. */
const MOST_NESTED = 20;

interface Read {
  text: string;
  end: number;
}

/** What stands between a brace at `at` and the one that closes it; a single sign where there is none. */
const argument = (tex: string, at: number): Read => {
  if (tex[at] !== "{") return { text: tex[at] ?? "", end: at + 1 };
  let depth = 0;
  for (let end = at; end < tex.length; end++) {
    depth += tex[end] === "{" ? 1 : tex[end] === "}" ? -1 : 0;
    if (depth === 0) return { text: tex.slice(at + 1, end), end: end + 1 };
  }
  return { text: tex.slice(at + 1), end: tex.length };
};

/** In brackets, unless it is one name or number. */
const grouped = (text: string): string => (/^[\p{L}\p{N}.]*$/u.test(text) ? text : `(${text})`);

const plain = (tex: string, nested = 0): string => {
  if (nested > MOST_NESTED) return tex;
  const inner = (text: string) => plain(text, nested + 1);
  let made = "";
  for (let at = 0; at < tex.length; ) {
    const [whole = "", name = ""] = tex.slice(at).match(/^\\([A-Za-z]+|.)\s*/su) ?? [];
    const sign = tex[at] ?? "";
    if (name === "frac") {
      const above = argument(tex, at + whole.length);
      const below = argument(tex, above.end);
      made += `${grouped(inner(above.text))} / ${grouped(inner(below.text))}`;
      at = below.end;
    } else if (name === "sqrt" || LOOKS.test(name)) {
      const { text, end } = argument(tex, at + whole.length);
      made += name === "sqrt" ? `√${grouped(inner(text))}` : inner(text);
      at = end;
    } else if (whole) {
      const symbol = symbols[name] ?? (/[,;:! ]/.test(name) ? " " : name);
      made += symbol + (symbol !== "" && /\s$/.test(whole) ? " " : "");
      at += whole.length;
    } else if (sign === "^" || sign === "_") {
      const { text, end } = argument(tex, at + 1);
      made += sign + grouped(inner(text));
      at = end;
    } else {
      made += sign === "{" || sign === "}" ? "" : sign;
      at++;
    }
  }
  return made.replace(/ {2,}/g, " ").trim();
};

/** A text whose formulas, TeX between `$$`, are written so that they can be read where nothing sets them: "p_i = e^(z_i/T) / Σ_j e^(z_j/T)". */
export const plainMath = (text: string): string => text.replace(/\$\$([^$]+)\$\$/g, (_, tex: string) => plain(tex));
