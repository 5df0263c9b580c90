import { join } from "node:path";
import type { Peer } from "../../src/chat/request.ts";
import { openDatabase } from "../../src/store/database.ts";

/** Owns half of all rows; fifty others own the rest. */
const heaviest: Peer = { id: "heaviest", name: "Heaviest" };
const AT_ONCE = 10_000;

const hash = (of: string) => `encode(sha256((${of})::text::bytea), 'hex')`;
const file = (of: string, name: string) =>
  `jsonb_build_object('blob', ${hash(of)}, 'name', '${name}', 'type', 'image/jpeg', 'bytes', 50000)`;

/** Rows `from` to `to`: what a peer said with a picture of their own, the answer with another, and who refers to which file. */
const statements = (from: number, to: number): string => {
  const series = `from generate_series(${from}, ${to}) i`;
  const id = "'00000000-0000-4000-8000-' || lpad(to_hex(i), 12, '0')";
  const user = `case when i % 2 = 0 then '${heaviest.id}' else 'peer' || i % 50 end`;
  const time = `now() - interval '1 second' * (${to} - i) - interval '1 day'`;
  const [given, made] = ["'in' || i", "'out' || i"];
  return `
    insert into peerlab.messages (id, answered_by, channel, user_id, user_name, text, files, at)
      select ${id}, ${id}, 'general', ${user}, ${user}, '/augment op:rotate', jsonb_build_array(${file(given, "photo.jpg")}), ${time} ${series};
    insert into peerlab.requests (id, adapter, group_id, channel, user_id, user_name, lang, command, args, seed, ephemeral, status, reply, asked, ack_ms, total_ms)
      select ${id}, 'web', 'local', 'general', ${user}, ${user}, 'en', 'augment',
        jsonb_build_object('image', ${file(given, "photo.jpg")}, 'op', 'rotate'), i, false, 'done',
        jsonb_build_object('text', 'rotate · seed ' || i, 'pictures', jsonb_build_array(${file(made, "rotate.jpg")}),
          'buttons', jsonb_build_array(jsonb_build_object('label', 'Again', 'command', 'augment',
            'args', jsonb_build_object('image', ${file(given, "photo.jpg")})))),
        ${time}, 10, 300 ${series};
    insert into peerlab.deliveries (id, request, adapter, group_id, channel, state, external_id, at)
      select ${id}, ${id}, 'web', 'local', 'general', 'sent', ${id} || '.answer', ${time} ${series};
    insert into peerlab.uploads (blob, user_id, bytes, at) select ${hash(given)}, ${user}, 50000, ${time} ${series};
    insert into peerlab.blob_references (blob, source, id, group_id, role)
      select ${hash(given)}, 'message', ${id}, 'local', 'input' ${series}
      union all select ${hash(given)}, 'request', ${id}, 'local', 'input' ${series}
      union all select ${hash(made)}, 'request', ${id}, 'local', 'output' ${series};`;
};

/** Writes so many requests, with everything that belongs to them, into the database of an unlocked home. Returns who owns most. */
export const fill = async (home: string, rows: number): Promise<Peer> => {
  const { engine, close } = await openDatabase(join(home, "database"));
  for (let from = 1; from <= rows; from += AT_ONCE) await engine.exec(statements(from, Math.min(rows, from + AT_ONCE - 1)));
  await close();
  return heaviest;
};
