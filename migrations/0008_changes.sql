CREATE TABLE `changes` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`data_version` text NOT NULL,
	`kind` text NOT NULL,
	`edition_id` text,
	`convention_id` text NOT NULL,
	`slug` text NOT NULL,
	`names` text NOT NULL,
	`fields` text NOT NULL,
	`parts` text NOT NULL,
	`parts_left_out` integer NOT NULL,
	`chronology` text NOT NULL,
	CONSTRAINT "changes_kind_word" CHECK("changes"."kind" IN ('ADDED', 'CHANGED', 'REMOVED')),
	CONSTRAINT "changes_names_json" CHECK(json_valid("changes"."names")),
	CONSTRAINT "changes_fields_json" CHECK(json_valid("changes"."fields")),
	CONSTRAINT "changes_parts_json" CHECK(json_valid("changes"."parts"))
) STRICT;
--> statement-breakpoint
CREATE INDEX `changes_by_at` ON `changes` (`at`,`chronology`,`id`);--> statement-breakpoint
CREATE INDEX `changes_by_edition` ON `changes` (`edition_id`,`at`,`chronology`,`id`);--> statement-breakpoint
CREATE INDEX `changes_by_convention` ON `changes` (`convention_id`,`at`,`chronology`,`id`);