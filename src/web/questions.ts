import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLError, Kind, parse } from 'graphql';
import { headlineOf, questionSlugs, subjectOf } from './headlines.ts';

/** From what most come for to what few need: the order in which the playground offers them. */
const subjects = [
  'Editions',
  'Signed projects',
  'Size and visitors',
  'People',
  'Search',
  'Sources and service',
  'Pages and embedding',
];

/** One worked example: a ready tab of the playground. */
export interface Question {
  /** The file's name without its ending: "find-hefei". */
  slug: string;
  /** The operation's name, which is the tab's title. */
  name: string;
  /** The file's first comment line; the name where there is none. */
  headline: string;
  /** What it is about, as the comment line "Subject: …" tells it. */
  subject: string;
  /** The file's text. */
  text: string;
  /** The text without the line about the subject. */
  query: string;
  /** The SHA-256 of the text, in hexadecimal, by which it can be asked for without its text. */
  documentId: string;
  /** The text of the .variables.json beside it; empty where there is none. */
  variables: string;
}

/** The questions about one subject. */
export interface SubjectQuestions {
  subject: string;
  questions: readonly Question[];
}

/**
 * Reads every *.graphql file of a folder: the brief one about an edition, then the others in the order of their names.
 * Throws an error that names the file when one does not hold exactly one named operation, tells no subject or one that
 * nobody knows, or its variables are not a JSON object.
 */
export function readQuestions(folder: string): Question[] {
  const known = new Map<string, string>();
  return questionSlugs(folder).map((slug) => {
    const path = join(folder, `${slug}.graphql`);
    const text = readFileSync(path, 'utf8');
    const name = operationName(text, path);
    const subject = knownSubject(text, path);
    const query = `${text.replace(/^#+[ \t]*Subject:.*\n/m, '').trim()}\n`;
    const other = known.get(name);
    if (other) throw new Error(`${path}: the operation ${name} is also in ${other}; give one of them another name.`);
    known.set(name, path);
    const beside = join(folder, `${slug}.variables.json`);
    const variables = existsSync(beside) ? readVariables(beside) : '';
    const documentId = createHash('sha256').update(text).digest('hex');
    return { slug, name, headline: headlineOf(query) ?? name, subject, text, query, documentId, variables };
  });
}

/**
 * Puts questions under their subjects.
 * @returns the subjects that have any, in the order of their importance; the questions of each in the order given
 */
export function bySubject(questions: readonly Question[]): SubjectQuestions[] {
  return subjects
    .map((subject) => ({ subject, questions: questions.filter((question) => question.subject === subject) }))
    .filter((group) => group.questions.length > 0);
}

function knownSubject(text: string, path: string): string {
  const subject = subjectOf(text);
  const choice = `one of ${subjects.join(', ')}`;
  if (!subject) throw new Error(`${path}: it tells no subject; write "# Subject: …" below the question, ${choice}.`);
  if (!subjects.includes(subject)) throw new Error(`${path}: the subject must be ${choice}; got ${subject}.`);
  return subject;
}

function operationName(text: string, path: string): string {
  let operations: (string | undefined)[];
  try {
    operations = parse(text).definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value] : [],
    );
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new Error(`${path}:${error.locations?.[0]?.line ?? 1}: ${error.message}`);
  }
  const [name] = operations;
  if (operations.length !== 1) {
    throw new Error(`${path}: one operation is expected, ${operations.length} were found; put each in its own file.`);
  }
  if (!name) throw new Error(`${path}: the operation has no name; write "query SomeName { … }".`);
  return name;
}

function readVariables(path: string): string {
  const text = readFileSync(path, 'utf8').trim();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: not JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${path}: the variables must be a JSON object, such as {"slug": "…"}.`);
  }
  return text;
}
