CREATE TABLE "peerlab"."administrators" (
	"group_id" text NOT NULL,
	"user_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "administrators_group_id_user_id_pk" PRIMARY KEY("group_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "peerlab"."deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"adapter" text NOT NULL,
	"group_id" text NOT NULL,
	"channel" text NOT NULL,
	"thread" text,
	"is_private" boolean DEFAULT false NOT NULL,
	"request" text,
	"reply" jsonb,
	"visible_to" text,
	"replaces" text,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"external_id" text,
	"token" text,
	"token_expires" timestamp with time zone,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "peerlab"."groups" (
	"id" text PRIMARY KEY NOT NULL,
	"adapter" text NOT NULL,
	"name" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "peerlab"."receipts" (
	"id" text PRIMARY KEY NOT NULL,
	"adapter" text NOT NULL,
	"event" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "deliveries_by_state" ON "peerlab"."deliveries" USING btree ("adapter","state","at");--> statement-breakpoint
CREATE INDEX "deliveries_by_replaced" ON "peerlab"."deliveries" USING btree ("replaces");--> statement-breakpoint
ALTER TABLE "peerlab"."people" ALTER COLUMN "key" DROP NOT NULL;--> statement-breakpoint
-- Until now there was one group, of the web chat and the terminal, and everything was its own but the models that ship.
INSERT INTO "peerlab"."groups" ("id", "adapter", "name") VALUES ('local', 'web', 'local');--> statement-breakpoint
-- Who opened it first may administer it.
INSERT INTO "peerlab"."administrators" ("group_id", "user_id") SELECT 'local', "id" FROM "peerlab"."people" ORDER BY "at" LIMIT 1;--> statement-breakpoint
ALTER TABLE "peerlab"."requests" RENAME COLUMN "hushed" TO "ephemeral";--> statement-breakpoint
ALTER TABLE "peerlab"."requests" ADD COLUMN "adapter" text NOT NULL DEFAULT 'web';--> statement-breakpoint
UPDATE "peerlab"."requests" SET "adapter" = 'terminal' WHERE "user_id" LIKE 'terminal-%';--> statement-breakpoint
ALTER TABLE "peerlab"."requests" ALTER COLUMN "adapter" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "peerlab"."requests" ADD COLUMN "group_id" text NOT NULL DEFAULT 'local';--> statement-breakpoint
ALTER TABLE "peerlab"."requests" ALTER COLUMN "group_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "peerlab"."requests" ADD COLUMN "thread" text;--> statement-breakpoint
ALTER TABLE "peerlab"."requests" ADD COLUMN "is_private" boolean DEFAULT false NOT NULL;--> statement-breakpoint
DROP INDEX "peerlab"."requests_by_channel";--> statement-breakpoint
CREATE INDEX "requests_by_channel" ON "peerlab"."requests" USING btree ("group_id","channel","asked");--> statement-breakpoint
-- Every request has a delivery; those that are answered were shown already.
INSERT INTO "peerlab"."deliveries" ("id", "adapter", "group_id", "channel", "request", "visible_to", "state", "external_id", "at")
	SELECT "id", "adapter", "group_id", "channel", "id", CASE WHEN "ephemeral" THEN "user_id" END,
		CASE WHEN "status" = 'waiting' THEN 'waiting' ELSE 'sent' END, "id" || '.answer', "asked" FROM "peerlab"."requests";--> statement-breakpoint
ALTER TABLE "peerlab"."messages" ADD COLUMN "answered_by" text;--> statement-breakpoint
ALTER TABLE "peerlab"."messages" ADD COLUMN "delivery" text;--> statement-breakpoint
UPDATE "peerlab"."messages" SET "answered_by" = "id" WHERE "id" IN (SELECT "id" FROM "peerlab"."requests");--> statement-breakpoint
CREATE INDEX "messages_by_answer" ON "peerlab"."messages" USING btree ("answered_by");--> statement-breakpoint
ALTER TABLE "peerlab"."models" RENAME COLUMN "kills" TO "crashes";--> statement-breakpoint
ALTER TABLE "peerlab"."models" ADD COLUMN "group_id" text NOT NULL DEFAULT 'local';--> statement-breakpoint
UPDATE "peerlab"."models" SET "group_id" = 'shared' WHERE "added_by" = 'Peerlab' AND "added_by_id" IS NULL;--> statement-breakpoint
ALTER TABLE "peerlab"."models" ALTER COLUMN "group_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "peerlab"."models" DROP CONSTRAINT "models_pkey";--> statement-breakpoint
ALTER TABLE "peerlab"."models" ADD CONSTRAINT "models_group_id_name_pk" PRIMARY KEY("group_id","name");--> statement-breakpoint
ALTER TABLE "peerlab"."labels" ADD COLUMN "group_id" text NOT NULL DEFAULT 'local';--> statement-breakpoint
ALTER TABLE "peerlab"."labels" ALTER COLUMN "group_id" DROP DEFAULT;--> statement-breakpoint
DROP INDEX "peerlab"."labels_by_blob";--> statement-breakpoint
CREATE INDEX "labels_by_blob" ON "peerlab"."labels" USING btree ("group_id","blob","seq");--> statement-breakpoint
ALTER TABLE "peerlab"."blob_references" ADD COLUMN "group_id" text NOT NULL DEFAULT 'local';--> statement-breakpoint
ALTER TABLE "peerlab"."blob_references" ALTER COLUMN "group_id" DROP DEFAULT;--> statement-breakpoint
-- Groups may have models of the same name.
UPDATE "peerlab"."blob_references" r SET "group_id" = m."group_id", "id" = m."group_id" || '/' || m."name"
	FROM "peerlab"."models" m WHERE r."source" = 'model' AND r."id" = m."name";--> statement-breakpoint
-- The embedded queue's names changed. Nothing is lost: requests that wait are queued again at the start.
DO $$ BEGIN
	IF to_regclass('bullmq.job') IS NOT NULL THEN
		DELETE FROM bullmq.job_dependency;
		DELETE FROM bullmq.job;
		DELETE FROM bullmq.meta;
	END IF;
END $$;
