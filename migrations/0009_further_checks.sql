PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_known_conflicts` (
	`node_id` text NOT NULL,
	`position` integer NOT NULL,
	`check` text NOT NULL,
	PRIMARY KEY(`node_id`, `position`),
	FOREIGN KEY (`node_id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "known_conflicts_check_word" CHECK("__new_known_conflicts"."check" IN ('DATE_ORDER', 'YEAR', 'DATE_NEAR_EDITION', 'ORDINAL_ORDER', 'ONE_PREFERRED', 'CUMULATIVE_SUM', 'BOUND', 'CONFLICTING_CLAIMS', 'CONVERSION_RATE', 'MAGNITUDE', 'UNIT', 'UNSOURCED', 'UNSOURCED_FIELD', 'UNUSED_SOURCE', 'NOT_LINKABLE', 'LINK_IN_TEXT', 'SCRIPT', 'DUPLICATE_SOURCE', 'DUPLICATE_EDITION', 'DUPLICATE_PERSON', 'DUPLICATE_PLACE', 'DUPLICATE_VENUE', 'DUPLICATE_ORGANIZATION', 'STALE_EXPLANATION'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_known_conflicts`("node_id", "position", "check") SELECT "node_id", "position", "check" FROM `known_conflicts`;--> statement-breakpoint
DROP TABLE `known_conflicts`;--> statement-breakpoint
ALTER TABLE `__new_known_conflicts` RENAME TO `known_conflicts`;--> statement-breakpoint
PRAGMA foreign_keys=ON;