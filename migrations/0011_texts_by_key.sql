-- Texts stand where they are looked up, by their node, field and locale: an answer reads them all one by one.
-- Whatever writes to search_sources, which reads texts, makes way and is made again.
DROP TRIGGER search_text_added;
--> statement-breakpoint
DROP TRIGGER search_text_changed;
--> statement-breakpoint
DROP TRIGGER search_text_removed;
--> statement-breakpoint
DROP TRIGGER search_acronym_added;
--> statement-breakpoint
DROP TRIGGER search_acronym_changed;
--> statement-breakpoint
DROP TRIGGER search_title_added;
--> statement-breakpoint
DROP TRIGGER search_title_moved;
--> statement-breakpoint
DROP VIEW search_sources;
--> statement-breakpoint
CREATE TABLE `localized_texts_by_key` (
	`node_id` text NOT NULL,
	`field` text NOT NULL,
	`locale` text NOT NULL,
	`text` text NOT NULL,
	`is_original` integer NOT NULL,
	PRIMARY KEY(`node_id`, `field`, `locale`),
	FOREIGN KEY (`node_id`) REFERENCES `nodes`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO localized_texts_by_key (node_id, field, locale, text, is_original)
SELECT node_id, field, locale, text, is_original FROM localized_texts ORDER BY node_id, field, locale;
--> statement-breakpoint
DROP TABLE localized_texts;
--> statement-breakpoint
ALTER TABLE localized_texts_by_key RENAME TO localized_texts;
--> statement-breakpoint
CREATE VIEW search_sources AS
SELECT node_id, field, locale, text FROM localized_texts
WHERE field IN ('name', 'alternateName', 'text', 'title', 'focus', 'description')
  AND EXISTS (SELECT 1 FROM search_owners WHERE search_owners.node_id = localized_texts.node_id)
UNION ALL
SELECT id, 'acronym', 'und', acronym FROM conventions WHERE acronym IS NOT NULL;
--> statement-breakpoint
-- Lists a text under the first number that its record has free. Whatever stands in the way is deleted first: a trigger that
-- fails would make the import fail.
CREATE TRIGGER search_source_listed INSTEAD OF INSERT ON search_sources BEGIN
  DELETE FROM search_texts WHERE node_id = new.node_id AND field = new.field AND locale = new.locale;
  INSERT INTO search_records (number, record_id)
  SELECT ((SELECT coalesce(max(number), 0) FROM search_records) / 16 + 1) * 16 + code, record FROM search_owners
  WHERE node_id = new.node_id AND NOT EXISTS (SELECT 1 FROM search_records WHERE record_id = record);
  INSERT INTO search_texts (id, node_id, field, locale, text)
  SELECT (
    SELECT min(free) FROM (
      SELECT number << 16 AS free
      UNION ALL
      SELECT id + 1 FROM search_texts WHERE id BETWEEN number << 16 AND (number << 16) + 65535
    ) WHERE NOT EXISTS (SELECT 1 FROM search_texts WHERE id = free)
  ), new.node_id, new.field, new.locale, new.text
  FROM search_owners JOIN search_records ON record_id = record WHERE search_owners.node_id = new.node_id;
END;
--> statement-breakpoint
CREATE TRIGGER search_text_added AFTER INSERT ON localized_texts WHEN new.field IN ('name', 'alternateName', 'text', 'title', 'focus', 'description') BEGIN
  INSERT INTO search_sources (node_id, field, locale, text) VALUES (new.node_id, new.field, new.locale, new.text);
END;
--> statement-breakpoint
CREATE TRIGGER search_text_changed AFTER UPDATE OF node_id, field, locale, text ON localized_texts BEGIN
  DELETE FROM search_texts WHERE node_id = old.node_id AND field = old.field AND locale = old.locale;
  DELETE FROM search_texts WHERE node_id = new.node_id AND field = new.field AND locale = new.locale;
  INSERT INTO search_sources (node_id, field, locale, text)
  SELECT new.node_id, new.field, new.locale, new.text WHERE new.field IN ('name', 'alternateName', 'text', 'title', 'focus', 'description');
END;
--> statement-breakpoint
CREATE TRIGGER search_text_removed AFTER DELETE ON localized_texts BEGIN
  DELETE FROM search_texts WHERE node_id = old.node_id AND field = old.field AND locale = old.locale;
END;
--> statement-breakpoint
CREATE TRIGGER search_acronym_added AFTER INSERT ON conventions WHEN new.acronym IS NOT NULL BEGIN
  INSERT INTO search_sources (node_id, field, locale, text) VALUES (new.id, 'acronym', 'und', new.acronym);
END;
--> statement-breakpoint
CREATE TRIGGER search_acronym_changed AFTER UPDATE OF id, acronym ON conventions BEGIN
  DELETE FROM search_texts WHERE node_id = old.id AND field = 'acronym' AND locale = 'und';
  DELETE FROM search_texts WHERE node_id = new.id AND field = 'acronym' AND locale = 'und';
  INSERT INTO search_sources (node_id, field, locale, text)
  SELECT new.id, 'acronym', 'und', new.acronym WHERE new.acronym IS NOT NULL;
END;
--> statement-breakpoint
CREATE TRIGGER search_title_added AFTER INSERT ON appearances BEGIN
  INSERT INTO search_sources SELECT node_id, field, locale, text FROM search_sources WHERE node_id = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_title_moved AFTER UPDATE OF id, speaker_id ON appearances WHEN (old.id, old.speaker_id) IS NOT (new.id, new.speaker_id) BEGIN
  DELETE FROM search_texts WHERE node_id IN (old.id, new.id);
  INSERT INTO search_sources SELECT node_id, field, locale, text FROM search_sources WHERE node_id = new.id;
END;
