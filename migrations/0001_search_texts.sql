CREATE TABLE `search_texts` (
	`id` integer PRIMARY KEY NOT NULL,
	`node_id` text NOT NULL,
	`field` text NOT NULL,
	`locale` text NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`node_id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `search_texts_by_node` ON `search_texts` (`node_id`,`field`,`locale`);--> statement-breakpoint
CREATE INDEX `editions_by_year` ON `editions` (`year`,`chronology`,`id`);--> statement-breakpoint
CREATE INDEX `editions_by_start_date` ON `editions` (`start_date`,`id`);