import { type ExecFileSyncOptions, execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";

/** Without a network every name server is asked once, for two seconds: whoever is offline is not to wait for minutes. */
const environment = { ...process.env, RES_OPTIONS: "timeout:2 attempts:1", DEBIAN_FRONTEND: "noninteractive" };

/** What the tests need from the system beyond Node.js: the program, Debian's package, and what is not tested without it. */
const wanted = [
  { program: "/usr/bin/chromium", debian: "chromium", for: "the web chat in a real browser" },
  { program: "/usr/sbin/ip", debian: "iproute2", for: "Slack against its double" },
  { program: "/usr/bin/redis-server", debian: "redis-server", for: "workers on other machines" },
  ...(process.argv[2] === "long"
    ? [{ program: "/usr/bin/jekyll", debian: "jekyll-theme-minima", for: "blog posts by Jekyll and its default theme" }]
    : []),
];

const missing = wanted.filter((it) => !existsSync(it.program));
const canInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get") && isWritable("/var/lib/dpkg");

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

if (missing.length > 0 && canInstall) {
  const packages = missing.map((it) => it.debian);
  console.log(`Installing ${packages.join(" and ")} for the tests`);
  const options: ExecFileSyncOptions = {
    stdio: ["ignore", "ignore", "inherit"],
    env: environment,
  };
  const brief = ["-qq", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=10", "-o", "Acquire::https::Timeout=10"];
  try {
    execFileSync("apt-get", ["update", ...brief], options);
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", ...brief, ...packages], options);
  } catch (error) {
    console.warn(`The installation did not work: ${error instanceof Error ? error.message : error}`);
  }
}
for (const it of wanted.filter(({ program }) => !existsSync(program))) {
  console.warn(`Skipping the tests of ${it.for}: they need ${it.program}. On Debian: sudo apt-get install ${it.debian}`);
}

/**
 * Reference implementations in Python, which only the long suite needs: `prepare-tests.ts long`. PyTorch is gigabytes on some
 * machines, so only CI installs it unasked.
 */
const references = [
  { module: "onnx", pip: ["onnx==1.23.1"], for: "exports by the reference checker", unasked: canInstall },
  {
    module: "torchvision",
    pip: ["torch==2.13.0", "torchvision==0.28.0"],
    for: "networks against torchvision",
    unasked: canInstall && Boolean(process.env["CI"]),
  },
] as const;
/** Looked up, not imported: torchvision's compiled part may belong to another build than torch's, and the tests do not need it. */
const isInstalled = (module: string) =>
  spawnSync("python3", ["-c", `import importlib.util, sys; sys.exit(importlib.util.find_spec("${module}") is None)`]).status ===
  0;

const needed = process.argv[2] === "long" ? references : [];
for (const it of needed.filter(({ module }) => !isInstalled(module))) {
  const brief = ["-q", "--disable-pip-version-check", "--retries=1", "--timeout=10"];
  const install = ["-m", "pip", "install", ...brief, "--break-system-packages", "--root-user-action=ignore", ...it.pip];
  if (it.unasked) {
    console.log(`Installing ${it.pip.join(" and ")} for the tests`);
    spawnSync("python3", install, { stdio: ["ignore", "ignore", "inherit"], env: environment });
  }
  if (!isInstalled(it.module))
    console.warn(`Skipping the tests of ${it.for}: they need python3 -m pip install ${it.pip.join(" ")}`);
}
