ALTER TABLE "peerlab"."datasets" ADD COLUMN "channel" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "peerlab"."datasets" ADD COLUMN "is_private" boolean DEFAULT false NOT NULL;