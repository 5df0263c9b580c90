CREATE TABLE "peerlab"."hypotheses" (
	"run" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"verdict" text,
	"settled_at" timestamp with time zone,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "peerlab"."notes" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"channel" text NOT NULL,
	"is_private" boolean DEFAULT false NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"picture" jsonb,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "peerlab"."privacy" (
	"user_id" text PRIMARY KEY NOT NULL,
	"statistics" boolean DEFAULT true NOT NULL,
	"streaks" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "peerlab"."recaps" (
	"id" text PRIMARY KEY NOT NULL,
	"adapter" text NOT NULL,
	"group_id" text NOT NULL,
	"channel" text NOT NULL,
	"thread" text,
	"is_private" boolean DEFAULT false NOT NULL,
	"schedule" text,
	"spec" jsonb NOT NULL,
	"people" jsonb NOT NULL,
	"work" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "peerlab"."schedules" (
	"id" text PRIMARY KEY NOT NULL,
	"adapter" text NOT NULL,
	"group_id" text NOT NULL,
	"channel" text NOT NULL,
	"thread" text,
	"is_private" boolean DEFAULT false NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"lang" text NOT NULL,
	"period" text NOT NULL,
	"recurrence" jsonb NOT NULL,
	"empty" text NOT NULL,
	"last_day" date,
	"covered" timestamp with time zone NOT NULL,
	"paused" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "peerlab"."votes" (
	"run" text NOT NULL,
	"user_id" text NOT NULL,
	"vote" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "votes_run_user_id_pk" PRIMARY KEY("run","user_id")
);
--> statement-breakpoint
CREATE INDEX "notes_by_group" ON "peerlab"."notes" USING btree ("group_id","at");--> statement-breakpoint
CREATE INDEX "notes_by_user" ON "peerlab"."notes" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "recaps_by_work" ON "peerlab"."recaps" USING btree ("work");--> statement-breakpoint
CREATE INDEX "recaps_by_people" ON "peerlab"."recaps" USING gin ("people");--> statement-breakpoint
CREATE INDEX "votes_by_user" ON "peerlab"."votes" USING btree ("user_id");