import { render } from "preact";
import { App } from "./app.tsx";
import { applyTheme, recallTheme } from "./settings.ts";

applyTheme(recallTheme());
render(<App />, document.getElementById("app") as HTMLElement);
