ALTER TABLE `speakers` ADD `appearance_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `speakers` ADD `edition_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `speakers_by_appearance_count` ON `speakers` (`appearance_count`,`id`);--> statement-breakpoint
CREATE INDEX `speakers_by_edition_count` ON `speakers` (`edition_count`,`id`);--> statement-breakpoint
CREATE INDEX `editions_by_end_date` ON `editions` (`end_date`,`id`);--> statement-breakpoint
CREATE INDEX `figures_by_metric` ON `figures` (`metric`,`value`);--> statement-breakpoint
CREATE INDEX `signed_project_statistics_by_stage` ON `signed_project_statistics` (`stage`,`scope`,`status`,`standing`);--> statement-breakpoint
CREATE INDEX `signed_project_statistics_by_investment` ON `signed_project_statistics` (`investment_currency`,`investment_amount`,`id`);--> statement-breakpoint
CREATE INDEX `sources_by_kind` ON `sources` (`kind`,`published_on`,`id`);