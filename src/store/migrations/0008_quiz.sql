CREATE TABLE "peerlab"."quiz_answers" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"user_id" text NOT NULL,
	"topic" text NOT NULL,
	"question" text NOT NULL,
	"is_right" boolean NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "peerlab"."quiz_memories" (
	"group_id" text NOT NULL,
	"user_id" text NOT NULL,
	"topic" text NOT NULL,
	"memory" jsonb NOT NULL,
	"due" timestamp with time zone NOT NULL,
	CONSTRAINT "quiz_memories_group_id_user_id_topic_pk" PRIMARY KEY("group_id","user_id","topic")
);
--> statement-breakpoint
CREATE INDEX "quiz_answers_by_user" ON "peerlab"."quiz_answers" USING btree ("user_id","group_id","at");--> statement-breakpoint
CREATE INDEX "quiz_memories_by_user" ON "peerlab"."quiz_memories" USING btree ("user_id");