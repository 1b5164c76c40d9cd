CREATE TABLE conventions (id text PRIMARY KEY, slug text NOT NULL UNIQUE, acronym text);
CREATE TABLE places (id text PRIMARY KEY, slug text NOT NULL UNIQUE, country text NOT NULL);
CREATE TABLE venues (id text PRIMARY KEY, slug text NOT NULL UNIQUE);
CREATE TABLE organizations (id text PRIMARY KEY, slug text NOT NULL UNIQUE);
CREATE TABLE speakers (id text PRIMARY KEY, slug text NOT NULL UNIQUE);
CREATE TABLE sources (id text PRIMARY KEY, slug text NOT NULL UNIQUE, title text NOT NULL, url text, publisher text, published_on text);
CREATE TABLE localized_texts (
  node_id text NOT NULL, field text NOT NULL, locale text NOT NULL, text text NOT NULL, is_original smallint NOT NULL,
  PRIMARY KEY (node_id, field, locale)
);
CREATE TABLE citations (
  node_id text NOT NULL, position integer NOT NULL, source_id text NOT NULL REFERENCES sources, PRIMARY KEY (node_id, position)
);
CREATE TABLE editions (
  id text PRIMARY KEY, slug text NOT NULL UNIQUE, convention_id text NOT NULL REFERENCES conventions, ordinal integer,
  year integer NOT NULL, start_date text, end_date text, time_zone text, city_id text REFERENCES places,
  venue_id text REFERENCES venues, website_url text, chronology text NOT NULL
);
CREATE TABLE themes (
  id text PRIMARY KEY, edition_id text NOT NULL REFERENCES editions, kind text NOT NULL, position integer NOT NULL
);
CREATE TABLE exhibition_areas (
  id text PRIMARY KEY, edition_id text NOT NULL REFERENCES editions, kind text NOT NULL,
  size_value bigint, size_unit text, size_bound text, position integer NOT NULL
);
CREATE TABLE sessions (
  id text PRIMARY KEY, edition_id text NOT NULL REFERENCES editions, kind text NOT NULL, date text, position integer NOT NULL
);
CREATE TABLE participations (
  id text PRIMARY KEY, edition_id text NOT NULL REFERENCES editions, participant_id text NOT NULL, role text NOT NULL,
  position integer NOT NULL
);
CREATE TABLE appearances (
  id text PRIMARY KEY, edition_id text NOT NULL REFERENCES editions, speaker_id text NOT NULL REFERENCES speakers,
  kind text NOT NULL, affiliation_id text REFERENCES organizations, sort_name text NOT NULL
);
CREATE TABLE figures (
  id text PRIMARY KEY, edition_id text NOT NULL REFERENCES editions, metric text NOT NULL, value bigint NOT NULL,
  unit text NOT NULL, bound text NOT NULL, scope text NOT NULL, status text NOT NULL, as_of text, standing text NOT NULL,
  position integer NOT NULL
);
CREATE TABLE signed_project_statistics (
  id text PRIMARY KEY, stage text NOT NULL, status text NOT NULL, scope text NOT NULL,
  reported_at_id text REFERENCES editions, projects_value bigint, projects_bound text, investment_amount bigint,
  investment_currency text, investment_bound text, as_of text, chronology text NOT NULL, position integer NOT NULL
);
CREATE TABLE signed_project_statistic_editions (
  signed_project_statistic_id text NOT NULL REFERENCES signed_project_statistics,
  edition_id text NOT NULL REFERENCES editions,
  PRIMARY KEY (signed_project_statistic_id, edition_id)
);
CREATE TABLE edition_notes (
  id text PRIMARY KEY, edition_id text NOT NULL REFERENCES editions, kind text NOT NULL, position integer NOT NULL
);
-- data
CREATE INDEX ON citations (source_id);
CREATE INDEX ON editions (chronology, id);
CREATE INDEX ON editions (start_date, id);
CREATE INDEX ON editions (year, chronology, id);
CREATE INDEX ON editions (convention_id, chronology, id);
CREATE INDEX ON editions (city_id);
CREATE INDEX ON editions (venue_id);
CREATE INDEX ON themes (edition_id, kind, position, id);
CREATE INDEX ON exhibition_areas (edition_id, position, id);
CREATE INDEX ON sessions (edition_id, position, id);
CREATE INDEX ON participations (edition_id, position, id);
CREATE INDEX ON participations (participant_id);
CREATE INDEX ON appearances (edition_id, sort_name, id);
CREATE INDEX ON appearances (speaker_id);
CREATE INDEX ON appearances (affiliation_id);
CREATE INDEX ON figures (edition_id, metric, position);
CREATE INDEX ON signed_project_statistics (reported_at_id);
CREATE INDEX ON signed_project_statistic_editions (edition_id, signed_project_statistic_id);
CREATE INDEX ON edition_notes (edition_id, position, id);
CREATE INDEX originals ON localized_texts (node_id, field) INCLUDE (text) WHERE is_original = 1;

COMMENT ON TABLE citations IS E'@foreignKey (node_id) references editions (id)|@fieldName edition|@foreignFieldName citations\n@foreignKey (node_id) references themes (id)|@fieldName theme|@foreignFieldName citations\n@foreignKey (node_id) references exhibition_areas (id)|@fieldName exhibitionArea|@foreignFieldName citations\n@foreignKey (node_id) references appearances (id)|@fieldName appearance|@foreignFieldName citations\n@foreignKey (node_id) references figures (id)|@fieldName figure|@foreignFieldName citations\n@foreignKey (node_id) references signed_project_statistics (id)|@fieldName claim|@foreignFieldName citations';
COMMENT ON TABLE participations IS E'@foreignKey (participant_id) references organizations (id)|@fieldName organization|@foreignFieldName participations\n@foreignKey (participant_id) references places (id)|@fieldName place|@foreignFieldName participations';

CREATE FUNCTION original(node text, wanted text) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN (SELECT text FROM localized_texts WHERE node_id = node AND field = wanted AND is_original = 1);
END $$;
COMMENT ON FUNCTION original IS '@omit';
CREATE FUNCTION editions_name(e editions) RETURNS text LANGUAGE sql STABLE AS $$ SELECT original(e.id, 'name') $$;
CREATE FUNCTION conventions_name(c conventions) RETURNS text LANGUAGE sql STABLE AS $$ SELECT original(c.id, 'name') $$;
CREATE FUNCTION places_name(p places) RETURNS text LANGUAGE sql STABLE AS $$ SELECT original(p.id, 'name') $$;
CREATE FUNCTION venues_name(v venues) RETURNS text LANGUAGE sql STABLE AS $$ SELECT original(v.id, 'name') $$;
CREATE FUNCTION speakers_name(s speakers) RETURNS text LANGUAGE sql STABLE AS $$ SELECT original(s.id, 'name') $$;
CREATE FUNCTION organizations_name(o organizations) RETURNS text LANGUAGE sql STABLE AS $$ SELECT original(o.id, 'name') $$;
CREATE FUNCTION exhibition_areas_name(a exhibition_areas) RETURNS text LANGUAGE sql STABLE AS $$ SELECT original(a.id, 'name') $$;
CREATE FUNCTION themes_text(t themes) RETURNS text LANGUAGE sql STABLE AS $$ SELECT original(t.id, 'text') $$;
CREATE FUNCTION edition_notes_text(n edition_notes) RETURNS text LANGUAGE sql STABLE AS $$ SELECT original(n.id, 'text') $$;
CREATE FUNCTION sessions_title(s sessions) RETURNS text LANGUAGE sql STABLE AS $$ SELECT original(s.id, 'title') $$;
CREATE FUNCTION appearances_title(a appearances) RETURNS text LANGUAGE sql STABLE AS $$ SELECT original(a.id, 'title') $$;
CREATE FUNCTION signed_project_statistics_note(c signed_project_statistics) RETURNS text LANGUAGE sql STABLE AS $$ SELECT original(c.id, 'note') $$;

CREATE FUNCTION editions_claims(e editions) RETURNS SETOF signed_project_statistics LANGUAGE sql STABLE ROWS 5 AS $$
  SELECT s.* FROM signed_project_statistics AS s JOIN (
    SELECT id, min(about) AS about FROM (
      SELECT signed_project_statistic_id AS id, 0 AS about FROM signed_project_statistic_editions WHERE edition_id = e.id
      UNION ALL SELECT id, 1 FROM signed_project_statistics WHERE reported_at_id = e.id) AS one GROUP BY id
  ) AS found USING (id)
  ORDER BY CASE WHEN s.scope = 'EDITION' AND about = 0 THEN 0 WHEN s.reported_at_id = e.id THEN 1 ELSE 2 END,
    s.chronology DESC, s.position, s.id
$$;
CREATE FUNCTION editions_preferred_figures(e editions) RETURNS SETOF figures LANGUAGE sql STABLE ROWS 5 AS $$
  SELECT * FROM figures WHERE edition_id = e.id
  ORDER BY metric, CASE scope WHEN 'EDITION' THEN 0 WHEN 'SUBSET' THEN 1 ELSE 2 END, standing <> 'PREFERRED', position, id
$$;
CREATE FUNCTION editions_organizers(e editions) RETURNS SETOF participations LANGUAGE sql STABLE ROWS 5 AS $$
  SELECT * FROM participations WHERE edition_id = e.id AND role <> 'GUEST_OF_HONOUR' ORDER BY position, id
$$;
CREATE FUNCTION signed_project_statistics_about(c signed_project_statistics) RETURNS SETOF editions LANGUAGE sql STABLE ROWS 2 AS $$
  SELECT e.* FROM signed_project_statistic_editions JOIN editions AS e ON e.id = edition_id
  WHERE signed_project_statistic_id = c.id ORDER BY e.chronology, e.id
$$;
CREATE FUNCTION editions_previous(e editions) RETURNS editions LANGUAGE sql STABLE AS $$
  SELECT * FROM editions AS o WHERE o.convention_id = e.convention_id AND (o.chronology, o.id) < (e.chronology, e.id)
  ORDER BY o.chronology DESC, o.id DESC LIMIT 1
$$;
CREATE FUNCTION editions_following(e editions) RETURNS editions LANGUAGE sql STABLE AS $$
  SELECT * FROM editions AS o WHERE o.convention_id = e.convention_id AND (o.chronology, o.id) > (e.chronology, e.id)
  ORDER BY o.chronology, o.id LIMIT 1
$$;
CREATE FUNCTION editions_in(city text, from_year integer) RETURNS SETOF editions LANGUAGE sql STABLE AS $$
  SELECT * FROM editions WHERE year >= from_year AND city_id IN (
    SELECT places.id FROM places LEFT JOIN localized_texts ON node_id = places.id AND field = 'name'
    WHERE strpos(lower(text), lower(city)) > 0 OR strpos(slug, lower(city)) > 0)
  ORDER BY start_date, id
$$;
ANALYZE;
