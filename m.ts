import { openDatabase } from "./src/store/database.ts";
import { openStore } from "./src/store/store.ts";
import { fillWithRequests } from "./tests/helpers/manyRequests.ts";
const home = "/tmp/big" + process.pid;
let b = performance.now();
const lap = (n: string) => { console.log(n, Math.round(performance.now() - b), "ms"); b = performance.now(); };
await fillWithRequests(home, Number(process.argv[2]), "mina"); lap("fill");
const { database, engine, tidyUp, close } = await openDatabase(home + "/database"); lap("open");
await (await import('./src/store/database.ts')); await tidyUp(); lap('tidy'); const store = openStore(database);
const e = store.erasure; const who = { userId: "mina", except: "x", before: new Date() };
for (let k = 0, last = ""; k < 3; k++) { const s = await e.sentAlone(who, last); lap("sentAlone " + s.length); last = s.at(-1) ?? "";
 for (const x of s.slice(0, 3)) { await e.requestsAbout(x, "mina"); lap(" about"); await e.takeOut(x); lap(" takeOut"); } }
for (let k = 0; k < 3; k++) { const m = await e.sentMessages(who); lap("sentMessages " + m.length);
 await e.madeAndUsed(m.map((i) => i.id), "mina"); lap("madeAndUsed"); const r = await e.removeMessages(m.map((i) => i.id)); lap("remove " + r.length); }
for (let k = 0; k < 2; k++) { await e.removeUploads(who); lap("removeUploads"); }
console.log(await store.requests.waitingOf("mina")); lap("waitingOf");
await store.requests.recent("general", 100); lap("recent");
await store.messages.history("general", "mina"); lap("history");
await store.requests.waiting(); lap("waiting");
await close();
