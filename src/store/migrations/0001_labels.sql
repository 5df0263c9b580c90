CREATE TABLE "peerlab"."labels" (
	"seq" serial NOT NULL,
	"request" text NOT NULL,
	"blob" text NOT NULL,
	"label" text NOT NULL,
	"user_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "labels_request_blob_pk" PRIMARY KEY("request","blob")
);
--> statement-breakpoint
CREATE INDEX "labels_by_blob" ON "peerlab"."labels" USING btree ("blob","seq");