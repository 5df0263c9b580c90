/** Eigenvalues of a symmetric matrix and its eigenvectors as rows, largest first; Jacobi's rotations (1846). */
const eigen = (matrix: readonly (readonly number[])[]): { value: number; vector: number[] }[] => {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  const at = (m: number[][], i: number, j: number) => (m[i] as number[])[j] as number;
  /** Rotates columns p and q of a matrix. */
  const turn = (m: number[][], p: number, q: number, c: number, s: number) => {
    for (const row of m)
      [row[p], row[q]] = [c * (row[p] as number) - s * (row[q] as number), s * (row[p] as number) + c * (row[q] as number)];
  };
  const SWEEPS = 30; // each squares the error; six are usually enough for double precision
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (at(a, p, q) === 0) continue;
        const angle = 0.5 * Math.atan2(2 * at(a, p, q), at(a, q, q) - at(a, p, p));
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        turn(a, p, q, c, s);
        const [rowP, rowQ] = [a[p] as number[], a[q] as number[]];
        a[p] = rowP.map((it, i) => c * it - s * (rowQ[i] as number));
        a[q] = rowP.map((it, i) => s * it + c * (rowQ[i] as number));
        turn(v, p, q, c, s);
      }
    }
  }
  return v.map((_, j) => ({ value: at(a, j, j), vector: v.map((row) => row[j] as number) })).sort((x, y) => y.value - x.value);
};

/**
 * A first layer that is computed, not learned: filters of `kernel` × `kernel` pixels whose outputs are uncorrelated and equally
 * strong on `pictures` ([count, side, side, 3], normalised), and their opposites. [kernel, kernel, 3, 2 · kernel² · 3].
 * `floor` keeps directions that hardly occur from being blown up. (Page 2019; Jordan 2024 with kernel 2 and 5e-4.)
 */
export const whitening = (pictures: Float32Array, side: number, kernel = 2, floor = 5e-4): Float32Array => {
  const size = kernel * kernel * 3;
  const sums = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const patch = new Float64Array(size);
  let count = 0;
  const rows = pictures.length / (side * 3);
  for (let row = 0; row < rows; row++) {
    if ((row % side) + kernel > side) continue;
    for (let column = 0; column + kernel <= side; column++) {
      for (let i = 0; i < size; i++) {
        const [y, rest] = [Math.floor(i / (kernel * 3)), i % (kernel * 3)];
        patch[i] = pictures[((row + y) * side + column) * 3 + rest] as number;
      }
      for (let i = 0; i < size; i++)
        for (let j = 0; j <= i; j++)
          (sums[i] as number[])[j] = ((sums[i] as number[])[j] as number) + (patch[i] as number) * (patch[j] as number);
      count++;
    }
  }
  const covariance = sums.map((row, i) =>
    row.map((_, j) => ((sums[Math.max(i, j)] as number[])[Math.min(i, j)] as number) / count),
  );
  const filters = eigen(covariance).map(({ value, vector }) => vector.map((it) => it / Math.sqrt(value + floor)));
  const both = [...filters, ...filters.map((it) => it.map((weight) => -weight))];
  return Float32Array.from(
    { length: size * both.length },
    (_, i) => (both[i % both.length] as number[])[Math.floor(i / both.length)] as number,
  );
};
