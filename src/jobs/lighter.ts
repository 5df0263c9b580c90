import type { createPostgresBackend } from "bullmq";
import { queueNames, queueSpec } from "./queues.ts";

/** The events that are listened to of every queue: `Flows.onProgress` and `Flows.cancel`. Of heavy queues it is every one (places.ts). */
const heard = ["progress", "cancel"] as const;
const heavy = queueNames.filter((it) => queueSpec(it).heavy);
const inSql = (words: readonly string[]) => words.map((it) => `'${it}'`).join(", ");

/** BullMQ's functions that every job passes through. */
const busy = ["add_flow", "move_to_active", "move_to_completed_fetch", "move_to_failed_fetch", "update_progress"] as const;

/**
 * Makes BullMQ's own PostgreSQL functions do less, where each of their statements holds up the bot's whole process: they are planned once
 * and not each time, since they look for few rows by their keys (see `openDatabase`); events that nobody hears are not written down; and a
 * worker that asks for a job, mostly in vain, is not asked for limits that no queue here has (`move_to_active` without its limiter).
 * SQL, harmless when run again; for exactly the version of BullMQ in package.json.
 */
export const lighterFunctions = `
  do $$
  declare it regprocedure;
  begin
    if to_regproc('bullmq.publish_heard_event') is null then
      alter function bullmq.publish_event(text, text, jsonb) rename to publish_heard_event;
    end if;
    for it in
      select oid::regprocedure from pg_proc where pronamespace = 'bullmq'::regnamespace and proname in (${inSql(busy)})
    loop
      execute format('alter function %s set plan_cache_mode = force_generic_plan', it);
    end loop;
  end $$;
  create or replace function bullmq.publish_event(p_queue text, p_event text, p_data jsonb) returns bigint language plpgsql as $$
  begin
    if p_event in (${inSql(heard)}) or p_queue in (${inSql(heavy)}) then
      return bullmq.publish_heard_event(p_queue, p_event, p_data);
    end if;
    return 0;
  end $$;
  create or replace function bullmq.move_to_active(p_queue text, p_token text, p_lock_ms bigint, p_now bigint, p_name text,
      p_limiter_max integer, p_limiter_duration bigint) returns setof bullmq.job
    language plpgsql set search_path = bullmq, public set plan_cache_mode = force_generic_plan as $$
  declare
    v_id text;
    v_job job;
  begin
    if exists (select 1 from job where queue = p_queue and state = 'delayed' and process_at_ms <= p_now) then
      for v_id in
        update job set state = 'waiting', delay_ms = 0
        where queue = p_queue and state = 'delayed' and process_at_ms <= p_now returning id
      loop
        perform publish_event(p_queue, 'waiting', jsonb_build_object('jobId', v_id, 'prev', 'delayed'));
      end loop;
    end if;
    select id into v_id from job where queue = p_queue and state = 'waiting' order by priority, seq for update skip locked limit 1;
    if v_id is null or exists (select 1 from meta where queue = p_queue and field = 'paused' and value = '1') then
      return;
    end if;
    update job
      set state = 'active', lock_token = p_token, locked_until_ms = p_now + p_lock_ms, processed_at_ms = p_now, processed_by = p_name,
        attempts_started = attempts_started + 1
      where queue = p_queue and id = v_id returning * into v_job;
    perform publish_event(p_queue, 'active', jsonb_build_object('jobId', v_id, 'prev', 'waiting'));
    return next v_job;
  end $$;
  create or replace function bullmq.look(p_queue text) returns table (present boolean, next_delay bigint)
    language plpgsql stable set search_path = bullmq, public set plan_cache_mode = force_generic_plan as $$
  begin
    return query select
      exists (select 1 from job where queue = p_queue and state = 'waiting')
        and not exists (select 1 from meta where queue = p_queue and field = 'paused' and value = '1'),
      (select min(process_at_ms) from job where queue = p_queue and state = 'delayed');
  end $$;`;

/** Whether a job waits, and when the next delayed one is due: what a worker asks in two statements before it waits for a job. */
const LOOK = "select present, next_delay from look($1)";

type Rows = Promise<{ rows: unknown[] }>;
/** The part of BullMQ's backend through which its named statements go. */
interface Asking {
  run(command: string, params: unknown[]): Rows;
  query(text: string, params: unknown[]): Rows;
}

/** BullMQ's backend, whose workers look once where they look three times for a job that is not there. */
export const lighterBackend =
  (make: typeof createPostgresBackend): typeof createPostgresBackend =>
  (...given) => {
    const backend = make(...given);
    const asking = backend as unknown as Asking;
    const run = asking.run.bind(backend);
    let looked: Rows | undefined;
    asking.run = (command, params) => {
      // No queue here has a limit to its rate, and `waitForJob`, which comes next, asks for the next delayed job itself.
      if (command === "next_signal") return Promise.resolve({ rows: [{ rate_limit_ttl: 0, next_delay: null }] });
      if (command === "has_waiting_job") {
        looked = asking.query(LOOK, params);
        return looked;
      }
      if (command === "next_delay" && looked) return looked; // asked for in the same moment
      return run(command, params);
    };
    return backend;
  };
