CREATE SCHEMA "peerlab";
--> statement-breakpoint
CREATE TABLE "peerlab"."channels" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "peerlab"."messages" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" serial NOT NULL,
	"channel" text NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"text" text NOT NULL,
	"files" jsonb NOT NULL,
	"reply_to" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "peerlab"."models" (
	"name" text PRIMARY KEY NOT NULL,
	"blob" text NOT NULL,
	"bytes" integer NOT NULL,
	"card" jsonb NOT NULL,
	"added_by" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "peerlab"."requests" (
	"id" text PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"lang" text NOT NULL,
	"command" text NOT NULL,
	"args" jsonb NOT NULL,
	"seed" integer NOT NULL,
	"hushed" boolean NOT NULL,
	"status" text NOT NULL,
	"reply" jsonb,
	"asked" timestamp with time zone DEFAULT now() NOT NULL,
	"ack_ms" integer,
	"total_ms" integer
);
--> statement-breakpoint
CREATE TABLE "peerlab"."uploads" (
	"blob" text NOT NULL,
	"user_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "uploads_blob_user_id_pk" PRIMARY KEY("blob","user_id")
);
--> statement-breakpoint
CREATE INDEX "messages_by_channel" ON "peerlab"."messages" USING btree ("channel","seq");--> statement-breakpoint
CREATE INDEX "requests_by_status" ON "peerlab"."requests" USING btree ("status");--> statement-breakpoint
CREATE INDEX "requests_by_channel" ON "peerlab"."requests" USING btree ("channel","asked");