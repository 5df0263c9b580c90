CREATE TABLE "peerlab"."settings" (
	"group_id" text PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL
);
