import type { Log } from "../log.ts";
import type { AdapterName } from "../place.ts";
import type { Text } from "../text.ts";

/** How the connection to a platform is. `why` says what is wrong and, where one can do something, what to do. */
export type ConnectionState =
  | { state: "connecting" }
  | { state: "connected" }
  | { state: "unreachable" | "refused"; why: string };

/** How each platform can be reached, for the log and /status. */
export interface Connections {
  /** What an adapter calls when its connection changes. */
  reporter(adapter: AdapterName): (state: ConnectionState) => void;
  /** What /status says, a line for each platform that ever reported. */
  lines(): readonly Text[];
}

const names: Readonly<Partial<Record<AdapterName, string>>> = { web: "Web" };
const titleOf = (adapter: AdapterName) => names[adapter] ?? `${adapter.slice(0, 1).toUpperCase()}${adapter.slice(1)}`;

const said = {
  connecting: { en: "connecting", ko: "연결하는 중" },
  connected: { en: "connected", ko: "연결됨" },
  unreachable: { en: "cannot be reached, trying on", ko: "연결할 수 없어 계속 시도하는 중" },
  refused: { en: "refused us", ko: "접속을 거부함" },
} as const satisfies Record<ConnectionState["state"], Text>;

const line = (adapter: AdapterName, state: ConnectionState): Text => {
  const why = "why" in state ? ` (${state.why})` : "";
  const { en, ko } = said[state.state];
  return { en: `${titleOf(adapter)}: ${en}${why}`, ko: `${titleOf(adapter)}: ${ko}${why}` };
};

export const openConnections = (log: Log): Connections => {
  const states = new Map<AdapterName, ConnectionState>();
  return {
    reporter: (adapter) => (state) => {
      const before = states.get(adapter);
      states.set(adapter, state);
      if (before?.state === state.state) return;
      if ("why" in state) log.error({ adapter, ...state }, "a chat platform cannot be used; everything else goes on");
      else log.info({ adapter, ...state }, "a chat platform");
    },
    lines: () => [...states].map(([adapter, state]) => line(adapter, state)),
  };
};
