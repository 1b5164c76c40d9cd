import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The worked questions that the package ships; both src/web and dist/web lie two folders below it. */
export const SHIPPED_QUESTIONS = fileURLToPath(new URL('../../schema/operations', import.meta.url));

/** What a newcomer sees first, wherever its name would put it. */
const opening = 'edition-in-brief';

/** @returns the names of the *.graphql files of a folder, without that ending: the brief one about an edition, then the others */
export function questionSlugs(folder: string): string[] {
  const slugs = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => basename(file, '.graphql'));
  return slugs.includes(opening) ? [opening, ...slugs.filter((slug) => slug !== opening)] : slugs;
}

/** @returns the first comment line of an operation, or undefined where it has none before it begins */
export function headlineOf(query: string): string | undefined {
  return commentsOf(query).find((line) => line && !subjectIn.test(line));
}

/** @returns what the comment line "Subject: …" before an operation tells, or undefined where it has none */
export function subjectOf(query: string): string | undefined {
  return commentsOf(query).flatMap((line) => subjectIn.exec(line)?.[1] ?? [])[0];
}

const subjectIn = /^Subject:[ \t]*(\S.*)$/;

function commentsOf(query: string): string[] {
  const before = query.split(/^[^#\n]/m)[0] ?? '';
  return [...before.matchAll(/^#+(.*)$/gm)].map(([, line = '']) => line.trim());
}
