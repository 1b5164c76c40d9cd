-- How often and at how many editions a person took part: kept, so that people are found and ordered by it at once.
CREATE TRIGGER speaker_counted AFTER INSERT ON speakers BEGIN
  UPDATE speakers SET (appearance_count, edition_count) =
    (SELECT count(*), count(DISTINCT edition_id) FROM appearances WHERE speaker_id = new.id)
  WHERE id = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER appearance_added AFTER INSERT ON appearances BEGIN
  UPDATE speakers SET (appearance_count, edition_count) =
    (SELECT count(*), count(DISTINCT edition_id) FROM appearances WHERE speaker_id = speakers.id)
  WHERE id = new.speaker_id;
END;
--> statement-breakpoint
CREATE TRIGGER appearance_changed AFTER UPDATE OF speaker_id, edition_id ON appearances
WHEN (old.speaker_id, old.edition_id) IS NOT (new.speaker_id, new.edition_id) BEGIN
  UPDATE speakers SET (appearance_count, edition_count) =
    (SELECT count(*), count(DISTINCT edition_id) FROM appearances WHERE speaker_id = speakers.id)
  WHERE id IN (old.speaker_id, new.speaker_id);
END;
--> statement-breakpoint
CREATE TRIGGER appearance_removed AFTER DELETE ON appearances BEGIN
  UPDATE speakers SET (appearance_count, edition_count) =
    (SELECT count(*), count(DISTINCT edition_id) FROM appearances WHERE speaker_id = speakers.id)
  WHERE id = old.speaker_id;
END;
--> statement-breakpoint
UPDATE speakers SET (appearance_count, edition_count) =
  (SELECT count(*), count(DISTINCT edition_id) FROM appearances WHERE speaker_id = speakers.id);
