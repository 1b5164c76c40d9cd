ALTER TABLE `appearances` ADD `position` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `date_claims` ADD `as_of` text;--> statement-breakpoint
ALTER TABLE `editions` ADD `position` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `nodes` ADD `path` text;--> statement-breakpoint
ALTER TABLE `sources` ADD `linkable` integer DEFAULT true NOT NULL;