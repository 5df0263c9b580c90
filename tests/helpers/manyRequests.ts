import { join } from "node:path";
import { openDatabase } from "../../src/store/database.ts";

/**
 * Fills a folder that no Peerlab holds with requests as peers leave them: messages, answers with a picture each, the uploads they
 * were about, and who refers to what. Every second one is `owner`'s. Takes some ten seconds for 100,000.
 */
export const fillWithRequests = async (home: string, count: number, owner: string): Promise<void> => {
  const { engine, close } = await openDatabase(join(home, "database"));
  const hash = (what: string) => `encode(sha256((${what})::bytea), 'hex')`;
  const file = (what: string) =>
    `jsonb_build_object('blob', ${hash(what)}, 'name', 'photo.jpg', 'type', 'image/jpeg', 'bytes', 100000)`;
  await engine.exec(`
    insert into peerlab.requests
        (id, channel, user_id, user_name, lang, command, args, seed, hushed, status, reply, asked, ack_ms, total_ms)
      select gen_random_uuid()::text, 'general', case when i % 2 = 0 then '${owner}' else 'user' || i % 50 end, 'Somebody', 'en', 'augment',
        jsonb_build_object('image', ${file("'given' || i % 5000")}, 'n', 8), i, false, 'done',
        jsonb_build_object('text', repeat('answer ', 30), 'pictures', jsonb_build_array(${file("'made' || i")}), 'buttons',
          jsonb_build_array(jsonb_build_object('label', 'Shuffle', 'command', 'augment', 'args',
            jsonb_build_object('image', ${file("'given' || i % 5000")})))),
        now() - i * interval '1 minute', 5, 100
      from generate_series(1, ${count}) i;
    insert into peerlab.messages (id, channel, user_id, user_name, text, files, at)
      select id, channel, user_id, user_name, '/augment', jsonb_build_array(args -> 'image'), asked from peerlab.requests;
    insert into peerlab.blob_references (blob, source, id, role)
      select args -> 'image' ->> 'blob', 'request', id, 'input' from peerlab.requests
      union all select args -> 'image' ->> 'blob', 'message', id, 'input' from peerlab.requests
      union all select reply -> 'pictures' -> 0 ->> 'blob', 'request', id, 'output' from peerlab.requests;
    insert into peerlab.uploads (blob, user_id, bytes)
      select distinct args -> 'image' ->> 'blob', user_id, 100000 from peerlab.requests;
  `);
  await close();
};
