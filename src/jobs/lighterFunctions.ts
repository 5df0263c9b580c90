import { queueNames, queueSpec } from "./queues.ts";

/** The events that are listened to of every queue: `Flows.onProgress` and `Flows.cancel`. Of heavy queues it is every one (places.ts). */
const heard = ["progress", "cancel"] as const;
const heavy = queueNames.filter((it) => queueSpec(it).heavy);
const inSql = (words: readonly string[]) => words.map((it) => `'${it}'`).join(", ");

/** BullMQ's functions that many jobs pass through and that stay as they are. */
const busy = ["move_to_failed_fetch", "update_progress"] as const;
/**
 * How they run: their statements look for few rows by their keys, so they are planned once and not each time (see `openDatabase`). While a table
 * is small PostgreSQL would plan to read all of it, and keep to that plan when it has grown.
 */
const settings = "set search_path = bullmq, public set plan_cache_mode = force_generic_plan set enable_seqscan = off";
/** So many ended jobs go at a time, as soon as they are older than they are kept. */
const MOST_REMOVED = 10;

/** The jobs of a flow, as BullMQ hands them over. */
const entries = `jsonb_to_recordset(p_entries) as it (queue text, id text, name text, data text, opts jsonb, priority integer, delay bigint,
  "timestamp" bigint, attempts integer, "parentQueue" text, "parentId" text, "parentKey" text, "dedupId" text, "schedulerId" text, lifo boolean,
  "addToWaitingChildren" boolean)`;

/**
 * Adds a flow of new jobs in three statements. BullMQ's own, which goes through them one by one, has those of which there is more to say: jobs
 * that are known already or delayed, queues whose events are heard.
 */
const addFlow = `
  create or replace function bullmq.add_flow(p_entries jsonb) returns setof text language plpgsql ${settings} as $$
  declare
    e record;
  begin
    for e in select * from ${entries} loop
      if coalesce(e.id, '') = '' or e.delay > 0 or e.lifo or e."dedupId" is not null or e."schedulerId" is not null
        or e.queue in (${inSql(heavy)}) or exists (select 1 from job where queue = e.queue and id = e.id)
        or (e."parentId" is not null and not exists (
          select 1 from jsonb_array_elements(p_entries) p where p ->> 'queue' = e."parentQueue" and p ->> 'id' = e."parentId"))
      then
        return query select * from add_flow_unlocked(p_entries);
        return;
      end if;
    end loop;
    insert into job (queue, id, seq, name, state, data, opts, priority, delay_ms, max_attempts, added_at_ms, parent_queue, parent_id,
        parent_key, pending_deps)
      select queue, id, nextval('job_seq'), name,
        (case when "addToWaitingChildren" then 'waiting-children' else 'waiting' end)::job_state,
        coalesce(data, '{}')::jsonb, coalesce(opts, '{}'), coalesce(priority, 0), 0, coalesce(attempts, 1), coalesce("timestamp", 0),
        "parentQueue", "parentId", "parentKey",
        (select count(*) from jsonb_array_elements(p_entries) c where c ->> 'parentQueue' = it.queue and c ->> 'parentId' = it.id)
      from ${entries};
    insert into job_dependency (parent_queue, parent_id, child_queue, child_id, child_key, status)
      select "parentQueue", "parentId", queue, id, queue || ':' || id, 'pending' from ${entries} where "parentId" is not null;
    perform pg_notify('bullmq_jobs', queue) from (select distinct queue from ${entries} where "addToWaitingChildren" is not true) as q;
    return query select id from ${entries};
  end $$;`;

/** Claims the next job of a queue without asking for limits, which no queue here has: a worker asks again and again, mostly in vain. */
const moveToActive = `
  create or replace function bullmq.move_to_active(p_queue text, p_token text, p_lock_ms bigint, p_now bigint, p_name text,
      p_limiter_max integer, p_limiter_duration bigint) returns setof bullmq.job language plpgsql ${settings} as $$
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
  end $$;`;

/**
 * Ends an active job well and claims the next. Like BullMQ's own, which has whatever this does not find as it expects: without locks, since
 * this database has one session; and old jobs are found by their index, where a plan for any state goes through all that are kept.
 */
const moveToCompleted = `
  create or replace function bullmq.move_to_completed_fetch(p_queue text, p_id text, p_token text, p_return_value jsonb,
      p_finished_on bigint, p_remove_all boolean, p_keep_age bigint, p_keep_count integer, p_lock_ms bigint, p_now bigint, p_name text,
      p_limiter_max integer, p_limiter_duration bigint) returns setof bullmq.job language plpgsql ${settings} as $$
  declare
    v_parent_queue text;
    v_parent_id text;
    v_pending integer;
    is_ended boolean := false;
  begin
    if p_queue not in (${inSql(heavy)}) and not p_remove_all and p_keep_count is null then
      update job
        set state = 'completed', return_value = p_return_value, finished_at_ms = p_finished_on, lock_token = null, locked_until_ms = null,
          attempts_made = attempts_made + 1
        where queue = p_queue and id = p_id and state = 'active' and lock_token = p_token and dedup_id is null
          and not exists (select 1 from job_dependency d
            where d.parent_queue = p_queue and d.parent_id = p_id and d.status in ('pending', 'failed'))
        returning parent_queue, parent_id into v_parent_queue, v_parent_id;
      is_ended := found;
    end if;
    if not is_ended then
      perform move_to_completed(p_queue, p_id, p_token, p_return_value, p_finished_on, p_remove_all, p_keep_age, p_keep_count);
    else
      if v_parent_id is not null then
        update job_dependency set status = 'processed', value = p_return_value
          where parent_queue = v_parent_queue and parent_id = v_parent_id and child_key = p_queue || ':' || p_id;
        update job set pending_deps = greatest(pending_deps - 1, 0)
          where queue = v_parent_queue and id = v_parent_id returning pending_deps into v_pending;
        if v_pending = 0 then
          perform move_parent_to_wait(v_parent_queue, v_parent_id, p_finished_on);
        end if;
      end if;
      delete from job where ctid in (select ctid from job
        where queue = p_queue and state = 'completed' and finished_at_ms <= p_finished_on - p_keep_age * 1000
        order by finished_at_ms limit ${MOST_REMOVED});
    end if;
    return query select * from move_to_active(p_queue, p_token, p_lock_ms, p_now, p_name, p_limiter_max, p_limiter_duration);
  end $$;`;

/**
 * Makes BullMQ's own PostgreSQL functions do less, where each of their statements holds up the bot's whole process, and events that nobody
 * hears are not written down. SQL, harmless when run again; for exactly the version of BullMQ in package.json.
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
      execute format('alter function %s set plan_cache_mode = force_generic_plan set enable_seqscan = off', it);
    end loop;
  end $$;
  create or replace function bullmq.publish_event(p_queue text, p_event text, p_data jsonb) returns bigint language plpgsql as $$
  begin
    if p_event in (${inSql(heard)}) or p_queue in (${inSql(heavy)}) then
      return bullmq.publish_heard_event(p_queue, p_event, p_data);
    end if;
    return 0;
  end $$;
${addFlow}${moveToActive}${moveToCompleted}
  create or replace function bullmq.look(p_queue text) returns table (present boolean, next_delay bigint)
    language plpgsql stable ${settings} as $$
  begin
    return query select
      exists (select 1 from job where queue = p_queue and state = 'waiting')
        and not exists (select 1 from meta where queue = p_queue and field = 'paused' and value = '1'),
      (select min(process_at_ms) from job where queue = p_queue and state = 'delayed');
  end $$;`;
