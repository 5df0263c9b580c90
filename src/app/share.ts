import { randomBytes } from "node:crypto";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import { type Config, httpAddress } from "../config.ts";
import { UserError } from "../errors.ts";
import type { Language } from "../text.ts";
import { qrLines } from "./qrCode.ts";

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** What virtual machines, containers and tunnels call their networks: phones are in none of them. */
const virtual = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|tailscale|zt|wg|vEthernet|bridge)/i;
/** Addresses of local networks (RFC 1918). */
const local = /^(192\.168\.|10\.|172\.(1[6-9]|2\d|3[01])\.)/;

/** The IPv4 addresses at which others may reach this machine, likeliest first. */
export const networkAddresses = (interfaces: Interfaces = networkInterfaces()): string[] => {
  const found = Object.entries(interfaces).flatMap(([name, all = []]) =>
    all.flatMap(({ family, internal, address }) =>
      family === "IPv4" && !internal && !address.startsWith("169.254.")
        ? [{ address, rank: (virtual.test(name) ? 2 : 0) + (local.test(address) ? 0 : 1) }]
        : [],
    ),
  );
  return found.sort((a, b) => a.rank - b.rank).map((it) => it.address);
};

/** What `--share` sets: a token that holds until this process ends. */
export const freshToken = (): { PEERLAB_WEB_TOKEN: string } => ({ PEERLAB_WEB_TOKEN: randomBytes(16).toString("base64url") });
/** What it sets where nothing else is: every network that this machine is in. */
export const everyNetwork = { PEERLAB_HOST: "0.0.0.0" } as const;

const isEverywhere = (host: string) => host === everyNetwork.PEERLAB_HOST || host === "::";

/** Where others reach a shared Peerlab that listens at `port`, likeliest first. A `UserError` where there is no network. */
export const sharedAddresses = ({ host, webUrl, port: wanted }: Config, port: number, interfaces?: Interfaces): string[] => {
  // Set by whoever runs it, as behind a proxy.
  if (webUrl !== httpAddress(host, wanted)) return [webUrl];
  const hosts = isEverywhere(host) ? networkAddresses(interfaces) : [host];
  if (hosts.length === 0) throw new UserError("no_network", {});
  return hosts.map((it) => httpAddress(it, port));
};

/** The configuration of a Peerlab that is shared: links to it name where others reach it. */
export const sharedConfig = (config: Config): Config => ({
  ...config,
  webUrl: sharedAddresses(config, config.port)[0] ?? config.webUrl,
});

/** A link that lets in whoever opens it: browsers send nobody what stands behind the "#", and the page takes it out of the address. */
export const invitationLink = (address: string, token: string): string => `${address.replace(/\/$/, "")}/#token=${token}`;

/** What whoever shares is told: the link, its QR code, what it does, and how to stop. */
export const invitation = (links: readonly string[], lang: Language, colours: boolean): string => {
  const [link = "", ...others] = links;
  const code = qrLines(link, colours);
  const more = others.slice(0, 3);
  return {
    en: [
      "Everybody in your network can use this Peerlab now. Scan this with a phone in the same Wi-Fi, or open the link:",
      ...["", ...code, "", `  ${link}`, ""],
      ...(more.length > 0 ? [`If that cannot be reached: ${more.join("  ")}`] : []),
      "The link lets in whoever has it, without encryption: share it in networks that you trust.",
      "On a new Peerlab the first to choose a name administers it: open the link yourself first.",
      "Ctrl-C stops sharing. Without --share only this computer gets in, and the next --share makes a new link.",
    ],
    ko: [
      "이제 같은 네트워크에 있는 누구나 이 Peerlab을 쓸 수 있어요. 같은 와이파이의 휴대폰으로 QR 코드를 찍거나 링크를 여세요.",
      ...["", ...code, "", `  ${link}`, ""],
      ...(more.length > 0 ? [`열리지 않으면: ${more.join("  ")}`] : []),
      "링크를 가진 사람은 누구나 들어올 수 있고, 통신은 암호화되지 않아요. 믿을 수 있는 네트워크에서만 공유하세요.",
      "새로 만든 Peerlab에서는 처음 이름을 정한 사람이 관리자가 돼요. 먼저 직접 링크를 열어 주세요.",
      "Ctrl-C를 누르면 공유가 끝나요. --share 없이 시작하면 이 컴퓨터에서만 열리고, 다시 --share로 시작하면 새 링크가 만들어져요.",
    ],
  }[lang].join("\n");
};
