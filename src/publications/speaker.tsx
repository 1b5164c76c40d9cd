/** @jsxImportSource preact */
import type { SpeakerPageQuery } from '../client/index.ts';
import { References, SourceList, sourcesIn } from './claims.tsx';
import { TookPart } from './edition.tsx';
import { linkTo, OtherNames, type Page, type PageContext, Said } from './layout.tsx';
import { words } from './words.ts';

type Speaker = NonNullable<SpeakerPageQuery['speaker']>;

/** A person: at which editions, each time with the title held then. */
export function speakerPage(speaker: Speaker, context: PageContext): Omit<Page, 'jsonLd'> {
  const { language } = context;
  const say = words[language];
  const sources = sourcesIn(speaker);
  const { nodes, totalCount } = speaker.appearances;
  const held = nodes.flatMap(({ title, edition }) => (title ? [`${title} (${say.ofYear(edition.year)})`] : []));
  return {
    title: speaker.name,
    description: [speaker.name, ...held.slice(0, 2)].join(' · '),
    path: `/speakers/${speaker.slug}`,
    openGraphType: 'profile',
    main: (
      <article>
        <h1>
          <Said text={speaker.name} language={language} />
        </h1>
        <OtherNames {...speaker} />
        <section aria-labelledby="appearances">
          <h2 id="appearances">{say.appearances}</h2>
          <p>{say.speakerAbout}</p>
          <ul class="people">
            {nodes.map(({ edition, kind, title, affiliation, session, remarks, citations }) => (
              <li>
                <a href={linkTo(`/editions/${edition.slug}`, context)}>
                  <Said text={edition.name} language={language} />
                </a>{' '}
                <References citations={citations} sources={sources} language={language} />
                <p class="when">
                  {[edition.dates ?? say.ofYear(edition.year), edition.city?.name]
                    .filter((text) => text !== undefined)
                    .map((text, place) => (
                      <>
                        {place > 0 && say.comma}
                        <Said text={text} language={language} />
                      </>
                    ))}
                </p>
                <TookPart {...{ kind, title, affiliation, session, remarks, language }} />
              </li>
            ))}
          </ul>
          {totalCount > nodes.length && <p>{say.more(nodes.length, totalCount)}</p>}
        </section>
        <section aria-labelledby="sources">
          <h2 id="sources">{say.sources}</h2>
          <SourceList sources={sources} language={language} />
        </section>
      </article>
    ),
  };
}
