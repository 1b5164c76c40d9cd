CREATE TABLE `appearances` (
	`id` text PRIMARY KEY NOT NULL,
	`edition_id` text NOT NULL,
	`speaker_id` text NOT NULL,
	`session_id` text,
	`kind` text NOT NULL,
	`affiliation_id` text,
	`sort_name` text NOT NULL,
	`chronology` text NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`speaker_id`) REFERENCES `speakers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`affiliation_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "appearances_kind_word" CHECK("appearances"."kind" IN ('SPEECH', 'KEYNOTE', 'PANEL', 'VIDEO_ADDRESS', 'WRITTEN_ADDRESS', 'CHAIR', 'QUOTED', 'ATTENDED', 'ANNOUNCED'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `appearances_by_edition` ON `appearances` (`edition_id`,`sort_name`,`id`);--> statement-breakpoint
CREATE INDEX `appearances_by_speaker` ON `appearances` (`speaker_id`,`chronology`,`id`);--> statement-breakpoint
CREATE INDEX `appearances_by_session` ON `appearances` (`session_id`);--> statement-breakpoint
CREATE INDEX `appearances_by_affiliation` ON `appearances` (`affiliation_id`);--> statement-breakpoint
CREATE TABLE `citations` (
	`node_id` text NOT NULL,
	`position` integer NOT NULL,
	`source_id` text NOT NULL,
	`field` text,
	`basis` text NOT NULL,
	PRIMARY KEY(`node_id`, `position`),
	FOREIGN KEY (`node_id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "citations_basis_word" CHECK("citations"."basis" IN ('STATED', 'DERIVED', 'INFERRED'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `citations_by_source` ON `citations` (`source_id`);--> statement-breakpoint
CREATE TABLE `conventions` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`acronym` text,
	`cadence` text,
	`website_url` text,
	`same_as` text NOT NULL,
	`industries` text NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "conventions_cadence_word" CHECK("conventions"."cadence" IN ('ANNUAL', 'BIENNIAL', 'TRIENNIAL', 'TWICE_A_YEAR', 'IRREGULAR')),
	CONSTRAINT "conventions_same_as_json" CHECK(json_valid("conventions"."same_as")),
	CONSTRAINT "conventions_industries_json" CHECK(json_valid("conventions"."industries"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `conventions_by_slug` ON `conventions` (`slug`);--> statement-breakpoint
CREATE TABLE `conversions` (
	`signed_project_statistic_id` text NOT NULL,
	`position` integer NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`bound` text NOT NULL,
	PRIMARY KEY(`signed_project_statistic_id`, `position`),
	FOREIGN KEY (`signed_project_statistic_id`) REFERENCES `signed_project_statistics`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "conversions_bound_word" CHECK("conversions"."bound" IN ('EXACT', 'ABOUT', 'MORE_THAN', 'AT_LEAST', 'NEARLY', 'AT_MOST'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `dataset` (
	`id` integer PRIMARY KEY NOT NULL,
	`version` text NOT NULL,
	`updated_at` text NOT NULL,
	CONSTRAINT "dataset_single_row" CHECK("dataset"."id" = 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `date_claims` (
	`id` text PRIMARY KEY NOT NULL,
	`edition_id` text NOT NULL,
	`start_date` text,
	`end_date` text,
	`day_count` integer,
	`status` text NOT NULL,
	`standing` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "date_claims_status_word" CHECK("date_claims"."status" IN ('TARGET', 'EXPECTED', 'INTERIM', 'FINAL')),
	CONSTRAINT "date_claims_standing_word" CHECK("date_claims"."standing" IN ('PREFERRED', 'ALTERNATIVE', 'DISPUTED', 'SUPERSEDED')),
	CONSTRAINT "date_claims_start_date_date" CHECK("date_claims"."start_date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	CONSTRAINT "date_claims_end_date_date" CHECK("date_claims"."end_date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	CONSTRAINT "date_claims_dates_in_order" CHECK("date_claims"."end_date" >= "date_claims"."start_date")
) STRICT;
--> statement-breakpoint
CREATE INDEX `date_claims_by_edition` ON `date_claims` (`edition_id`,`position`);--> statement-breakpoint
CREATE TABLE `economic_indicators` (
	`id` text PRIMARY KEY NOT NULL,
	`place_id` text NOT NULL,
	`period` text NOT NULL,
	`change_value` integer NOT NULL,
	`change_bound` text NOT NULL,
	`basis` text NOT NULL,
	`difference_value` integer,
	`difference_bound` text,
	`reported_at_id` text,
	`position` integer NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`place_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reported_at_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "economic_indicators_change_bound_word" CHECK("economic_indicators"."change_bound" IN ('EXACT', 'ABOUT', 'MORE_THAN', 'AT_LEAST', 'NEARLY', 'AT_MOST')),
	CONSTRAINT "economic_indicators_basis_word" CHECK("economic_indicators"."basis" IN ('YEAR_ON_YEAR', 'MONTH_ON_MONTH')),
	CONSTRAINT "economic_indicators_difference_bound_word" CHECK("economic_indicators"."difference_bound" IN ('EXACT', 'ABOUT', 'MORE_THAN', 'AT_LEAST', 'NEARLY', 'AT_MOST')),
	CONSTRAINT "economic_indicators_difference_whole" CHECK(("economic_indicators"."difference_value" IS NULL) = ("economic_indicators"."difference_bound" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `economic_indicators_by_place` ON `economic_indicators` (`place_id`);--> statement-breakpoint
CREATE INDEX `economic_indicators_by_reported_at` ON `economic_indicators` (`reported_at_id`,`position`);--> statement-breakpoint
CREATE TABLE `edition_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`edition_id` text NOT NULL,
	`kind` text NOT NULL,
	`standing` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "edition_notes_kind_word" CHECK("edition_notes"."kind" IN ('PLAN', 'CO_LOCATED_EVENT', 'OUTCOME', 'MESSAGE', 'DECISION', 'FORMAT', 'SHOWN', 'UNNAMED_SPEAKERS', 'OTHER')),
	CONSTRAINT "edition_notes_standing_word" CHECK("edition_notes"."standing" IN ('PREFERRED', 'ALTERNATIVE', 'DISPUTED', 'SUPERSEDED'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `edition_notes_by_edition` ON `edition_notes` (`edition_id`,`position`);--> statement-breakpoint
CREATE TABLE `edition_sub_venues` (
	`edition_id` text NOT NULL,
	`venue_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`edition_id`, `venue_id`),
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`venue_id`) REFERENCES `venues`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `edition_sub_venues_by_venue` ON `edition_sub_venues` (`venue_id`);--> statement-breakpoint
CREATE TABLE `editions` (
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
	`chronology` text GENERATED ALWAYS AS (coalesce(start_date, year || '-13')) STORED NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`convention_id`) REFERENCES `conventions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`city_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`venue_id`) REFERENCES `venues`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "editions_event_status_word" CHECK("editions"."event_status" IN ('POSTPONED', 'CANCELLED')),
	CONSTRAINT "editions_attendance_mode_word" CHECK("editions"."attendance_mode" IN ('IN_PERSON', 'ONLINE', 'HYBRID')),
	CONSTRAINT "editions_start_date_date" CHECK("editions"."start_date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	CONSTRAINT "editions_end_date_date" CHECK("editions"."end_date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	CONSTRAINT "editions_dates_in_order" CHECK("editions"."end_date" >= "editions"."start_date"),
	CONSTRAINT "editions_ordinal_positive" CHECK("editions"."ordinal" > 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `editions_by_slug` ON `editions` (`slug`);--> statement-breakpoint
CREATE INDEX `editions_by_chronology` ON `editions` (`chronology`,`id`);--> statement-breakpoint
CREATE INDEX `editions_by_convention` ON `editions` (`convention_id`,`chronology`,`id`);--> statement-breakpoint
CREATE INDEX `editions_by_city` ON `editions` (`city_id`,`chronology`);--> statement-breakpoint
CREATE INDEX `editions_by_venue` ON `editions` (`venue_id`);--> statement-breakpoint
CREATE TABLE `exhibition_areas` (
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
	CONSTRAINT "exhibition_areas_kind_word" CHECK("exhibition_areas"."kind" IN ('HALL', 'ZONE', 'PAVILION', 'OUTDOOR', 'ONLINE')),
	CONSTRAINT "exhibition_areas_size_unit_word" CHECK("exhibition_areas"."size_unit" IN ('COUNT', 'PEOPLE', 'VISITS', 'COMPANIES', 'COUNTRIES', 'PROJECTS', 'PRODUCTS', 'EVENTS', 'SQUARE_METRE', 'SQUARE_FOOT', 'PERCENT', 'PERCENTAGE_POINT')),
	CONSTRAINT "exhibition_areas_size_bound_word" CHECK("exhibition_areas"."size_bound" IN ('EXACT', 'ABOUT', 'MORE_THAN', 'AT_LEAST', 'NEARLY', 'AT_MOST')),
	CONSTRAINT "exhibition_areas_size_whole" CHECK(("exhibition_areas"."size_value" IS NULL) = ("exhibition_areas"."size_unit" IS NULL) AND ("exhibition_areas"."size_value" IS NULL) = ("exhibition_areas"."size_bound" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `exhibition_areas_by_edition` ON `exhibition_areas` (`edition_id`,`position`,`id`);--> statement-breakpoint
CREATE INDEX `exhibition_areas_by_chronology` ON `exhibition_areas` (`chronology`,`id`);--> statement-breakpoint
CREATE TABLE `figure_editions` (
	`figure_id` text NOT NULL,
	`edition_id` text NOT NULL,
	PRIMARY KEY(`figure_id`, `edition_id`),
	FOREIGN KEY (`figure_id`) REFERENCES `figures`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `figure_editions_by_edition` ON `figure_editions` (`edition_id`,`figure_id`);--> statement-breakpoint
CREATE TABLE `figures` (
	`id` text PRIMARY KEY NOT NULL,
	`edition_id` text NOT NULL,
	`metric` text NOT NULL,
	`value` integer NOT NULL,
	`unit` text NOT NULL,
	`bound` text NOT NULL,
	`scope` text NOT NULL,
	`status` text NOT NULL,
	`as_of` text,
	`standing` text NOT NULL,
	`subject` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "figures_metric_word" CHECK("figures"."metric" IN ('EXHIBITION_SPACE', 'INDOOR_SPACE', 'OUTDOOR_SPACE', 'EXHIBITION_ZONES', 'EXHIBITORS', 'BRANDS', 'VISITORS', 'VISITS', 'GUESTS', 'FOREIGN_GUESTS', 'COUNTRIES', 'EXHIBITS', 'NEW_PRODUCTS', 'EVENTS', 'FORUMS', 'BUYERS', 'MEDIA', 'OTHER')),
	CONSTRAINT "figures_unit_word" CHECK("figures"."unit" IN ('COUNT', 'PEOPLE', 'VISITS', 'COMPANIES', 'COUNTRIES', 'PROJECTS', 'PRODUCTS', 'EVENTS', 'SQUARE_METRE', 'SQUARE_FOOT', 'PERCENT', 'PERCENTAGE_POINT')),
	CONSTRAINT "figures_bound_word" CHECK("figures"."bound" IN ('EXACT', 'ABOUT', 'MORE_THAN', 'AT_LEAST', 'NEARLY', 'AT_MOST')),
	CONSTRAINT "figures_scope_word" CHECK("figures"."scope" IN ('EDITION', 'CUMULATIVE', 'SUBSET')),
	CONSTRAINT "figures_status_word" CHECK("figures"."status" IN ('TARGET', 'EXPECTED', 'INTERIM', 'FINAL')),
	CONSTRAINT "figures_standing_word" CHECK("figures"."standing" IN ('PREFERRED', 'ALTERNATIVE', 'DISPUTED', 'SUPERSEDED')),
	CONSTRAINT "figures_as_of_date" CHECK("figures"."as_of" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]' OR "figures"."as_of" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]' OR "figures"."as_of" GLOB '[0-9][0-9][0-9][0-9]')
) STRICT;
--> statement-breakpoint
CREATE INDEX `figures_by_edition` ON `figures` (`edition_id`,`metric`,`position`);--> statement-breakpoint
CREATE INDEX `figures_by_subject` ON `figures` (`subject`);--> statement-breakpoint
CREATE UNIQUE INDEX `figures_one_preferred` ON `figures` (`subject`) WHERE standing = 'PREFERRED';--> statement-breakpoint
CREATE TABLE `localized_texts` (
	`node_id` text NOT NULL,
	`field` text NOT NULL,
	`locale` text NOT NULL,
	`text` text NOT NULL,
	`is_original` integer NOT NULL,
	PRIMARY KEY(`node_id`, `field`, `locale`),
	FOREIGN KEY (`node_id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `nodes` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`document` text NOT NULL,
	`checksum` integer NOT NULL,
	`updated_at` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `nodes_by_document` ON `nodes` (`document`);--> statement-breakpoint
CREATE TABLE `organizations` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`website_url` text,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_by_slug` ON `organizations` (`slug`);--> statement-breakpoint
CREATE TABLE `participations` (
	`id` text PRIMARY KEY NOT NULL,
	`edition_id` text NOT NULL,
	`participant_id` text NOT NULL,
	`role` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participant_id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "participations_role_word" CHECK("participations"."role" IN ('HOST', 'ORGANIZER', 'CO_ORGANIZER', 'SUPPORTER', 'GUEST_OF_HONOUR'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `participations_by_edition` ON `participations` (`edition_id`,`position`);--> statement-breakpoint
CREATE INDEX `participations_by_participant` ON `participations` (`participant_id`);--> statement-breakpoint
CREATE TABLE `places` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`kind` text NOT NULL,
	`parent_id` text,
	`country` text NOT NULL,
	`time_zone` text,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`parent_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "places_kind_word" CHECK("places"."kind" IN ('CITY', 'PROVINCE', 'COUNTRY'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `places_by_slug` ON `places` (`slug`);--> statement-breakpoint
CREATE INDEX `places_by_parent` ON `places` (`parent_id`);--> statement-breakpoint
CREATE INDEX `places_by_country` ON `places` (`country`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`edition_id` text NOT NULL,
	`kind` text NOT NULL,
	`date` text,
	`position` integer NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "sessions_kind_word" CHECK("sessions"."kind" IN ('OPENING_CEREMONY', 'KEYNOTE_FORUM', 'FORUM', 'SEMINAR', 'MATCHMAKING', 'EXHIBITION', 'PRESS_CONFERENCE', 'CLOSING_CEREMONY', 'OTHER')),
	CONSTRAINT "sessions_date_date" CHECK("sessions"."date" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
--> statement-breakpoint
CREATE INDEX `sessions_by_edition` ON `sessions` (`edition_id`,`position`);--> statement-breakpoint
CREATE TABLE `signed_project_statistic_editions` (
	`signed_project_statistic_id` text NOT NULL,
	`edition_id` text NOT NULL,
	PRIMARY KEY(`signed_project_statistic_id`, `edition_id`),
	FOREIGN KEY (`signed_project_statistic_id`) REFERENCES `signed_project_statistics`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `signed_project_statistic_editions_by_edition` ON `signed_project_statistic_editions` (`edition_id`,`signed_project_statistic_id`);--> statement-breakpoint
CREATE TABLE `signed_project_statistics` (
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
	CONSTRAINT "signed_project_statistics_stage_word" CHECK("signed_project_statistics"."stage" IN ('INTENDED', 'SIGNED', 'CONTRACTED', 'REGISTERED', 'STARTED', 'COMPLETED', 'FUNDED', 'INVESTED', 'ONSITE_SALES')),
	CONSTRAINT "signed_project_statistics_status_word" CHECK("signed_project_statistics"."status" IN ('TARGET', 'EXPECTED', 'INTERIM', 'FINAL')),
	CONSTRAINT "signed_project_statistics_scope_word" CHECK("signed_project_statistics"."scope" IN ('EDITION', 'CUMULATIVE', 'SUBSET')),
	CONSTRAINT "signed_project_statistics_projects_unit_word" CHECK("signed_project_statistics"."projects_unit" IN ('COUNT', 'PEOPLE', 'VISITS', 'COMPANIES', 'COUNTRIES', 'PROJECTS', 'PRODUCTS', 'EVENTS', 'SQUARE_METRE', 'SQUARE_FOOT', 'PERCENT', 'PERCENTAGE_POINT')),
	CONSTRAINT "signed_project_statistics_projects_bound_word" CHECK("signed_project_statistics"."projects_bound" IN ('EXACT', 'ABOUT', 'MORE_THAN', 'AT_LEAST', 'NEARLY', 'AT_MOST')),
	CONSTRAINT "signed_project_statistics_investment_bound_word" CHECK("signed_project_statistics"."investment_bound" IN ('EXACT', 'ABOUT', 'MORE_THAN', 'AT_LEAST', 'NEARLY', 'AT_MOST')),
	CONSTRAINT "signed_project_statistics_share_bound_word" CHECK("signed_project_statistics"."share_bound" IN ('EXACT', 'ABOUT', 'MORE_THAN', 'AT_LEAST', 'NEARLY', 'AT_MOST')),
	CONSTRAINT "signed_project_statistics_slice_dimension_word" CHECK("signed_project_statistics"."slice_dimension" IN ('INDUSTRY', 'REGION', 'INVESTOR', 'PROJECT_SIZE', 'OTHER')),
	CONSTRAINT "signed_project_statistics_standing_word" CHECK("signed_project_statistics"."standing" IN ('PREFERRED', 'ALTERNATIVE', 'DISPUTED', 'SUPERSEDED')),
	CONSTRAINT "signed_project_statistics_as_of_date" CHECK("signed_project_statistics"."as_of" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]' OR "signed_project_statistics"."as_of" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]' OR "signed_project_statistics"."as_of" GLOB '[0-9][0-9][0-9][0-9]'),
	CONSTRAINT "signed_project_statistics_slice" CHECK(("signed_project_statistics"."scope" = 'SUBSET') = ("signed_project_statistics"."slice_dimension" IS NOT NULL)),
	CONSTRAINT "signed_project_statistics_says_something" CHECK(coalesce("signed_project_statistics"."projects_value", "signed_project_statistics"."investment_amount", "signed_project_statistics"."share_value") IS NOT NULL),
	CONSTRAINT "signed_project_statistics_projects_whole" CHECK(("signed_project_statistics"."projects_value" IS NULL) = ("signed_project_statistics"."projects_unit" IS NULL) AND ("signed_project_statistics"."projects_value" IS NULL) = ("signed_project_statistics"."projects_bound" IS NULL)),
	CONSTRAINT "signed_project_statistics_investment_whole" CHECK(("signed_project_statistics"."investment_amount" IS NULL) = ("signed_project_statistics"."investment_currency" IS NULL) AND ("signed_project_statistics"."investment_amount" IS NULL) = ("signed_project_statistics"."investment_bound" IS NULL)),
	CONSTRAINT "signed_project_statistics_share_whole" CHECK(("signed_project_statistics"."share_value" IS NULL) = ("signed_project_statistics"."share_bound" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `signed_project_statistics_by_convention` ON `signed_project_statistics` (`convention_id`,"chronology" DESC,`position`,`id`);--> statement-breakpoint
CREATE INDEX `signed_project_statistics_by_chronology` ON `signed_project_statistics` ("chronology" DESC,`position`,`id`);--> statement-breakpoint
CREATE INDEX `signed_project_statistics_by_reported_at` ON `signed_project_statistics` (`reported_at_id`);--> statement-breakpoint
CREATE INDEX `signed_project_statistics_by_subject` ON `signed_project_statistics` (`subject`);--> statement-breakpoint
CREATE UNIQUE INDEX `signed_project_statistics_one_preferred` ON `signed_project_statistics` (`subject`) WHERE standing = 'PREFERRED';--> statement-breakpoint
CREATE TABLE `sources` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`publisher` text,
	`url` text,
	`published_on` text,
	`retrieved_on` text,
	`language` text,
	`is_relay` integer NOT NULL,
	`access` text,
	`derived_from_id` text,
	`chronology` text GENERATED ALWAYS AS (coalesce(published_on, '')) STORED NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`derived_from_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "sources_kind_word" CHECK("sources"."kind" IN ('NEWS_AGENCY', 'NEWSPAPER', 'BROADCASTER', 'GOVERNMENT', 'ORGANIZER', 'TRADE_PRESS', 'PRESS_RELEASE', 'OTHER')),
	CONSTRAINT "sources_access_word" CHECK("sources"."access" IN ('FULL_TEXT', 'EXCERPT', 'SUMMARY', 'HEADLINE')),
	CONSTRAINT "sources_published_on_date" CHECK("sources"."published_on" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
	CONSTRAINT "sources_retrieved_on_date" CHECK("sources"."retrieved_on" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sources_by_slug` ON `sources` (`slug`);--> statement-breakpoint
CREATE INDEX `sources_by_chronology` ON `sources` (`chronology`,`id`);--> statement-breakpoint
CREATE INDEX `sources_by_derived_from` ON `sources` (`derived_from_id`);--> statement-breakpoint
CREATE TABLE `speakers` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`sort_name` text NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `speakers_by_slug` ON `speakers` (`slug`);--> statement-breakpoint
CREATE INDEX `speakers_by_sort_name` ON `speakers` (`sort_name`,`id`);--> statement-breakpoint
CREATE TABLE `themes` (
	`id` text PRIMARY KEY NOT NULL,
	`edition_id` text NOT NULL,
	`kind` text NOT NULL,
	`position` integer NOT NULL,
	`chronology` text NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "themes_kind_word" CHECK("themes"."kind" IN ('MAIN', 'SUB'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `themes_by_edition` ON `themes` (`edition_id`,`position`);--> statement-breakpoint
CREATE INDEX `themes_by_chronology` ON `themes` (`chronology`,`id`);--> statement-breakpoint
CREATE TABLE `venues` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`city_id` text NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`city_id`) REFERENCES `places`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `venues_by_slug` ON `venues` (`slug`);--> statement-breakpoint
CREATE INDEX `venues_by_city` ON `venues` (`city_id`);