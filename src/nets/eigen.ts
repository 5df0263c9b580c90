/** An eigenvalue and its eigenvector, of length 1. */
export interface Eigen {
  value: number;
  vector: Float64Array;
}

const SWEEPS = 30; // twelve dimensions settle in about six; each further sweep squares the error
const at = (rows: readonly Float64Array[], i: number, j: number): number => rows[i]?.[j] as number;

/** Turns the plane of axes p and q in every row: (row_p, row_q) becomes (c·row_p − s·row_q, s·row_p + c·row_q). */
const turnColumns = (rows: readonly Float64Array[], p: number, q: number, c: number, s: number): void => {
  for (const row of rows) {
    const [a, b] = [row[p] as number, row[q] as number];
    row[p] = c * a - s * b;
    row[q] = s * a + c * b;
  }
};

/** So that the same matrix has the same vectors everywhere: an eigenvector's sign is free, and its largest entry is made positive. */
const upright = (vector: Float64Array): Float64Array => {
  const largest = vector.reduce((best, it) => (Math.abs(it) > Math.abs(best) + 1e-12 ? it : best), 0);
  return largest < 0 ? vector.map((it) => -it) : vector;
};

/** All eigenvalues of a symmetric matrix, largest first, by Jacobi's rotations (1846). For small matrices: n³ a sweep. */
export const eigenOf = (matrix: readonly (readonly number[])[]): Eigen[] => {
  const n = matrix.length;
  const rows = matrix.map((row) => Float64Array.from(row));
  const vectors = rows.map((_, i) => Float64Array.from({ length: n }, (_, j) => Number(i === j)));
  const trace = rows.reduce((sum, row, i) => sum + Math.abs(row[i] as number), 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const off = at(rows, p, q);
        if (Math.abs(off) <= 1e-15 * trace) continue;
        // The angle that makes the entry (p, q) zero; the smaller of the two, for stability.
        const theta = (at(rows, q, q) - at(rows, p, p)) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        turnColumns(rows, p, q, c, t * c);
        const [rowP, rowQ] = [rows[p], rows[q]] as [Float64Array, Float64Array];
        for (let k = 0; k < n; k++) {
          const [a, b] = [rowP[k] as number, rowQ[k] as number];
          rowP[k] = c * a - t * c * b;
          rowQ[k] = t * c * a + c * b;
        }
        turnColumns(vectors, p, q, c, t * c);
      }
  const found = rows.map((row, i) => ({
    value: row[i] as number,
    vector: upright(Float64Array.from(vectors, (it) => it[i] as number)),
  }));
  return found.sort((a, b) => b.value - a.value);
};
