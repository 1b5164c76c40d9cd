/** @jsxImportSource preact */
import type { SpeakerPageQuery } from '../client/index.ts';
import { References, SourceList, sourcesIn } from './claims.tsx';
import { Held } from './edition.tsx';
import { Day, linkTo, type Page, type PageContext, Said } from './layout.tsx';
import { words } from './words.ts';

type Speaker = NonNullable<SpeakerPageQuery['speaker']>;

/** A person: at which editions, each time with the title held then. */
export function speakerPage(speaker: Speaker, context: PageContext): Omit<Page, 'jsonLd'> {
  const { language } = context;
  const say = words[language];
  const sources = sourcesIn(speaker);
  const { nodes, totalCount } = speaker.appearances;
  const others = speaker.names.filter(({ text }) => text !== speaker.name);
  const held = nodes.flatMap(({ title, edition }) => (title ? [`${title} (${edition.year})`] : []));
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
        {others.length > 0 && (
          <p class="other-names">
            {others.map(({ text, locale }) => (
              <span lang={locale}>{text}</span>
            ))}
          </p>
        )}
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
                  {[edition.dates ?? String(edition.year), edition.city?.name]
                    .filter((text) => text !== undefined)
                    .map((text, place) => (
                      <>
                        {place > 0 && ', '}
                        <Said text={text} language={language} />
                      </>
                    ))}
                </p>
                <Held title={title} affiliation={affiliation?.name ?? null} language={language} />
                <p class="marks">
                  <span class={`mark ${kind.toLowerCase()}`}>{say.appearance[kind]}</span>
                  {session && (
                    <>
                      {' '}
                      <Said text={session.title} language={language} />
                      {session.date && (
                        <>
                          , <Day day={session.date} language={language} />
                        </>
                      )}
                    </>
                  )}
                </p>
                {remarks && (
                  <p class="note">
                    <Said text={remarks} language={language} />
                  </p>
                )}
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
