import type { AboutThisServiceQuery, ChangedLastQuery } from '../client/operations.ts';
import type { Question } from '../web/questions.ts';
import type { License } from './layout.tsx';

const EXAMPLE = `{ editions(first: 3, where: { signedProjects: { some: { status: [FINAL], stage: [SIGNED] } } }) { nodes {
  name(locale: "en") dates(locale: "en")
  signedProjects { status projects { text(locale: "en") } citations { source { citation url } } }
} } }`;

/** More would take the room of what a reader has to know. */
const MOST_EDITIONS = 12;

/**
 * Writes /llms.txt as llmstxt.org has it: what is here, how its numbers are to be read, and where each thing is.
 * @param options.baseUrl where this service is found, with nothing behind
 * @param options.dataUpdatedAt when the data was changed last; null while there is none
 * @param options.conventions those that are to be named, as `editions`
 * @param options.questions each is linked by an address that answers it
 */
export function llmsText({
  baseUrl,
  counts,
  dataUpdatedAt,
  conventions,
  editions,
  questions,
  license,
}: {
  baseUrl: string;
  counts: AboutThisServiceQuery['service']['counts'];
  dataUpdatedAt: string | null;
  conventions: readonly Pick<ChangedLastQuery['conventions']['nodes'][number], 'slug' | 'name'>[];
  editions: readonly Pick<ChangedLastQuery['editions']['nodes'][number], 'slug' | 'name' | 'dates'>[];
  questions: readonly Pick<Question, 'slug' | 'headline'>[];
  license: License;
}): string {
  return `# Expograph

> Trade conventions published as one GraphQL graph: conventions, their editions, themes, exhibition areas, speakers and what was signed, every number with its source. No account is needed.

${dataUpdatedAt === null ? 'There is no data yet.' : `There is data about ${listOf(counts)}. It was last changed at ${dataUpdatedAt}.`}

How to read what is here:

- Every number is a claim of a source. Show its \`text\`, never the bare value: only the text keeps "more than", "about" and "nearly", which \`bound\` tells (EXACT, ABOUT, MORE_THAN, AT_LEAST, NEARLY, AT_MOST).
- \`scope\` tells what it is about: EDITION is one edition as a whole, CUMULATIVE several editions together, SUBSET a part of them.
- \`stage\` tells what was counted: signed, intended, sold on site, registered, started, completed and others. These are different measures: an intended deal is no contract.
- \`status\` tells when it was said: TARGET and EXPECTED come from before the event and are no results, INTERIM from while it ran, FINAL from after it.
- \`standing\` tells which of several claims about the same thing to show: PREFERRED. The others stay beside it, as sources disagree.
- Unknown is null, never 0 and never a guess. An edition without an \`endDate\` is one whose last day no source tells.
- Never add numbers up. \`signedProjectTotals\` adds what may be added, and lists what it left out, each with the reason.
- Name the source that stands beside a number: \`citations { source { citation url } }\`. Where \`url\` is null, do not link.
- The data is in the public domain (${license.name}, ${license.url}). A credit is welcome: "${license.creditText}".
- Texts and dates come in English and Chinese: \`locale: "en"\` or \`locale: "zh-Hans"\` on a field.

Ask by GET, or by POST with a JSON body {"query": "…"}. This is one request:

\`\`\`sh
curl -G ${baseUrl}/graphql --data-urlencode 'query=${EXAMPLE}'
\`\`\`

## Graph

- [Endpoint](${baseUrl}/graphql): GraphQL over HTTP. \`format=csv\` or \`format=jsonl\` in the address gives rows, \`paginate=true\` all pages of a list.
- [Schema](${baseUrl}/schema.graphql): every type, field and argument, each with a description.
- Worked questions are at /operations/<name>.graphql, and their answers, which follow the data, at /operations/<name>.json. /operations.json lists them, each with a documentId that stands for its text in GET /graphql?documentId=….

## Pages

- [Editions](${baseUrl}/): what is on, to come and over. A convention is at /conventions/<slug>, an edition at /editions/<slug>, a speaker at /speakers/<slug>; \`?lang=en\` or \`?lang=zh-Hans\` behind an address chooses the language.
- [What is known](${baseUrl}/coverage): which fields are known of each edition, by how many independent sources, and when those were last read. In the graph it is \`coverage\`, and \`editions(where: { lacks: [VENUE] })\` finds what is missing.
- [Site map](${baseUrl}/sitemap.xml): the addresses of all pages.

## Files

- [Everything](${baseUrl}/data/export.jsonl): the whole dataset, a record in each line. One edition is at /editions/<slug>.json, and in the words of schema.org at /editions/<slug>.jsonld.
- [Calendar](${baseUrl}/calendar.ics): all editions, to subscribe to. One convention is at /conventions/<slug>.ics, one edition at /editions/<slug>.ics.
- [Feed](${baseUrl}/feed.atom): what each import added, changed and removed, edition by edition. One convention is at /conventions/<slug>/feed.atom, one edition at /editions/<slug>/feed.atom.
${section(
  'Conventions',
  conventions.map(({ slug, name }) => `[${escaped(name)}](${baseUrl}/conventions/${slug})`),
)}${section(
  'Editions that changed last',
  editions
    .slice(0, MOST_EDITIONS)
    .map(
      ({ slug, name, dates }) =>
        `[${escaped(name)}](${baseUrl}/editions/${slug}.json): ${dates ?? 'the dates are not known'}`,
    ),
)}${section(
  'Worked questions and their answers',
  questions.map(({ slug, headline }) => `[${slug}](${baseUrl}/operations/${slug}.json): ${headline}`),
)}`;
}

/** Names stand in the brackets of a link of Markdown. */
const escaped = (text: string) => text.replaceAll(/[[\]\\]/g, '\\$&').replaceAll(/\s+/g, ' ');

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n## ${title}\n\n${lines.map((line) => `- ${line}\n`).join('')}`;
}

function listOf(counts: AboutThisServiceQuery['service']['counts']): string {
  const of = (count: number, one: string, many: string) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
  return new Intl.ListFormat('en-GB').format([
    of(counts.conventions, 'convention', 'conventions'),
    of(counts.editions, 'edition', 'editions'),
    of(counts.speakers, 'speaker', 'speakers'),
    of(counts.signedProjectStatistics, 'claim about signed projects', 'claims about signed projects'),
    of(counts.sources, 'source', 'sources'),
  ]);
}
