import { registerEnumType } from 'type-graphql';
import * as vocabulary from '../store/vocabulary.ts';

export type { Word } from '../store/vocabulary.ts';

/** Publishes a closed list as a GraphQL enum: the words are the values, their texts the descriptions. */
export function published<List extends Record<string, string>>(name: string, list: List, description: string) {
  const values = Object.fromEntries(vocabulary.words(list).map((word) => [word, word]));
  const valuesConfig = Object.fromEntries(Object.entries(list).map(([word, text]) => [word, { description: text }]));
  registerEnumType(values, { name, description, valuesConfig });
  return values as { [Word in keyof List]: Word };
}

export const SpaceBasis = published(
  'SpaceBasis',
  vocabulary.SpaceBasis,
  'Whether exhibition space is what was rented or the whole of it.',
);
export const Bound = published('Bound', vocabulary.Bound, 'How the source bounds a number.');
export const Unit = published('Unit', vocabulary.Unit, 'What a quantity counts or measures.');
export const Notation = published(
  'Notation',
  { COMPACT: 'Shortened, never rounded: 1.8 trillion yuan.', STANDARD: 'All digits: 1,800,000,000,000 yuan.' },
  'How money is written out.',
);
export const Cadence = published('Cadence', vocabulary.Cadence, 'How often a convention is held.');
export const EditionStatus = published(
  'EditionStatus',
  {
    UPCOMING: 'Has not started.',
    RUNNING: 'Runs today.',
    HELD: 'Is over.',
    POSTPONED: vocabulary.EventStatus.POSTPONED,
    CANCELLED: vocabulary.EventStatus.CANCELLED,
    UNKNOWN:
      'Cannot be told: the dates known do not decide it, for instance when it has opened and its last day is not known. Once the year is over, such an edition is HELD.',
  },
  'Where an edition stands, by the calendar of its own time zone.',
);
export const AttendanceMode = published(
  'AttendanceMode',
  vocabulary.AttendanceMode,
  'Whether people meet on site, online, or both.',
);
export const ThemeKind = published('ThemeKind', vocabulary.ThemeKind, 'The rank of a theme.');
export const ExhibitionAreaKind = published(
  'ExhibitionAreaKind',
  vocabulary.ExhibitionAreaKind,
  'The kind of an exhibition area.',
);
export const SessionKind = published('SessionKind', vocabulary.SessionKind, 'The kind of a session.');
export const AppearanceKind = published('AppearanceKind', vocabulary.AppearanceKind, 'How a person took part.');
export const ProjectStage = published(
  'ProjectStage',
  vocabulary.ProjectStage,
  'What was counted: the signing, or what became of it. Stages are different measures; never add them up.',
);
export const ClaimStatus = published(
  'ClaimStatus',
  vocabulary.ClaimStatus,
  'When in the life of an edition the claim was made.',
);
export const ClaimScope = published('ClaimScope', vocabulary.ClaimScope, 'How much the claim is about.');
export const Standing = published(
  'Standing',
  vocabulary.Standing,
  'The place of a claim among those about the same thing.',
);
export const SliceDimension = published('SliceDimension', vocabulary.SliceDimension, 'By what a part was cut out.');
export const Metric = published('Metric', vocabulary.Metric, 'What a figure counts or measures.');
export const IndicatorBasis = published(
  'IndicatorBasis',
  vocabulary.IndicatorBasis,
  'What a change is measured against.',
);
export const PlaceKind = published('PlaceKind', vocabulary.PlaceKind, 'The kind of a place.');
export const ParticipationRole = published(
  'ParticipationRole',
  vocabulary.ParticipationRole,
  'The part that an organisation or a place takes in an edition.',
);
export const EditionNoteKind = published('EditionNoteKind', vocabulary.EditionNoteKind, 'What a note is about.');
export const SourceKind = published('SourceKind', vocabulary.SourceKind, 'Who published a source.');
export const SourceAccess = published(
  'SourceAccess',
  vocabulary.SourceAccess,
  'How much of a source the editors could read.',
);
export const CitationBasis = published(
  'CitationBasis',
  vocabulary.CitationBasis,
  'How a record follows from its source.',
);
export const DataCheck = published('DataCheck', vocabulary.DataCheck, 'What is looked at whenever data is imported.');
export const ChangeKind = published(
  'ChangeKind',
  vocabulary.ChangeKind,
  'What became of a record when data was imported.',
);
export const EditionFacet = published(
  'EditionFacet',
  {
    YEAR: 'The calendar year. The latest first.',
    COUNTRY: 'The country of the city, by its code. The most frequent first.',
    CITY: 'The city, by its slug. The most frequent first.',
    CONVENTION: 'The convention, by its slug. The most frequent first.',
    STATUS: 'Where it stands today. The most frequent first.',
  },
  'By what a list of editions can be counted.',
);
export const CoverageField = published(
  'CoverageField',
  {
    START_DATE: 'The first day.',
    END_DATE: 'The last day.',
    CITY: 'The city.',
    VENUE: 'The main venue.',
    ATTENDANCE_MODE: 'Whether people met on site, online or both.',
    ORGANIZERS: 'Hosts, organisers, co-organisers and supporters.',
    GUESTS_OF_HONOUR: 'Countries, provinces and bodies of honour.',
    THEMES: 'Themes.',
    EXHIBITION_AREAS: 'Halls, zones and pavilions, by name.',
    SESSIONS: 'Parts of the programme.',
    SPEAKERS: 'Who spoke or took part.',
    EXHIBITION_SPACE: 'The whole exhibition space; net space does not tell it.',
    EXHIBITORS: 'How many exhibited.',
    VISITORS:
      'How many came, by any measure: visitors, visits, trade visitors, registrations, guests, buyers, or buyers from abroad alone.',
    COUNTRIES: 'How many countries and regions were represented in all, not among exhibitors or buyers alone.',
    SIGNED_PROJECTS: 'How many projects were signed.',
    SIGNED_INVESTMENT: 'What the signed projects are worth.',
    DEALS: 'Deals other than signed projects: intended ones, agreements of all kinds, and sales at the fair.',
  },
  'What can be known of an edition. A number is known by a claim about the edition as a whole; claims about a part or about several editions together do not tell it.',
);
export const TotalsKey = published(
  'TotalsKey',
  {
    YEAR: 'The calendar year of the edition.',
    CONVENTION: 'The convention, by its slug.',
    COUNTRY: 'The country of the city, by its code.',
    CITY: 'The city, by its slug.',
  },
  'By what totals can be grouped.',
);
export const ExclusionReason = published(
  'ExclusionReason',
  {
    OTHER_STAGE: 'It counts another stage than the one asked for.',
    CUMULATIVE: 'It is about several editions together, which are counted one by one.',
    SUBSET: 'It is about a part only, of one edition or of several.',
    NOT_FINAL: 'It was made before the number was final: a target, an expectation, an interim count.',
    NOT_PREFERRED: 'Another claim about the same thing is preferred to it.',
    OTHER_CURRENCY: 'Its investment is in another currency than the one asked for; nothing is converted.',
  },
  'Why a claim was left out of a total: the first of these that applies, in the order OTHER_STAGE, CUMULATIVE, SUBSET, NOT_FINAL, NOT_PREFERRED, OTHER_CURRENCY.',
);
export const OrderDirection = published(
  'OrderDirection',
  { ASC: 'The smallest, the earliest, the first of the alphabet first.', DESC: 'The other way round.' },
  'Which way an order runs.',
);
export const NullsOrder = published(
  'NullsOrder',
  { FIRST: 'Before all others.', LAST: 'Behind all others.' },
  'Where in an order those stand of which the value is unknown, whichever way the order runs.',
);
export const CitationStyle = published(
  'CitationStyle',
  {
    PLAIN: 'One line of plain text.',
    BIBTEX: 'A BibTeX entry.',
    CSL_JSON: 'A CSL-JSON item, as citation managers read it.',
  },
  'How a source is cited.',
);
