import type { NetworkInterfaceInfo } from "node:os";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { qrLines } from "../src/app/qrCode.ts";
import { everyNetwork, freshToken, invitation, invitationLink, networkAddresses, sharedAddresses } from "../src/app/share.ts";
import { loadConfig } from "../src/config.ts";

const at = (address: string, more: Partial<NetworkInterfaceInfo> = {}) =>
  ({ address, family: "IPv4", internal: false, ...more }) as NetworkInterfaceInfo;
const home = {
  lo: [at("127.0.0.1", { internal: true })],
  docker0: [at("172.17.0.1")],
  eth1: [at("203.0.113.5")],
  "Wi-Fi": [at("fe80::1", { family: "IPv6" }), at("192.168.0.12")],
  eth2: [at("169.254.7.7")],
};
const shared = (env: Record<string, string> = {}) => loadConfig({ ...everyNetwork, ...freshToken(), ...env });

describe("a Peerlab that is shared", () => {
  it("is reached in the network that phones are in, not in one of this machine's own", () => {
    expect(networkAddresses(home)).toEqual(["192.168.0.12", "203.0.113.5", "172.17.0.1"]);
    expect(sharedAddresses(shared(), 3000, home)[0]).toBe("http://192.168.0.12:3000");
  });

  it("is reached where whoever runs it says", () => {
    expect(sharedAddresses(shared({ PEERLAB_HOST: "10.1.2.3" }), 3000, home)).toEqual(["http://10.1.2.3:3000"]);
    const proxied = shared({ PEERLAB_WEB_URL: "https://lab.example/" });
    expect(sharedAddresses(proxied, 3000, home).map((it) => invitationLink(it, "t"))).toEqual(["https://lab.example/#token=t"]);
  });

  it("says so where there is no network", () => {
    expect(() => sharedAddresses(shared(), 3000, { lo: home.lo })).toThrow(/no network/);
  });

  it("has another token at each start", () => {
    const tokens = Array.from({ length: 20 }, () => freshToken().PEERLAB_WEB_TOKEN);
    expect(new Set(tokens).size).toBe(20);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{22}$/);
  });

  it("is explained in both languages: the link, what it does, how to stop", () => {
    const links = ["http://192.168.0.12:3000/#token=abc", "http://203.0.113.5:3000/#token=abc"];
    for (const [lang, stop] of [
      ["en", /Ctrl-C stops/],
      ["ko", /Ctrl-C를 누르면/],
    ] as const) {
      const said = invitation(links, lang, false);
      for (const it of links) expect(said).toContain(it);
      expect(said).toMatch(stop);
      expect(Math.max(...said.split("\n").map((it) => it.length))).toBeLessThan(130);
    }
  });
});

describe("a QR code", () => {
  it("fits into a small terminal, with three finders and light all around", () => {
    const lines = qrLines("http://192.168.123.112:3000/#token=AbCdEfGhIjKlMnOpQrStUv", false);
    expect(lines.length).toBeLessThan(24);
    expect(new Set(lines.map((it) => it.length)).size).toBe(1);
    // Light is a block here: the terminal is dark.
    expect(lines[0]).toMatch(/^█+$/);
    for (const it of lines) expect(it).toMatch(/^██.*██$/);
    const finder = ["██ ▄▄▄▄▄ █", "██ █   █ █", "██ █▄▄▄█ █"];
    expect(lines.slice(1, 4).map((it) => it.slice(0, 10))).toEqual(finder);
    expect(lines.slice(1, 4).map((it) => [...it].reverse().join("").slice(0, 10))).toEqual(finder);
  });

  it("is black on white where there are colours, whatever the terminal's are", () => {
    const [plain, coloured] = [qrLines("a", false), qrLines("a", true)];
    const inverse: Record<string, string> = { "█": " ", " ": "█", "▀": "▄", "▄": "▀" };
    for (const [index, line] of coloured.entries()) {
      expect([line.startsWith("\u001b[38;5;16;48;5;231m"), line.endsWith("\u001b[0m")]).toEqual([true, true]);
      expect([...stripVTControlCharacters(line)].map((it) => inverse[it]).join("")).toBe(plain[index]);
    }
  });
});
