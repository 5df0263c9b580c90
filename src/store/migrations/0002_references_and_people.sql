CREATE TABLE "peerlab"."blob_references" (
	"blob" text NOT NULL,
	"source" text NOT NULL,
	"id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "blob_references_source_id_role_blob_pk" PRIMARY KEY("source","id","role","blob")
);
--> statement-breakpoint
CREATE TABLE "peerlab"."people" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"key" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "people_key_unique" UNIQUE("key")
);
--> statement-breakpoint
DROP INDEX "peerlab"."requests_by_status";--> statement-breakpoint
ALTER TABLE "peerlab"."models" ADD COLUMN "added_by_id" text;--> statement-breakpoint
ALTER TABLE "peerlab"."models" ADD COLUMN "kills" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "peerlab"."uploads" ADD COLUMN "bytes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "blob_references_by_blob" ON "peerlab"."blob_references" USING btree ("blob");--> statement-breakpoint
CREATE INDEX "messages_by_user" ON "peerlab"."messages" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "messages_by_time" ON "peerlab"."messages" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "requests_by_user" ON "peerlab"."requests" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "uploads_by_user" ON "peerlab"."uploads" USING btree ("user_id","at");--> statement-breakpoint
CREATE INDEX "requests_by_status" ON "peerlab"."requests" USING btree ("status","user_id");
--> statement-breakpoint
INSERT INTO "peerlab"."blob_references" ("blob", "source", "id", "role")
	SELECT DISTINCT file ->> 'blob', 'message', "id", 'input' FROM "peerlab"."messages", jsonb_array_elements("files") AS file
	UNION SELECT (regexp_matches("args"::text, '"blob": "([0-9a-f]{64})"', 'g'))[1], 'request', "id", 'input' FROM "peerlab"."requests"
	UNION SELECT file ->> 'blob', 'request', "id", 'output' FROM "peerlab"."requests", jsonb_path_query("reply", '$.pictures[*]') AS file
	UNION SELECT file ->> 'blob', 'request', "id", 'output' FROM "peerlab"."requests", jsonb_path_query("reply", '$.files[*]') AS file
	UNION SELECT "blob", 'model', "name", 'output' FROM "peerlab"."models"
	UNION SELECT "blob", 'label', "request", 'input' FROM "peerlab"."labels"
ON CONFLICT DO NOTHING;
