-- The index that search looks through. What it holds is given by two views: search_sources names the texts that can be
-- found, search_documents what is indexed of each. Triggers keep search_texts and search_index in step with them.
CREATE VIRTUAL TABLE search_index USING fts5(
  text,
  content = '',
  contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);
--> statement-breakpoint
CREATE VIEW search_sources AS
SELECT node_id, field, locale, text FROM localized_texts
WHERE field IN ('name', 'text', 'title', 'focus', 'description')
UNION ALL
SELECT id, 'acronym', 'und', acronym FROM conventions WHERE acronym IS NOT NULL;
--> statement-breakpoint
-- Scripts that are written without spaces (Han, kana, bopomofo, Hangul) get a space around each character, so that a
-- word of any length is a phrase. So do pictographs, which the tokenizer takes for letters. Full-width letters and digits
-- become plain ones, variation selectors go. A text of plain ASCII is indexed as it is; of one with a U+0000, only what
-- stands before it.
CREATE VIEW search_documents AS
SELECT id, iif(text NOT GLOB '*[^ -~]*', text, (
  SELECT group_concat(
    CASE
      WHEN point BETWEEN 0xFF01 AND 0xFF5E THEN char(point - 0xFEE0)
      WHEN point BETWEEN 0xFE00 AND 0xFE0F OR point BETWEEN 0xE0100 AND 0xE01EF THEN ''
      WHEN point BETWEEN 0x1100 AND 0x11FF
        OR point BETWEEN 0x2E80 AND 0x2FDF
        OR point BETWEEN 0x3005 AND 0x3007
        OR point BETWEEN 0x3021 AND 0x3029
        OR point BETWEEN 0x3031 AND 0x303C
        OR point BETWEEN 0x3040 AND 0x31FF
        OR point BETWEEN 0x3400 AND 0x9FFF
        OR point BETWEEN 0xA960 AND 0xA97F
        OR point BETWEEN 0xAC00 AND 0xD7FF
        OR point BETWEEN 0xF900 AND 0xFAFF
        OR point BETWEEN 0xFF66 AND 0xFFDC
        OR point BETWEEN 0x1AFF0 AND 0x1B16F
        OR point BETWEEN 0x1F000 AND 0x1FBFF
        OR point BETWEEN 0x20000 AND 0x3FFFF
      THEN ' ' || char(point) || ' '
      ELSE char(point)
    END, '' ORDER BY position)
  FROM (
    SELECT key AS position, unicode(substr(search_texts.text, key + 1, 1)) AS point
    FROM json_each('[' || substr(replace(hex(zeroblob(length(search_texts.text))), '00', '0,'), 1, 2 * length(search_texts.text) - 1) || ']')
  )
)) AS text
FROM search_texts;
--> statement-breakpoint
CREATE TRIGGER search_index_added AFTER INSERT ON search_texts BEGIN
  INSERT INTO search_index (rowid, text) SELECT id, text FROM search_documents WHERE id = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_index_changed AFTER UPDATE OF id, text ON search_texts BEGIN
  DELETE FROM search_index WHERE rowid = old.id;
  INSERT INTO search_index (rowid, text) SELECT id, text FROM search_documents WHERE id = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_index_removed AFTER DELETE ON search_texts BEGIN
  DELETE FROM search_index WHERE rowid = old.id;
END;
--> statement-breakpoint
-- Whatever stands in the way is deleted first: a trigger that fails would make the import fail.
CREATE TRIGGER search_text_added AFTER INSERT ON localized_texts WHEN new.field IN ('name', 'text', 'title', 'focus', 'description') BEGIN
  DELETE FROM search_texts WHERE node_id = new.node_id AND field = new.field AND locale = new.locale;
  INSERT INTO search_texts (node_id, field, locale, text) VALUES (new.node_id, new.field, new.locale, new.text);
END;
--> statement-breakpoint
CREATE TRIGGER search_text_changed AFTER UPDATE OF node_id, field, locale, text ON localized_texts BEGIN
  DELETE FROM search_texts WHERE node_id = old.node_id AND field = old.field AND locale = old.locale;
  DELETE FROM search_texts WHERE node_id = new.node_id AND field = new.field AND locale = new.locale;
  INSERT INTO search_texts (node_id, field, locale, text)
  SELECT new.node_id, new.field, new.locale, new.text WHERE new.field IN ('name', 'text', 'title', 'focus', 'description');
END;
--> statement-breakpoint
CREATE TRIGGER search_text_removed AFTER DELETE ON localized_texts BEGIN
  DELETE FROM search_texts WHERE node_id = old.node_id AND field = old.field AND locale = old.locale;
END;
--> statement-breakpoint
CREATE TRIGGER search_acronym_added AFTER INSERT ON conventions WHEN new.acronym IS NOT NULL BEGIN
  DELETE FROM search_texts WHERE node_id = new.id AND field = 'acronym' AND locale = 'und';
  INSERT INTO search_texts (node_id, field, locale, text) VALUES (new.id, 'acronym', 'und', new.acronym);
END;
--> statement-breakpoint
CREATE TRIGGER search_acronym_changed AFTER UPDATE OF id, acronym ON conventions BEGIN
  DELETE FROM search_texts WHERE node_id = old.id AND field = 'acronym' AND locale = 'und';
  DELETE FROM search_texts WHERE node_id = new.id AND field = 'acronym' AND locale = 'und';
  INSERT INTO search_texts (node_id, field, locale, text)
  SELECT new.id, 'acronym', 'und', new.acronym WHERE new.acronym IS NOT NULL;
END;
--> statement-breakpoint
CREATE TRIGGER search_acronym_removed AFTER DELETE ON conventions BEGIN
  DELETE FROM search_texts WHERE node_id = old.id AND field = 'acronym' AND locale = 'und';
END;
--> statement-breakpoint
INSERT INTO search_texts (node_id, field, locale, text) SELECT node_id, field, locale, text FROM search_sources;
