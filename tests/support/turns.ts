import { openReader } from '../../src/store/open.ts';

const EDITIONS = 30;

/** A data file of a made-up fair that says "Turn 0" in each of its editions, for each turn to be told from the last. */
export function tellingTurns(): string {
  const editions = Array.from({ length: EDITIONS }, (_, index) => ({
    ...{ slug: `fair-${1990 + index}`, year: 1990 + index, name: { en: `Fair ${1990 + index}`, zh: `博览会${index}` } },
    ...{ themes: [{ key: 'main', text: { en: 'Turn 0' }, citations: ['report'] }], citations: ['report'] },
  }));
  return JSON.stringify({
    sources: [{ slug: 'report', kind: 'NEWSPAPER', title: 'A report' }],
    conventions: [{ slug: 'fair', name: 'Fair', editions, citations: ['report'] }],
  });
}

/**
 * @returns which turn is stored; 0 where none is
 * @throws Error when it is not all of one turn, or when the log of changes does not have each turn before it
 */
export function turnOf(file: string): number {
  const reader = openReader(file, { isSnapshot: true });
  try {
    const turns = reader.rows(
      "SELECT text, count(*) AS count FROM localized_texts WHERE text GLOB 'Turn *' GROUP BY 1",
      [],
    );
    const found = reader.value('SELECT count(*) FROM search_texts WHERE text GLOB ?', ['Turn *']);
    const logged = reader.value(
      "SELECT count(DISTINCT data_version) FROM changes WHERE convention_id IN (SELECT id FROM conventions WHERE slug = 'fair')",
      [],
    );
    const [{ text = 'Turn 0', count = 0 } = {}] = turns;
    const turn = Number(String(text).slice('Turn '.length));
    const isWhole = turns.length <= 1 && count === (turn === 0 ? 0 : EDITIONS) && found === count;
    if (!isWhole || logged !== turn) throw new Error(JSON.stringify({ turns, found, logged }));
    return turn;
  } finally {
    reader.close();
  }
}
