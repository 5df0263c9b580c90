import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { appIcons } from "./appIcons.ts";

/** Builds the page of the web chat into dist/web. Fonts stay files of their own, so that only the needed parts travel. */
export default defineConfig({
  root: fileURLToPath(new URL("./page/", import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL("../../../dist/web/", import.meta.url)),
    emptyOutDir: true,
    target: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // A busy machine is slow; nobody is to be told that at a start.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  plugins: [appIcons(fileURLToPath(new URL("./page/public/icon.svg", import.meta.url)))],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
});
