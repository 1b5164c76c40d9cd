/**
 * Every closed list of words: the CHECK constraints, the data files and the GraphQL enums read it here.
 * A word's value is its published description.
 */

export const Bound = {
  EXACT: 'Exactly this number.',
  ABOUT: 'About this number: the source says "about", "around" or "some".',
  MORE_THAN: 'More than this number: "over", "more than", 超过, 多.',
  AT_LEAST: 'This number or more: "at least", 以上.',
  NEARLY: 'Just under this number: "nearly", "just under", 近.',
  AT_MOST: 'This number or less: "up to", "at most".',
} as const;

export const Unit = {
  COUNT: 'Things counted, of the kind that the metric or the label names.',
  PEOPLE: 'Persons, each counted once.',
  VISITS: 'Admissions: a person who comes twice counts twice (人次).',
  COMPANIES: 'Companies; institutions among them only where the source does not count them apart.',
  COMPANIES_AND_INSTITUTIONS: 'Companies and institutions, counted together.',
  BRANDS: 'Brands.',
  BOOTHS: 'Booths or stands.',
  COUNTRIES: 'Countries and regions, as the source counts them.',
  PROJECTS: 'Projects.',
  PRODUCTS: 'Products or exhibits.',
  EVENTS: 'Events within the edition.',
  DEALS: 'Deals of any kind, as the source counts them.',
  AGREEMENTS: 'Agreements; letters of intent may be among them.',
  INTENTS: 'Letters of intent or other declared intentions.',
  OUTCOMES: 'Outcomes (成果), as the organiser counts them: deals, agreements, releases and debuts together.',
  MONTHS: 'Months.',
  SQUARE_METRE: 'Square metres.',
  SQUARE_FOOT: 'Square feet.',
  PERCENT: 'Per cent.',
  PERCENTAGE_POINT: 'Percentage points: the difference between two percentages.',
} as const;

export const ChangeKind = {
  ADDED: 'It is new in the data.',
  CHANGED: 'It was in the data, and says something else now.',
  REMOVED: 'It is no longer in the data.',
} as const;

export const Cadence = {
  ANNUAL: 'Every year.',
  BIENNIAL: 'Every second year.',
  TRIENNIAL: 'Every third year.',
  TWICE_A_YEAR: 'Two editions a year.',
  IRREGULAR: 'No fixed rhythm.',
} as const;

export const EventStatus = {
  POSTPONED: 'Put off; the dates given, if any, are not to be relied on.',
  CANCELLED: 'Called off.',
} as const;

export const AttendanceMode = {
  IN_PERSON: 'Held on site only.',
  ONLINE: 'Held online only.',
  HYBRID: 'Held on site and online.',
} as const;

export const ThemeKind = {
  MAIN: 'The theme of the edition.',
  SUB: 'A secondary theme.',
} as const;

export const ExhibitionAreaKind = {
  HALL: 'A hall.',
  ZONE: 'A zone given to one topic.',
  PAVILION: 'The pavilion of a country, region or company.',
  OUTDOOR: 'An area in the open air.',
  ONLINE: 'An area that exists online only.',
} as const;

export const SessionKind = {
  OPENING_CEREMONY: 'The opening, with or without the keynote forum held as part of it.',
  KEYNOTE_FORUM: 'The keynote forum.',
  FORUM: 'A forum, summit or conference.',
  SEMINAR: 'Seminars.',
  MATCHMAKING: 'Meetings that bring buyers, investors and sellers together.',
  EXHIBITION: 'An exhibition within the edition.',
  PRESS_CONFERENCE: 'A press conference or briefing, before, during or after the edition.',
  CLOSING_CEREMONY: 'The closing.',
  OTHER: 'Any other session; the title tells.',
} as const;

export const AppearanceKind = {
  SPEECH: 'Gave a speech or an address on site.',
  KEYNOTE: 'Gave a keynote.',
  PANEL: 'Spoke on a panel.',
  VIDEO_ADDRESS: 'Spoke by video.',
  WRITTEN_ADDRESS: 'Sent a text that was read or printed.',
  CHAIR: 'Chaired the session.',
  QUOTED: 'Quoted by the press about the edition, not necessarily from the stage.',
  ATTENDED: 'Attended; no speech is reported.',
  ANNOUNCED: 'Announced beforehand; that the person came is not verified.',
} as const;

export const ProjectStage = {
  INTENDED: 'Intended deals (意向成交) or letters of intent: not contracts.',
  AGREED: 'Deals or agreements of all kinds together, letters of intent among them; wider than SIGNED.',
  SIGNED: 'Projects signed at, or brought about by, the edition.',
  CONTRACTED: 'Contracted capital (合同引资额), counted apart from what was signed.',
  REGISTERED: 'Signed projects for which a business was registered.',
  STARTED: 'Signed projects on which construction has started.',
  COMPLETED: 'Signed projects completed.',
  FUNDED: 'Funds in place (到位资金).',
  INVESTED: 'Investment made, printed as "actual investment".',
  ONSITE_SALES:
    'Sales, orders and contracts for goods made at the fair, such as the export turnover (成交额) of a trade fair; not investment.',
  OUTCOMES: 'Outcomes (成果) of every kind, as the organiser counts them; not contracts.',
  INTENDED_CREDIT: 'Credit lines that banks intend to open; no deals.',
} as const;

export const ClaimStatus = {
  TARGET: 'A goal set beforehand.',
  EXPECTED: 'Announced or expected beforehand.',
  INTERIM: 'Reported while the edition ran.',
  FINAL: 'Reported as the result.',
} as const;

export const ClaimScope = {
  EDITION: 'About the whole of one edition.',
  CUMULATIVE: 'About two or more editions together.',
  SUBSET: 'About a part: an industry, a region, a kind of investor, a site. Parts may overlap, so never add them up.',
} as const;

export const Standing = {
  PREFERRED:
    'The one to show. Chosen among claims about the same thing: final over interim over expected, what an agency, a broadcaster, a government body or the organiser tells first hand over what others tell, exact over bounded; then the later as-of date.',
  ALTERNATIVE: 'Another claim about the same thing.',
  DISPUTED: 'Contradicted by better evidence; the note tells which.',
  SUPERSEDED: 'Replaced by a later claim of the same source.',
} as const;

export const SliceDimension = {
  INDUSTRY: 'An industry or a group of industries.',
  REGION: 'The city or province that signed.',
  INVESTOR: 'Where the investor comes from.',
  PROJECT_SIZE: 'The size of the project.',
  OTHER: 'Any other cut; the value tells.',
} as const;

export const Metric = {
  EXHIBITION_SPACE: 'Exhibition space in all, or of the part that the label names.',
  INDOOR_SPACE: 'Exhibition space under a roof.',
  OUTDOOR_SPACE: 'Exhibition space in the open air.',
  EXHIBITION_ZONES: 'Zones or categories that the exhibition was divided into.',
  EXHIBITORS: 'Exhibiting companies and institutions.',
  BRANDS: 'Brands on show.',
  BOOTHS: 'Booths or stands.',
  VISITORS: 'Persons who visited.',
  VISITS: 'Admissions; a person who comes twice counts twice.',
  GUESTS: 'Invited guests and participants.',
  FOREIGN_GUESTS: 'Guests from abroad.',
  COUNTRIES: 'Countries and regions represented.',
  EXHIBITS: 'Products on show.',
  NEW_PRODUCTS: 'Products shown for the first time.',
  EVENTS: 'Events within the edition.',
  FORUMS: 'Forums within the edition.',
  REGISTRATIONS: 'Persons registered, whether or not all of them came.',
  TRADE_VISITORS: 'Professional visitors, without the public.',
  BUYERS: 'Professional buyers.',
  FOREIGN_BUYERS: 'Professional buyers from abroad.',
  ONLINE_VISITS: 'Visits to what the edition showed online.',
  MEDIA: 'Journalists or media organisations.',
  OTHER: 'Anything else; the label tells.',
} as const;

export const SpaceBasis = {
  NET: 'Net: what exhibitors rented, without aisles and common areas.',
  GROSS: 'Gross: the whole of the halls and grounds used.',
} as const;

export const IndicatorBasis = {
  YEAR_ON_YEAR: 'Against the same period of the year before.',
  MONTH_ON_MONTH: 'Against the month before.',
} as const;

export const PlaceKind = {
  CITY: 'A city.',
  PROVINCE: 'A province, state, or municipality of that rank.',
  COUNTRY: 'A country.',
} as const;

export const ParticipationRole = {
  HOST: 'Host.',
  ORGANIZER: 'Organiser (主办).',
  CO_ORGANIZER: 'Co-organiser (承办, 协办).',
  SUPPORTER: 'Supporter.',
  GUEST_OF_HONOUR: 'Guest country, province or body of honour.',
} as const;

export const EditionNoteKind = {
  PLAN: 'An earlier plan that came out otherwise.',
  CO_LOCATED_EVENT: 'Another event held with or inside the edition.',
  OUTCOME: 'A declaration, list or award that came out of it.',
  MESSAGE: 'A letter or message sent to it.',
  DECISION: 'A decision announced there about later editions.',
  FORMAT: 'How it was held.',
  SHOWN: 'What was shown or announced there.',
  UNNAMED_SPEAKERS: 'Speakers whom the source does not name.',
  OTHER: 'Anything else.',
} as const;

export const SourceKind = {
  NEWS_AGENCY: 'A news agency.',
  NEWSPAPER: 'A newspaper or a news site.',
  BROADCASTER: 'A radio or television station.',
  GOVERNMENT: 'A government body.',
  ORGANIZER: 'The organiser of the event.',
  TRADE_PRESS: 'A trade journal or industry site.',
  PRESS_RELEASE: 'A paid press release.',
  OTHER: 'Anything else.',
} as const;

export const SourceAccess = {
  FULL_TEXT: 'The whole text was read.',
  EXCERPT: 'An excerpt was read, usually the beginning; facts further down were not seen.',
  SUMMARY: 'Only a summary by somebody else was read.',
  HEADLINE: 'Only a relayed headline was read.',
} as const;

export const CitationBasis = {
  STATED: 'The source states it.',
  DERIVED: 'Follows from what the source states, by counting or arithmetic.',
  INFERRED: 'Concluded by the editors; no source says so.',
} as const;

/** What is looked at whenever data is checked or imported. */
export const DataCheck = {
  DATE_ORDER: 'A last day is not before the first one, and no source was read before it was published.',
  YEAR: 'An edition begins in its year, and ends in it or in the next.',
  DATE_NEAR_EDITION:
    'A session is held within a year of its edition, and a date that was reported afterwards lies in the edition’s year or the next.',
  ORDINAL_ORDER: 'The ordinals of a convention rise with time.',
  ONE_PREFERRED: 'Of the claims about one thing, one at most is PREFERRED.',
  CUMULATIVE_SUM:
    'A claim about several editions together agrees with what is claimed of each of them, as far as that is known: it is their sum where things are added up, and between the largest and the sum where they may be the same ones again, such as people, companies or countries.',
  BOUND:
    'An exact number keeps the bounds that other claims set to the same number: it is more where they say "more than".',
  CONFLICTING_CLAIMS: 'Exact numbers that are claimed of the same are equal, unless one tells of an earlier time.',
  CONVERSION_RATE: 'A conversion follows the market rate of its time, within a few per cent.',
  MAGNITUDE:
    'A number is less than 500 times as large, and more than a 500th, of those of the other editions, and not larger than any fair’s could be: 万 and 亿, or million and billion, are not mistaken for each other.',
  UNIT: 'A number has a unit of what is counted.',
  UNSOURCED: 'Every fact names a source.',
  UNSOURCED_FIELD: 'Each field of an edition names a source, or the edition one for all of them.',
  UNUSED_SOURCE: 'A source is cited, or another one derives from it.',
  NOT_LINKABLE: 'A source that must not be linked to has no address.',
  LINK_IN_TEXT:
    'A text holds no web address: addresses stand in fields of their own, where it is known which may be linked to.',
  SCRIPT: 'A text is in the script of its language, apart from names and terms that it cites.',
  DUPLICATE_SOURCE: 'No text has two records.',
  DUPLICATE_EDITION: 'No two editions are held on the same days in the same city.',
  DUPLICATE_PERSON: 'No person has two records.',
  DUPLICATE_PLACE: 'No place has two records.',
  DUPLICATE_VENUE: 'No venue has two records.',
  DUPLICATE_ORGANIZATION: 'No organization has two records.',
  STALE_EXPLANATION: 'A known conflict is still there; one that is not needs no explanation.',
} as const;

/** A word of one of the lists above. */
export type Word<List> = keyof List & string;

/**
 * The words of a list, in its order.
 * @param list one of the lists above
 * @returns a tuple with at least one word, as schema libraries want it
 */
export function words<List extends Record<string, string>>(list: List): [Word<List>, ...Word<List>[]] {
  return Object.keys(list) as [Word<List>, ...Word<List>[]];
}
