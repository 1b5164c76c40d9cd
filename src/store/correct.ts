const BREAKPOINT = '--> statement-breakpoint';

/**
 * Corrects a migration as drizzle-kit writes it. A migration that is correct already stays as it is, to the letter.
 * - Every table becomes STRICT, so that a column holds only what its type says.
 * - A table that is rebuilt leaves out its generated columns when its rows are copied: SQLite refuses them.
 * @param migration the text of the migration file
 * @returns the text to store in its place
 */
export function correctMigration(migration: string): string {
  const generated = new Map<string, string[]>();
  return migration
    .split(BREAKPOINT)
    .map((statement) => {
      const created = /^\s*CREATE TABLE [`"](\w+)[`"]/i.exec(statement)?.[1];
      if (created) {
        const columns = [...statement.matchAll(/^\s*[`"](\w+)[`"].* GENERATED ALWAYS AS /gim)].flatMap(
          ([, name]) => name ?? [],
        );
        generated.set(created, columns);
        return statement
          .replace(/\)(\s*;?\s*)$/, ') STRICT$1')
          .replace(/\) WITHOUT ROWID(\s*;?\s*)$/i, ') STRICT, WITHOUT ROWID$1');
      }
      const copied = /^\s*INSERT INTO [`"](\w+)[`"]/i.exec(statement)?.[1];
      const left = copied === undefined ? [] : (generated.get(copied) ?? []);
      return left.reduce(
        (text, column) => text.replaceAll(`, "${column}"`, '').replaceAll(`"${column}", `, ''),
        statement,
      );
    })
    .join(BREAKPOINT);
}
