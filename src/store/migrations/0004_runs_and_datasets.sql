CREATE TABLE "peerlab"."datasets" (
	"group_id" text NOT NULL,
	"name" text NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "datasets_group_id_name_pk" PRIMARY KEY("group_id","name")
);
--> statement-breakpoint
CREATE TABLE "peerlab"."runs" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"channel" text NOT NULL,
	"is_private" boolean DEFAULT false NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"kind" text NOT NULL,
	"data" text NOT NULL,
	"data_version" text,
	"spec" jsonb NOT NULL,
	"report" jsonb,
	"status" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "peerlab"."labels" ADD COLUMN "dataset" text DEFAULT 'uploads' NOT NULL;--> statement-breakpoint
ALTER TABLE "peerlab"."labels" ADD COLUMN "split" text;--> statement-breakpoint
CREATE INDEX "runs_by_group" ON "peerlab"."runs" USING btree ("group_id","at");--> statement-breakpoint
CREATE INDEX "runs_by_data" ON "peerlab"."runs" USING btree ("group_id","data");--> statement-breakpoint
CREATE INDEX "runs_by_user" ON "peerlab"."runs" USING btree ("user_id");