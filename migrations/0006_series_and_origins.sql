CREATE TABLE `edition_further_places` (
	`edition_id` text NOT NULL,
	`place_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`edition_id`, `place_id`),
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `edition_further_places_by_place` ON `edition_further_places` (`place_id`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_exhibition_areas` (
	`id` text PRIMARY KEY NOT NULL,
	`edition_id` text NOT NULL,
	`kind` text NOT NULL,
	`size_value` integer,
	`size_unit` text,
	`size_bound` text,
	`position` integer NOT NULL,
	`chronology` text NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "exhibition_areas_kind_word" CHECK("__new_exhibition_areas"."kind" IN ('HALL', 'ZONE', 'PAVILION', 'OUTDOOR', 'ONLINE')),
	CONSTRAINT "exhibition_areas_size_unit_word" CHECK("__new_exhibition_areas"."size_unit" IN ('COUNT', 'PEOPLE', 'VISITS', 'COMPANIES', 'COMPANIES_AND_INSTITUTIONS', 'BRANDS', 'BOOTHS', 'COUNTRIES', 'PROJECTS', 'PRODUCTS', 'EVENTS', 'DEALS', 'AGREEMENTS', 'INTENTS', 'OUTCOMES', 'MONTHS', 'SQUARE_METRE', 'SQUARE_FOOT', 'PERCENT', 'PERCENTAGE_POINT')),
	CONSTRAINT "exhibition_areas_size_bound_word" CHECK("__new_exhibition_areas"."size_bound" IN ('EXACT', 'ABOUT', 'MORE_THAN', 'AT_LEAST', 'NEARLY', 'AT_MOST')),
	CONSTRAINT "exhibition_areas_size_whole" CHECK(("__new_exhibition_areas"."size_value" IS NULL) = ("__new_exhibition_areas"."size_unit" IS NULL) AND ("__new_exhibition_areas"."size_value" IS NULL) = ("__new_exhibition_areas"."size_bound" IS NULL))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_exhibition_areas`("id", "edition_id", "kind", "size_value", "size_unit", "size_bound", "position", "chronology") SELECT "id", "edition_id", "kind", "size_value", "size_unit", "size_bound", "position", "chronology" FROM `exhibition_areas`;--> statement-breakpoint
DROP TABLE `exhibition_areas`;--> statement-breakpoint
ALTER TABLE `__new_exhibition_areas` RENAME TO `exhibition_areas`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `exhibition_areas_by_edition` ON `exhibition_areas` (`edition_id`,`position`,`id`);--> statement-breakpoint
CREATE INDEX `exhibition_areas_by_chronology` ON `exhibition_areas` (`chronology`,`id`);--> statement-breakpoint
CREATE TABLE `__new_figures` (
	`id` text PRIMARY KEY NOT NULL,
	`edition_id` text NOT NULL,
	`metric` text NOT NULL,
	`value` integer NOT NULL,
	`unit` text NOT NULL,
	`bound` text NOT NULL,
	`space_basis` text,
	`scope` text NOT NULL,
	`status` text NOT NULL,
	`as_of` text,
	`standing` text NOT NULL,
	`subject` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "figures_metric_word" CHECK("__new_figures"."metric" IN ('EXHIBITION_SPACE', 'INDOOR_SPACE', 'OUTDOOR_SPACE', 'EXHIBITION_ZONES', 'EXHIBITORS', 'BRANDS', 'BOOTHS', 'VISITORS', 'VISITS', 'GUESTS', 'FOREIGN_GUESTS', 'COUNTRIES', 'EXHIBITS', 'NEW_PRODUCTS', 'EVENTS', 'FORUMS', 'REGISTRATIONS', 'TRADE_VISITORS', 'BUYERS', 'FOREIGN_BUYERS', 'ONLINE_VISITS', 'MEDIA', 'OTHER')),
	CONSTRAINT "figures_unit_word" CHECK("__new_figures"."unit" IN ('COUNT', 'PEOPLE', 'VISITS', 'COMPANIES', 'COMPANIES_AND_INSTITUTIONS', 'BRANDS', 'BOOTHS', 'COUNTRIES', 'PROJECTS', 'PRODUCTS', 'EVENTS', 'DEALS', 'AGREEMENTS', 'INTENTS', 'OUTCOMES', 'MONTHS', 'SQUARE_METRE', 'SQUARE_FOOT', 'PERCENT', 'PERCENTAGE_POINT')),
	CONSTRAINT "figures_bound_word" CHECK("__new_figures"."bound" IN ('EXACT', 'ABOUT', 'MORE_THAN', 'AT_LEAST', 'NEARLY', 'AT_MOST')),
	CONSTRAINT "figures_space_basis_word" CHECK("__new_figures"."space_basis" IN ('NET', 'GROSS')),
	CONSTRAINT "figures_scope_word" CHECK("__new_figures"."scope" IN ('EDITION', 'CUMULATIVE', 'SUBSET')),
	CONSTRAINT "figures_status_word" CHECK("__new_figures"."status" IN ('TARGET', 'EXPECTED', 'INTERIM', 'FINAL')),
	CONSTRAINT "figures_standing_word" CHECK("__new_figures"."standing" IN ('PREFERRED', 'ALTERNATIVE', 'DISPUTED', 'SUPERSEDED')),
	CONSTRAINT "figures_as_of_date" CHECK("__new_figures"."as_of" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]' OR "__new_figures"."as_of" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]' OR "__new_figures"."as_of" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]' OR "__new_figures"."as_of" GLOB '[0-9][0-9][0-9][0-9]')
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_figures`("id", "edition_id", "metric", "value", "unit", "bound", "scope", "status", "as_of", "standing", "subject", "position") SELECT "id", "edition_id", "metric", "value", "unit", "bound", "scope", "status", "as_of", "standing", "subject", "position" FROM `figures`;--> statement-breakpoint
DROP TABLE `figures`;--> statement-breakpoint
ALTER TABLE `__new_figures` RENAME TO `figures`;--> statement-breakpoint
CREATE INDEX `figures_by_edition` ON `figures` (`edition_id`,`metric`,`position`);--> statement-breakpoint
CREATE INDEX `figures_by_subject` ON `figures` (`subject`);--> statement-breakpoint
CREATE INDEX `figures_by_metric` ON `figures` (`metric`,`value`);--> statement-breakpoint
CREATE UNIQUE INDEX `figures_one_preferred` ON `figures` (`subject`) WHERE standing = 'PREFERRED';--> statement-breakpoint
CREATE TABLE `__new_signed_project_statistics` (
	`id` text PRIMARY KEY NOT NULL,
	`convention_id` text NOT NULL,
	`stage` text NOT NULL,
	`status` text NOT NULL,
	`scope` text NOT NULL,
	`reported_at_id` text,
	`projects_value` integer,
	`projects_unit` text,
	`projects_bound` text,
	`investment_amount` integer,
	`investment_currency` text,
	`investment_bound` text,
	`share_value` integer,
	`share_bound` text,
	`slice_dimension` text,
	`as_of` text,
	`standing` text NOT NULL,
	`subject` text NOT NULL,
	`chronology` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`convention_id`) REFERENCES `conventions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reported_at_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "signed_project_statistics_stage_word" CHECK("__new_signed_project_statistics"."stage" IN ('INTENDED', 'AGREED', 'SIGNED', 'CONTRACTED', 'REGISTERED', 'STARTED', 'COMPLETED', 'FUNDED', 'INVESTED', 'ONSITE_SALES', 'OUTCOMES', 'INTENDED_CREDIT')),
	CONSTRAINT "signed_project_statistics_status_word" CHECK("__new_signed_project_statistics"."status" IN ('TARGET', 'EXPECTED', 'INTERIM', 'FINAL')),
	CONSTRAINT "signed_project_statistics_scope_word" CHECK("__new_signed_project_statistics"."scope" IN ('EDITION', 'CUMULATIVE', 'SUBSET')),
	CONSTRAINT "signed_project_statistics_projects_unit_word" CHECK("__new_signed_project_statistics"."projects_unit" IN ('COUNT', 'PEOPLE', 'VISITS', 'COMPANIES', 'COMPANIES_AND_INSTITUTIONS', 'BRANDS', 'BOOTHS', 'COUNTRIES', 'PROJECTS', 'PRODUCTS', 'EVENTS', 'DEALS', 'AGREEMENTS', 'INTENTS', 'OUTCOMES', 'MONTHS', 'SQUARE_METRE', 'SQUARE_FOOT', 'PERCENT', 'PERCENTAGE_POINT')),
	CONSTRAINT "signed_project_statistics_projects_bound_word" CHECK("__new_signed_project_statistics"."projects_bound" IN ('EXACT', 'ABOUT', 'MORE_THAN', 'AT_LEAST', 'NEARLY', 'AT_MOST')),
	CONSTRAINT "signed_project_statistics_investment_bound_word" CHECK("__new_signed_project_statistics"."investment_bound" IN ('EXACT', 'ABOUT', 'MORE_THAN', 'AT_LEAST', 'NEARLY', 'AT_MOST')),
	CONSTRAINT "signed_project_statistics_share_bound_word" CHECK("__new_signed_project_statistics"."share_bound" IN ('EXACT', 'ABOUT', 'MORE_THAN', 'AT_LEAST', 'NEARLY', 'AT_MOST')),
	CONSTRAINT "signed_project_statistics_slice_dimension_word" CHECK("__new_signed_project_statistics"."slice_dimension" IN ('INDUSTRY', 'REGION', 'INVESTOR', 'PROJECT_SIZE', 'OTHER')),
	CONSTRAINT "signed_project_statistics_standing_word" CHECK("__new_signed_project_statistics"."standing" IN ('PREFERRED', 'ALTERNATIVE', 'DISPUTED', 'SUPERSEDED')),
	CONSTRAINT "signed_project_statistics_as_of_date" CHECK("__new_signed_project_statistics"."as_of" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]' OR "__new_signed_project_statistics"."as_of" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]' OR "__new_signed_project_statistics"."as_of" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]' OR "__new_signed_project_statistics"."as_of" GLOB '[0-9][0-9][0-9][0-9]'),
	CONSTRAINT "signed_project_statistics_slice" CHECK(("__new_signed_project_statistics"."scope" = 'SUBSET') = ("__new_signed_project_statistics"."slice_dimension" IS NOT NULL)),
	CONSTRAINT "signed_project_statistics_says_something" CHECK(coalesce("__new_signed_project_statistics"."projects_value", "__new_signed_project_statistics"."investment_amount", "__new_signed_project_statistics"."share_value") IS NOT NULL),
	CONSTRAINT "signed_project_statistics_projects_whole" CHECK(("__new_signed_project_statistics"."projects_value" IS NULL) = ("__new_signed_project_statistics"."projects_unit" IS NULL) AND ("__new_signed_project_statistics"."projects_value" IS NULL) = ("__new_signed_project_statistics"."projects_bound" IS NULL)),
	CONSTRAINT "signed_project_statistics_investment_whole" CHECK(("__new_signed_project_statistics"."investment_amount" IS NULL) = ("__new_signed_project_statistics"."investment_currency" IS NULL) AND ("__new_signed_project_statistics"."investment_amount" IS NULL) = ("__new_signed_project_statistics"."investment_bound" IS NULL)),
	CONSTRAINT "signed_project_statistics_share_whole" CHECK(("__new_signed_project_statistics"."share_value" IS NULL) = ("__new_signed_project_statistics"."share_bound" IS NULL))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_signed_project_statistics`("id", "convention_id", "stage", "status", "scope", "reported_at_id", "projects_value", "projects_unit", "projects_bound", "investment_amount", "investment_currency", "investment_bound", "share_value", "share_bound", "slice_dimension", "as_of", "standing", "subject", "chronology", "position") SELECT "id", "convention_id", "stage", "status", "scope", "reported_at_id", "projects_value", "projects_unit", "projects_bound", "investment_amount", "investment_currency", "investment_bound", "share_value", "share_bound", "slice_dimension", "as_of", "standing", "subject", "chronology", "position" FROM `signed_project_statistics`;--> statement-breakpoint
DROP TABLE `signed_project_statistics`;--> statement-breakpoint
ALTER TABLE `__new_signed_project_statistics` RENAME TO `signed_project_statistics`;--> statement-breakpoint
CREATE INDEX `signed_project_statistics_by_convention` ON `signed_project_statistics` (`convention_id`,"chronology" DESC,`position`,`id`);--> statement-breakpoint
CREATE INDEX `signed_project_statistics_by_chronology` ON `signed_project_statistics` ("chronology" DESC,`position`,`id`);--> statement-breakpoint
CREATE INDEX `signed_project_statistics_by_reported_at` ON `signed_project_statistics` (`reported_at_id`);--> statement-breakpoint
CREATE INDEX `signed_project_statistics_by_stage` ON `signed_project_statistics` (`stage`,`scope`,`status`,`standing`);--> statement-breakpoint
CREATE INDEX `signed_project_statistics_by_investment` ON `signed_project_statistics` (`investment_currency`,`investment_amount`,`id`);--> statement-breakpoint
CREATE INDEX `signed_project_statistics_by_subject` ON `signed_project_statistics` (`subject`);--> statement-breakpoint
CREATE UNIQUE INDEX `signed_project_statistics_one_preferred` ON `signed_project_statistics` (`subject`) WHERE standing = 'PREFERRED';--> statement-breakpoint
ALTER TABLE `conventions` ADD `merged_into_id` text REFERENCES conventions(id) ON DELETE SET NULL;--> statement-breakpoint
CREATE INDEX `conventions_by_merged_into` ON `conventions` (`merged_into_id`);--> statement-breakpoint
CREATE TABLE `__new_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`edition_id` text NOT NULL,
	`kind` text NOT NULL,
	`date` text,
	`end_date` text,
	`position` integer NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "sessions_kind_word" CHECK("__new_sessions"."kind" IN ('OPENING_CEREMONY', 'KEYNOTE_FORUM', 'FORUM', 'SEMINAR', 'MATCHMAKING', 'EXHIBITION', 'PRESS_CONFERENCE', 'CLOSING_CEREMONY', 'OTHER')),
	CONSTRAINT "sessions_date_date" CHECK("__new_sessions"."date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	CONSTRAINT "sessions_end_date_date" CHECK("__new_sessions"."end_date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	CONSTRAINT "sessions_dates_in_order" CHECK("__new_sessions"."end_date" >= "__new_sessions"."date")
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_sessions`("id", "edition_id", "kind", "date", "position") SELECT "id", "edition_id", "kind", "date", "position" FROM `sessions`;--> statement-breakpoint
DROP TABLE `sessions`;--> statement-breakpoint
ALTER TABLE `__new_sessions` RENAME TO `sessions`;--> statement-breakpoint
CREATE INDEX `sessions_by_edition` ON `sessions` (`edition_id`,`position`);--> statement-breakpoint
CREATE TABLE `__new_editions` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`convention_id` text NOT NULL,
	`ordinal` integer,
	`ordinal_is_stated` integer NOT NULL,
	`year` integer NOT NULL,
	`start_date` text,
	`end_date` text,
	`time_zone` text,
	`event_status` text,
	`attendance_mode` text,
	`city_id` text,
	`venue_id` text,
	`website_url` text,
	`chronology` text GENERATED ALWAYS AS (coalesce(start_date, end_date, year || '-13')) STORED NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`convention_id`) REFERENCES `conventions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`city_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`venue_id`) REFERENCES `venues`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "editions_event_status_word" CHECK("__new_editions"."event_status" IN ('POSTPONED', 'CANCELLED')),
	CONSTRAINT "editions_attendance_mode_word" CHECK("__new_editions"."attendance_mode" IN ('IN_PERSON', 'ONLINE', 'HYBRID')),
	CONSTRAINT "editions_start_date_date" CHECK("__new_editions"."start_date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	CONSTRAINT "editions_end_date_date" CHECK("__new_editions"."end_date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	CONSTRAINT "editions_dates_in_order" CHECK("__new_editions"."end_date" >= "__new_editions"."start_date"),
	CONSTRAINT "editions_ordinal_positive" CHECK("__new_editions"."ordinal" > 0)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_editions`("id", "slug", "convention_id", "ordinal", "ordinal_is_stated", "year", "start_date", "end_date", "time_zone", "event_status", "attendance_mode", "city_id", "venue_id", "website_url", "position") SELECT "id", "slug", "convention_id", "ordinal", "ordinal_is_stated", "year", "start_date", "end_date", "time_zone", "event_status", "attendance_mode", "city_id", "venue_id", "website_url", "position" FROM `editions`;--> statement-breakpoint
DROP TABLE `editions`;--> statement-breakpoint
ALTER TABLE `__new_editions` RENAME TO `editions`;--> statement-breakpoint
CREATE UNIQUE INDEX `editions_by_slug` ON `editions` (`slug`);--> statement-breakpoint
CREATE INDEX `editions_by_chronology` ON `editions` (`chronology`,`id`);--> statement-breakpoint
CREATE INDEX `editions_by_convention` ON `editions` (`convention_id`,`chronology`,`id`);--> statement-breakpoint
CREATE INDEX `editions_by_city` ON `editions` (`city_id`,`chronology`);--> statement-breakpoint
CREATE INDEX `editions_by_venue` ON `editions` (`venue_id`);--> statement-breakpoint
CREATE INDEX `editions_by_year` ON `editions` (`year`,`chronology`,`id`);--> statement-breakpoint
CREATE INDEX `editions_by_start_date` ON `editions` (`start_date`,`id`);--> statement-breakpoint
CREATE INDEX `editions_by_end_date` ON `editions` (`end_date`,`id`);--> statement-breakpoint
UPDATE `themes` SET `chronology` = (SELECT `chronology` FROM `editions` WHERE `editions`.`id` = `edition_id`) WHERE `chronology` LIKE '%-13';--> statement-breakpoint
UPDATE `exhibition_areas` SET `chronology` = (SELECT `chronology` FROM `editions` WHERE `editions`.`id` = `edition_id`) WHERE `chronology` LIKE '%-13';--> statement-breakpoint
UPDATE `appearances` SET `chronology` = (SELECT `chronology` FROM `editions` WHERE `editions`.`id` = `edition_id`) WHERE `chronology` LIKE '%-13';--> statement-breakpoint
UPDATE `signed_project_statistics` SET `chronology` = coalesce(
	(SELECT `chronology` FROM `editions` WHERE `editions`.`id` = `reported_at_id`),
	(SELECT max(`chronology`) FROM `signed_project_statistic_editions` JOIN `editions` ON `editions`.`id` = `edition_id` WHERE `signed_project_statistic_id` = `signed_project_statistics`.`id`)
) WHERE `chronology` LIKE '%-13';--> statement-breakpoint
DROP VIEW search_sources;
--> statement-breakpoint
CREATE VIEW search_sources AS
SELECT node_id, field, locale, text FROM localized_texts
WHERE field IN ('name', 'alternateName', 'text', 'title', 'focus', 'description')
UNION ALL
SELECT id, 'acronym', 'und', acronym FROM conventions WHERE acronym IS NOT NULL;
--> statement-breakpoint
DROP TRIGGER search_text_added;
--> statement-breakpoint
CREATE TRIGGER search_text_added AFTER INSERT ON localized_texts WHEN new.field IN ('name', 'alternateName', 'text', 'title', 'focus', 'description') BEGIN
  DELETE FROM search_texts WHERE node_id = new.node_id AND field = new.field AND locale = new.locale;
  INSERT INTO search_texts (node_id, field, locale, text) VALUES (new.node_id, new.field, new.locale, new.text);
END;
--> statement-breakpoint
DROP TRIGGER search_text_changed;
--> statement-breakpoint
CREATE TRIGGER search_text_changed AFTER UPDATE OF node_id, field, locale, text ON localized_texts BEGIN
  DELETE FROM search_texts WHERE node_id = old.node_id AND field = old.field AND locale = old.locale;
  DELETE FROM search_texts WHERE node_id = new.node_id AND field = new.field AND locale = new.locale;
  INSERT INTO search_texts (node_id, field, locale, text)
  SELECT new.node_id, new.field, new.locale, new.text WHERE new.field IN ('name', 'alternateName', 'text', 'title', 'focus', 'description');
END;
--> statement-breakpoint
ALTER TABLE `sources` ADD `origin` text;
