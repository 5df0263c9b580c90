import { defineConfig } from "vitest/config";

const long = ["tests/**/*.long.test.{ts,tsx}"];
const training = ["tests/**/*.training.test.ts"];

/**
 * Three suites, told apart by a file's name: `npm test` runs the quick one, `npm run test:long` what takes long, `npm run test:training` whole
 * learning runs, which would take CI beyond its time; and `npx vitest run PATH` whatever lies there, of all.
 */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      // On every core, while Vitest would leave one free: much of the time is spent waiting for child processes.
      {
        extends: true,
        test: { name: "quick", include: ["tests/**/*.test.{ts,tsx}"], exclude: [...long, ...training], maxWorkers: "100%" },
      },
      // One after another: some measure how long something takes, or how much memory.
      { extends: true, test: { name: "long", include: long, maxWorkers: 1 } },
      { extends: true, test: { name: "training", include: training, maxWorkers: 1 } },
    ],
  },
});
