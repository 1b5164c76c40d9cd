import type { CitationStyle, Word } from './enums.ts';

interface Reference {
  slug: string;
  title: string;
  publisher: string | null;
  url: string | null;
  publishedOn: string | null;
  retrievedOn: string | null;
  language: string | null;
}

/** @returns a reference to the source in one of the styles; what is not known is left out */
export function citeSource(source: Reference, style: Word<typeof CitationStyle>): string {
  if (style === 'BIBTEX') return bibtex(source);
  if (style === 'CSL_JSON') return JSON.stringify(cslItem(source));
  const { title, publisher, publishedOn, url, retrievedOn } = source;
  const head = [publisher, `“${title}”`, publishedOn].filter((part) => part !== null).join(', ');
  const link = url && `${url}${retrievedOn ? ` (retrieved ${retrievedOn})` : ''}.`;
  return [`${head}.`, link].filter((part) => part).join(' ');
}

function bibtex({ slug, title, publisher, url, publishedOn, retrievedOn, language }: Reference): string {
  const fields = Object.entries({
    title: `{${escapeTex(title)}}`,
    publisher: publisher && escapeTex(publisher),
    date: publishedOn,
    url,
    urldate: url && retrievedOn,
    langid: language,
  }).filter(([, value]) => value !== null);
  return `@online{${slug},\n${fields.map(([name, value]) => `  ${name} = {${value}},\n`).join('')}}`;
}

/** LaTeX's special characters, so that a title cannot run commands or break the entry. */
function escapeTex(text: string): string {
  const named: Record<string, string> = {
    '\\': '\\textbackslash{}',
    '~': '\\textasciitilde{}',
    '^': '\\textasciicircum{}',
  };
  return text.replace(/[\\{}$&#%_~^]/g, (character) => named[character] ?? `\\${character}`);
}

/** An item of CSL-JSON 1.0. */
function cslItem({ slug, title, publisher, url, publishedOn, retrievedOn, language }: Reference) {
  const date = (day: string | null) => (day === null ? undefined : { 'date-parts': [day.split('-').map(Number)] });
  return {
    id: slug,
    type: 'webpage',
    title,
    publisher: publisher ?? undefined,
    URL: url ?? undefined,
    language: language ?? undefined,
    issued: date(publishedOn),
    accessed: url === null ? undefined : date(retrievedOn),
  };
}
