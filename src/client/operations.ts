/* Written by "npm run generate" from schema/; not edited by hand. */

import { TypedDocumentString } from './document.ts';

/** A country code of ISO 3166-1 alpha-2: CN. */
export type CountryCode = string;

/** A currency code of ISO 4217: CNY. */
export type CurrencyCode = string;

/** A calendar date in ISO 8601, without time and zone: 2021-11-19. */
export type DateString = string;

/** An instant in RFC 3339, in UTC: 2021-11-19T08:00:00.000Z. */
export type DateTime = string;

/** An exact decimal as a string, never a float: "582180000000". GraphQL’s Int ends at 2,147,483,647. As an argument: at most 15 digits, and four behind the point. */
export type Decimal = string;

/** A language tag of BCP 47: en, zh-Hans. */
export type Locale = string;

/** A time zone of the IANA database: Asia/Shanghai. */
export type TimeZone = string;

/** An absolute http or https address. */
export type URLString = string;

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** How a record follows from its source. */
export type CitationBasis =
  /** The source states it. */
  | 'STATED'
  /** Follows from what the source states, by counting or arithmetic. */
  | 'DERIVED'
  /** Concluded by the editors; no source says so. */
  | 'INFERRED';

/** When in the life of an edition the claim was made. */
export type ClaimStatus =
  /** A goal set beforehand. */
  | 'TARGET'
  /** Announced or expected beforehand. */
  | 'EXPECTED'
  /** Reported while the edition ran. */
  | 'INTERIM'
  /** Reported as the result. */
  | 'FINAL';

/** The place of a claim among those about the same thing. */
export type Standing =
  /** The one to show. Chosen among claims about the same thing: final over interim over expected, what an agency, a broadcaster, a government body or the organiser tells first hand over what others tell, exact over bounded; then the later as-of date. */
  | 'PREFERRED'
  /** Another claim about the same thing. */
  | 'ALTERNATIVE'
  /** Contradicted by better evidence; the note tells which. */
  | 'DISPUTED'
  /** Replaced by a later claim of the same source. */
  | 'SUPERSEDED';

/** The kind of a place. */
export type PlaceKind =
  /** A city. */
  | 'CITY'
  /** A province, state, or municipality of that rank. */
  | 'PROVINCE'
  /** A country. */
  | 'COUNTRY';

/** What a quantity counts or measures. */
export type Unit =
  /** Things counted, of the kind that the metric or the label names. */
  | 'COUNT'
  /** Persons, each counted once. */
  | 'PEOPLE'
  /** Admissions: a person who comes twice counts twice (人次). */
  | 'VISITS'
  /** Companies; institutions among them only where the source does not count them apart. */
  | 'COMPANIES'
  /** Companies and institutions, counted together. */
  | 'COMPANIES_AND_INSTITUTIONS'
  /** Brands. */
  | 'BRANDS'
  /** Booths or stands. */
  | 'BOOTHS'
  /** Countries and regions, as the source counts them. */
  | 'COUNTRIES'
  /** Projects. */
  | 'PROJECTS'
  /** Products or exhibits. */
  | 'PRODUCTS'
  /** Events within the edition. */
  | 'EVENTS'
  /** Deals of any kind, as the source counts them. */
  | 'DEALS'
  /** Agreements; letters of intent may be among them. */
  | 'AGREEMENTS'
  /** Letters of intent or other declared intentions. */
  | 'INTENTS'
  /** Outcomes (成果), as the organiser counts them: deals, agreements, releases and debuts together. */
  | 'OUTCOMES'
  /** Months. */
  | 'MONTHS'
  /** Square metres. */
  | 'SQUARE_METRE'
  /** Square feet. */
  | 'SQUARE_FOOT'
  /** Per cent. */
  | 'PERCENT'
  /** Percentage points: the difference between two percentages. */
  | 'PERCENTAGE_POINT';

/** How the source bounds a number. */
export type Bound =
  /** Exactly this number. */
  | 'EXACT'
  /** About this number: the source says "about", "around" or "some". */
  | 'ABOUT'
  /** More than this number: "over", "more than", 超过, 多. */
  | 'MORE_THAN'
  /** This number or more: "at least", 以上. */
  | 'AT_LEAST'
  /** Just under this number: "nearly", "just under", 近. */
  | 'NEARLY'
  /** This number or less: "up to", "at most". */
  | 'AT_MOST';

/** What a change is measured against. */
export type IndicatorBasis =
  /** Against the same period of the year before. */
  | 'YEAR_ON_YEAR'
  /** Against the month before. */
  | 'MONTH_ON_MONTH';

/** What a note is about. */
export type EditionNoteKind =
  /** An earlier plan that came out otherwise. */
  | 'PLAN'
  /** Another event held with or inside the edition. */
  | 'CO_LOCATED_EVENT'
  /** A declaration, list or award that came out of it. */
  | 'OUTCOME'
  /** A letter or message sent to it. */
  | 'MESSAGE'
  /** A decision announced there about later editions. */
  | 'DECISION'
  /** How it was held. */
  | 'FORMAT'
  /** What was shown or announced there. */
  | 'SHOWN'
  /** Speakers whom the source does not name. */
  | 'UNNAMED_SPEAKERS'
  /** Anything else. */
  | 'OTHER';

/** What was counted: the signing, or what became of it. Stages are different measures; never add them up. */
export type ProjectStage =
  /** Intended deals (意向成交) or letters of intent: not contracts. */
  | 'INTENDED'
  /** Deals or agreements of all kinds together, letters of intent among them; wider than SIGNED. */
  | 'AGREED'
  /** Projects signed at, or brought about by, the edition. */
  | 'SIGNED'
  /** Contracted capital (合同引资额), counted apart from what was signed. */
  | 'CONTRACTED'
  /** Signed projects for which a business was registered. */
  | 'REGISTERED'
  /** Signed projects on which construction has started. */
  | 'STARTED'
  /** Signed projects completed. */
  | 'COMPLETED'
  /** Funds in place (到位资金). */
  | 'FUNDED'
  /** Investment made, printed as "actual investment". */
  | 'INVESTED'
  /** Sales, orders and contracts for goods made at the fair, such as the export turnover (成交额) of a trade fair; not investment. */
  | 'ONSITE_SALES'
  /** Outcomes (成果) of every kind, as the organiser counts them; not contracts. */
  | 'OUTCOMES'
  /** Credit lines that banks intend to open; no deals. */
  | 'INTENDED_CREDIT';

/** How much the claim is about. */
export type ClaimScope =
  /** About the whole of one edition. */
  | 'EDITION'
  /** About two or more editions together. */
  | 'CUMULATIVE'
  /** About a part: an industry, a region, a kind of investor, a site. Parts may overlap, so never add them up. */
  | 'SUBSET';

/** By what a part was cut out. */
export type SliceDimension =
  /** An industry or a group of industries. */
  | 'INDUSTRY'
  /** The city or province that signed. */
  | 'REGION'
  /** Where the investor comes from. */
  | 'INVESTOR'
  /** The size of the project. */
  | 'PROJECT_SIZE'
  /** Any other cut; the value tells. */
  | 'OTHER';

/** The kind of an exhibition area. */
export type ExhibitionAreaKind =
  /** A hall. */
  | 'HALL'
  /** A zone given to one topic. */
  | 'ZONE'
  /** The pavilion of a country, region or company. */
  | 'PAVILION'
  /** An area in the open air. */
  | 'OUTDOOR'
  /** An area that exists online only. */
  | 'ONLINE';

/** What a figure counts or measures. */
export type Metric =
  /** Exhibition space in all, or of the part that the label names. */
  | 'EXHIBITION_SPACE'
  /** Exhibition space under a roof. */
  | 'INDOOR_SPACE'
  /** Exhibition space in the open air. */
  | 'OUTDOOR_SPACE'
  /** Zones or categories that the exhibition was divided into. */
  | 'EXHIBITION_ZONES'
  /** Exhibiting companies and institutions. */
  | 'EXHIBITORS'
  /** Brands on show. */
  | 'BRANDS'
  /** Booths or stands. */
  | 'BOOTHS'
  /** Persons who visited. */
  | 'VISITORS'
  /** Admissions; a person who comes twice counts twice. */
  | 'VISITS'
  /** Invited guests and participants. */
  | 'GUESTS'
  /** Guests from abroad. */
  | 'FOREIGN_GUESTS'
  /** Countries and regions represented. */
  | 'COUNTRIES'
  /** Products on show. */
  | 'EXHIBITS'
  /** Products shown for the first time. */
  | 'NEW_PRODUCTS'
  /** Events within the edition. */
  | 'EVENTS'
  /** Forums within the edition. */
  | 'FORUMS'
  /** Persons registered, whether or not all of them came. */
  | 'REGISTRATIONS'
  /** Professional visitors, without the public. */
  | 'TRADE_VISITORS'
  /** Professional buyers. */
  | 'BUYERS'
  /** Professional buyers from abroad. */
  | 'FOREIGN_BUYERS'
  /** Visits to what the edition showed online. */
  | 'ONLINE_VISITS'
  /** Journalists or media organisations. */
  | 'MEDIA'
  /** Anything else; the label tells. */
  | 'OTHER';

/** Whether exhibition space is what was rented or the whole of it. */
export type SpaceBasis =
  /** Net: what exhibitors rented, without aisles and common areas. */
  | 'NET'
  /** Gross: the whole of the halls and grounds used. */
  | 'GROSS';

/** Which way an order runs. */
export type OrderDirection =
  /** The smallest, the earliest, the first of the alphabet first. */
  | 'ASC'
  /** The other way round. */
  | 'DESC';

/** Where in an order those stand of which the value is unknown, whichever way the order runs. */
export type NullsOrder =
  /** Before all others. */
  | 'FIRST'
  /** Behind all others. */
  | 'LAST';

/** How a person took part. */
export type AppearanceKind =
  /** Gave a speech or an address on site. */
  | 'SPEECH'
  /** Gave a keynote. */
  | 'KEYNOTE'
  /** Spoke on a panel. */
  | 'PANEL'
  /** Spoke by video. */
  | 'VIDEO_ADDRESS'
  /** Sent a text that was read or printed. */
  | 'WRITTEN_ADDRESS'
  /** Chaired the session. */
  | 'CHAIR'
  /** Quoted by the press about the edition, not necessarily from the stage. */
  | 'QUOTED'
  /** Attended; no speech is reported. */
  | 'ATTENDED'
  /** Announced beforehand; that the person came is not verified. */
  | 'ANNOUNCED';

/** The kind of a session. */
export type SessionKind =
  /** The opening, with or without the keynote forum held as part of it. */
  | 'OPENING_CEREMONY'
  /** The keynote forum. */
  | 'KEYNOTE_FORUM'
  /** A forum, summit or conference. */
  | 'FORUM'
  /** Seminars. */
  | 'SEMINAR'
  /** Meetings that bring buyers, investors and sellers together. */
  | 'MATCHMAKING'
  /** An exhibition within the edition. */
  | 'EXHIBITION'
  /** A press conference or briefing, before, during or after the edition. */
  | 'PRESS_CONFERENCE'
  /** The closing. */
  | 'CLOSING_CEREMONY'
  /** Any other session; the title tells. */
  | 'OTHER';

/** The rank of a theme. */
export type ThemeKind =
  /** The theme of the edition. */
  | 'MAIN'
  /** A secondary theme. */
  | 'SUB';

/** Where an edition stands, by the calendar of its own time zone. */
export type EditionStatus =
  /** Has not started. */
  | 'UPCOMING'
  /** Runs today. */
  | 'RUNNING'
  /** Is over. */
  | 'HELD'
  /** Put off; the dates given, if any, are not to be relied on. */
  | 'POSTPONED'
  /** Called off. */
  | 'CANCELLED'
  /** Cannot be told: the dates known do not decide it, for instance when it has opened and its last day is not known. Once the year is over, such an edition is HELD. */
  | 'UNKNOWN';

/** Whether people meet on site, online, or both. */
export type AttendanceMode =
  /** Held on site only. */
  | 'IN_PERSON'
  /** Held online only. */
  | 'ONLINE'
  /** Held on site and online. */
  | 'HYBRID';

/** Conditions on a text; all that are given must hold. Of a text in several languages, or of several texts, each condition holds when it does of any one; `ne` and `notIn` when none is equal. `%` and `_` are letters like any other. */
export type StringFilter = {
  /** Is exactly this. */
  readonly eq?: string | null | undefined;
  /** Is known, and not this. */
  readonly ne?: string | null | undefined;
  /** Is one of these. Of an empty list: never. */
  readonly in?: ReadonlyArray<string> | null | undefined;
  /** Is known, and none of these. Of an empty list: always. */
  readonly notIn?: ReadonlyArray<string> | null | undefined;
  /** Has this in it, in capitals or not. It is looked for record by record. */
  readonly contains?: string | null | undefined;
  /** Begins with this, capitals as given. */
  readonly startsWith?: string | null | undefined;
  /** True: there is no such text. False: there is one. */
  readonly isNull?: boolean | null | undefined;
};

/** The part that an organisation or a place takes in an edition. */
export type ParticipationRole =
  /** Host. */
  | 'HOST'
  /** Organiser (主办). */
  | 'ORGANIZER'
  /** Co-organiser (承办, 协办). */
  | 'CO_ORGANIZER'
  /** Supporter. */
  | 'SUPPORTER'
  /** Guest country, province or body of honour. */
  | 'GUEST_OF_HONOUR';

/** Which claims about signed projects to list: those for which all that is given is true. Where a value is unknown, a condition on it is neither true nor false, nor is its `not`; only `isNull` asks for it. An empty object is true. */
export type SignedProjectStatisticWhere = {
  /** Its stage is one of these. An empty list is false. */
  readonly stage?: ReadonlyArray<ProjectStage> | null | undefined;
  /** Its status is one of these. An empty list is false. */
  readonly status?: ReadonlyArray<ClaimStatus> | null | undefined;
  /** Its scope is one of these. An empty list is false. */
  readonly scope?: ReadonlyArray<ClaimScope> | null | undefined;
  /** Its standing is one of these. An empty list is false. */
  readonly standing?: ReadonlyArray<Standing> | null | undefined;
  /** How many projects. */
  readonly projects?: DecimalFilter | null | undefined;
  /** The amount of the investment, in whichever currency: give `currency`, too. */
  readonly investment?: DecimalFilter | null | undefined;
  /** The currency of the investment is one of these. An empty list is false. */
  readonly currency?: ReadonlyArray<CurrencyCode> | null | undefined;
  /** The day that it describes; unknown where the source names only a month or a year. */
  readonly asOf?: DateFilter | null | undefined;
  /** The convention. */
  readonly convention?: ConventionWhere | null | undefined;
  /** At least one edition that the claim is about. It is true or false, never unknown. */
  readonly edition?: EditionWhere | null | undefined;
  /** All of these are true. An empty list is true. */
  readonly and?: ReadonlyArray<SignedProjectStatisticWhere> | null | undefined;
  /** At least one of these is true. An empty list is false. */
  readonly or?: ReadonlyArray<SignedProjectStatisticWhere> | null | undefined;
  /** This is false. Where it is unknown, so is `not`. */
  readonly not?: SignedProjectStatisticWhere | null | undefined;
};

/** Conditions on a published number, compared exactly; all that are given must hold. The number is taken as printed: "more than 43,000" compares as 43,000. */
export type DecimalFilter = {
  /** Is this. */
  readonly eq?: Decimal | null | undefined;
  /** Is less than this. */
  readonly lt?: Decimal | null | undefined;
  /** Is this or less. */
  readonly lte?: Decimal | null | undefined;
  /** Is more than this. */
  readonly gt?: Decimal | null | undefined;
  /** Is this or more. */
  readonly gte?: Decimal | null | undefined;
  /** True: it is unknown. False: it is known. */
  readonly isNull?: boolean | null | undefined;
};

/** Conditions on a day; all that are given must hold. */
export type DateFilter = {
  /** Is this day. */
  readonly eq?: DateString | null | undefined;
  /** Is before this day. */
  readonly lt?: DateString | null | undefined;
  /** Is this day or before it. */
  readonly lte?: DateString | null | undefined;
  /** Is after this day. */
  readonly gt?: DateString | null | undefined;
  /** Is this day or after it. */
  readonly gte?: DateString | null | undefined;
  /** True: it is unknown. False: it is known. */
  readonly isNull?: boolean | null | undefined;
};

/** Which conventions to list: those for which all that is given is true. Where a value is unknown, a condition on it is neither true nor false, nor is its `not`; only `isNull` asks for it. An empty object is true. */
export type ConventionWhere = {
  /** Its slug. */
  readonly slug?: StringFilter | null | undefined;
  /** Its acronym. */
  readonly acronym?: StringFilter | null | undefined;
  /** Its name in any language. */
  readonly name?: StringFilter | null | undefined;
  /** Its editions. */
  readonly editions?: EditionListWhere | null | undefined;
  /** All of these are true. An empty list is true. */
  readonly and?: ReadonlyArray<ConventionWhere> | null | undefined;
  /** At least one of these is true. An empty list is false. */
  readonly or?: ReadonlyArray<ConventionWhere> | null | undefined;
  /** This is false. Where it is unknown, so is `not`. */
  readonly not?: ConventionWhere | null | undefined;
};

/** Conditions on the editions of a convention; all that are given must hold. They are true or false, never unknown. */
export type EditionListWhere = {
  /** At least one edition matches. */
  readonly some?: EditionWhere | null | undefined;
  /** There is no edition that does not match, or of which it is unknown. True where there are none. */
  readonly every?: EditionWhere | null | undefined;
  /** No edition matches. */
  readonly none?: EditionWhere | null | undefined;
};

/** Which editions to list: those for which all that is given is true. Where a value is unknown, a condition on it is neither true nor false, nor is its `not`; only `isNull` asks for it. An empty object is true. */
export type EditionWhere = {
  /** Every word of this is found in something that belongs to the edition: its names, those of its convention, city, venues and exhibition areas, of the places that the city lies in, of whoever took part, organised it or was a guest of honour, its themes, and its year. Words are cut and found as `search` does it; a query with neither letters nor digits finds nothing. Never unknown. 10,000 characters at most, and 30 searches in all of `where`. */
  readonly search?: string | null | undefined;
  /** Its slug. */
  readonly slug?: StringFilter | null | undefined;
  /** Its name in any language. */
  readonly name?: StringFilter | null | undefined;
  /** Any of its themes in any language. */
  readonly theme?: StringFilter | null | undefined;
  /** The convention. */
  readonly convention?: ConventionWhere | null | undefined;
  /** Which one it is, from 1. */
  readonly ordinal?: IntFilter | null | undefined;
  /** The calendar year. */
  readonly year?: IntFilter | null | undefined;
  /** The first day. */
  readonly startDate?: DateFilter | null | undefined;
  /** The last day. */
  readonly endDate?: DateFilter | null | undefined;
  /** At least one of its days lies in this span. Where only one end of it is known, it is true when that lies in the span, false when the span is past it on the known side, else unknown. */
  readonly overlaps?: DateSpan | null | undefined;
  /** Where it stands today, by the calendar of its own time zone; never unknown, since UNKNOWN is one of the words. */
  readonly status?: EditionStatusFilter | null | undefined;
  /** On site, online or both: one of these. An empty list is false. */
  readonly attendanceMode?: ReadonlyArray<AttendanceMode> | null | undefined;
  /** The country of its city. */
  readonly country?: CountryFilter | null | undefined;
  /** The name of its city in any language, or its slug. */
  readonly city?: StringFilter | null | undefined;
  /** The preferred claim about its exhibition space, in square metres; unknown where it is published in another unit. */
  readonly exhibitionSpace?: DecimalFilter | null | undefined;
  /** The name of any of its exhibition areas in any language. */
  readonly exhibitionArea?: StringFilter | null | undefined;
  /** The name of anyone who took part, in any language. */
  readonly speaker?: StringFilter | null | undefined;
  /** The name of anyone who hosted, organised or supported it, in any language. */
  readonly organizer?: StringFilter | null | undefined;
  /** The name of any of its guests of honour, in any language: "France", 法国. */
  readonly guestOfHonour?: StringFilter | null | undefined;
  /** The claims about signed projects that are about this edition, alone or with others. */
  readonly signedProjects?: SignedProjectStatisticListWhere | null | undefined;
  /** At least one of these is not known, as `coverage` tells it: what is to be looked for. An empty list is false. */
  readonly lacks?: ReadonlyArray<CoverageField> | null | undefined;
  /** All of these are true. An empty list is true. */
  readonly and?: ReadonlyArray<EditionWhere> | null | undefined;
  /** At least one of these is true. An empty list is false. */
  readonly or?: ReadonlyArray<EditionWhere> | null | undefined;
  /** This is false. Where it is unknown, so is `not`. */
  readonly not?: EditionWhere | null | undefined;
};

/** Conditions on a whole number; all that are given must hold. */
export type IntFilter = {
  /** Is this. */
  readonly eq?: number | null | undefined;
  /** Is known, and not this. */
  readonly ne?: number | null | undefined;
  /** Is one of these. Of an empty list: never. */
  readonly in?: ReadonlyArray<number> | null | undefined;
  /** Is less than this. */
  readonly lt?: number | null | undefined;
  /** Is this or less. */
  readonly lte?: number | null | undefined;
  /** Is more than this. */
  readonly gt?: number | null | undefined;
  /** Is this or more. */
  readonly gte?: number | null | undefined;
  /** True: it is unknown. False: it is known. */
  readonly isNull?: boolean | null | undefined;
};

/** A span of days, both ends included. */
export type DateSpan = {
  /** The first day. */
  readonly from: DateString;
  /** The last day; not before the first. */
  readonly to: DateString;
};

/** Conditions on where an edition stands today; all that are given must hold. */
export type EditionStatusFilter = {
  /** Is this. */
  readonly eq?: EditionStatus | null | undefined;
  /** Is one of these. Of an empty list: never. */
  readonly in?: ReadonlyArray<EditionStatus> | null | undefined;
  /** Is none of these. Of an empty list: always. */
  readonly notIn?: ReadonlyArray<EditionStatus> | null | undefined;
};

/** Conditions on a country; all that are given must hold. */
export type CountryFilter = {
  /** Is this country. */
  readonly eq?: CountryCode | null | undefined;
  /** Is one of these. Of an empty list: never. */
  readonly in?: ReadonlyArray<CountryCode> | null | undefined;
  /** Is known, and none of these. Of an empty list: always. */
  readonly notIn?: ReadonlyArray<CountryCode> | null | undefined;
};

/** Conditions on the claims about an edition; all that are given must hold. They are true or false, never unknown. */
export type SignedProjectStatisticListWhere = {
  /** At least one claim matches. */
  readonly some?: SignedProjectStatisticWhere | null | undefined;
  /** No claim matches. */
  readonly none?: SignedProjectStatisticWhere | null | undefined;
};

/** What can be known of an edition. A number is known by a claim about the edition as a whole; claims about a part or about several editions together do not tell it. */
export type CoverageField =
  /** The first day. */
  | 'START_DATE'
  /** The last day. */
  | 'END_DATE'
  /** The city. */
  | 'CITY'
  /** The main venue. */
  | 'VENUE'
  /** Whether people met on site, online or both. */
  | 'ATTENDANCE_MODE'
  /** Hosts, organisers, co-organisers and supporters. */
  | 'ORGANIZERS'
  /** Countries, provinces and bodies of honour. */
  | 'GUESTS_OF_HONOUR'
  /** Themes. */
  | 'THEMES'
  /** Halls, zones and pavilions, by name. */
  | 'EXHIBITION_AREAS'
  /** Parts of the programme. */
  | 'SESSIONS'
  /** Who spoke or took part. */
  | 'SPEAKERS'
  /** The whole exhibition space; net space does not tell it. */
  | 'EXHIBITION_SPACE'
  /** How many exhibited. */
  | 'EXHIBITORS'
  /** How many came, by any measure: visitors, visits, trade visitors, registrations, guests, buyers, or buyers from abroad alone. */
  | 'VISITORS'
  /** How many countries and regions were represented in all, not among exhibitors or buyers alone. */
  | 'COUNTRIES'
  /** How many projects were signed. */
  | 'SIGNED_PROJECTS'
  /** What the signed projects are worth. */
  | 'SIGNED_INVESTMENT'
  /** Deals other than signed projects: intended ones, agreements of all kinds, and sales at the fair. */
  | 'DEALS';

/** What became of a record when data was imported. */
export type ChangeKind =
  /** It is new in the data. */
  | 'ADDED'
  /** It was in the data, and says something else now. */
  | 'CHANGED'
  /** It is no longer in the data. */
  | 'REMOVED';

/** How often a convention is held. */
export type Cadence =
  /** Every year. */
  | 'ANNUAL'
  /** Every second year. */
  | 'BIENNIAL'
  /** Every third year. */
  | 'TRIENNIAL'
  /** Two editions a year. */
  | 'TWICE_A_YEAR'
  /** No fixed rhythm. */
  | 'IRREGULAR';

/** By what a list of editions can be counted. */
export type EditionFacet =
  /** The calendar year. The latest first. */
  | 'YEAR'
  /** The country of the city, by its code. The most frequent first. */
  | 'COUNTRY'
  /** The city, by its slug. The most frequent first. */
  | 'CITY'
  /** The convention, by its slug. The most frequent first. */
  | 'CONVENTION'
  /** Where it stands today. The most frequent first. */
  | 'STATUS';

/** One key of the order of a list of Edition. */
export type EditionOrder = {
  /** By what. */
  readonly field: EditionOrderField;
  /** Which way. */
  readonly direction?: OrderDirection;
  /** Where those stand of which it is unknown. */
  readonly nulls?: NullsOrder;
};

/** By what a list of Edition can be ordered. */
export type EditionOrderField =
  /** The first day. */
  | 'START_DATE'
  /** The calendar year. */
  | 'YEAR'
  /** The name: in English where there is one, else in its own language. */
  | 'NAME'
  /** How many projects `signedProjects` tells: what was expected where no result is known. Filter by status to leave that out. */
  | 'SIGNED_PROJECTS'
  /** The investment that `signedProjects` tells: what was expected where no result is known. Amounts of different currencies are not compared: those of one currency stand together, the currencies in the order of their codes. */
  | 'SIGNED_INVESTMENT'
  /** The exhibition space in square metres. */
  | 'EXHIBITION_SPACE'
  /** When an import last changed it. */
  | 'UPDATED_AT';

/** Which speakers to list: those for which all that is given is true. Where a value is unknown, a condition on it is neither true nor false, nor is its `not`; only `isNull` asks for it. An empty object is true. */
export type SpeakerWhere = {
  /** The slug. */
  readonly slug?: StringFilter | null | undefined;
  /** The name in any language. */
  readonly name?: StringFilter | null | undefined;
  /** The name of any organisation that the person came from or spoke for, in any language. */
  readonly affiliation?: StringFilter | null | undefined;
  /** At least one edition that the person took part in. It is true or false, never unknown. */
  readonly appearedAt?: EditionWhere | null | undefined;
  /** At how many editions the person took part. */
  readonly editionCount?: IntFilter | null | undefined;
  /** At the editions of how many conventions the person took part. */
  readonly conventionCount?: IntFilter | null | undefined;
  /** All of these are true. An empty list is true. */
  readonly and?: ReadonlyArray<SpeakerWhere> | null | undefined;
  /** At least one of these is true. An empty list is false. */
  readonly or?: ReadonlyArray<SpeakerWhere> | null | undefined;
  /** This is false. Where it is unknown, so is `not`. */
  readonly not?: SpeakerWhere | null | undefined;
};

/** Why a claim was left out of a total: the first of these that applies, in the order OTHER_STAGE, CUMULATIVE, SUBSET, NOT_FINAL, NOT_PREFERRED, OTHER_CURRENCY. */
export type ExclusionReason =
  /** It counts another stage than the one asked for. */
  | 'OTHER_STAGE'
  /** It is about several editions together, which are counted one by one. */
  | 'CUMULATIVE'
  /** It is about a part only, of one edition or of several. */
  | 'SUBSET'
  /** It was made before the number was final: a target, an expectation, an interim count. */
  | 'NOT_FINAL'
  /** Another claim about the same thing is preferred to it. */
  | 'NOT_PREFERRED'
  /** Its investment is in another currency than the one asked for; nothing is converted. */
  | 'OTHER_CURRENCY';

export type EditionInBriefQueryVariables = Exact<{ [key: string]: never; }>;

export type EditionInBriefQuery = { readonly edition: { readonly name: string, readonly ordinal: number | null, readonly dates: string | null, readonly city: { readonly name: string } | null, readonly themes: ReadonlyArray<{ readonly text: string }>, readonly exhibitionSpace: { readonly text: string } | null, readonly signedProjects: { readonly status: ClaimStatus, readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null, readonly citations: ReadonlyArray<{ readonly source: { readonly publisher: string | null, readonly publishedOn: DateString | null } }> } | null } | null };

export type AboutThisServiceQueryVariables = Exact<{ [key: string]: never; }>;

export type AboutThisServiceQuery = { readonly service: { readonly name: string, readonly version: string, readonly dataVersion: string, readonly dataUpdatedAt: DateTime | null, readonly locales: ReadonlyArray<Locale>, readonly counts: { readonly conventions: number, readonly editions: number, readonly themes: number, readonly exhibitionAreas: number, readonly speakers: number, readonly signedProjectStatistics: number, readonly sources: number }, readonly dataLicense: { readonly identifier: string, readonly name: string, readonly url: URLString, readonly creditText: string }, readonly limits: { readonly maxPageSize: number, readonly maxCost: number, readonly maxDepth: number, readonly maxAliases: number, readonly maxFields: number, readonly maxRootFields: number, readonly maxTokens: number, readonly maxSeconds: number, readonly maxValues: number, readonly maxMegabytes: number } } };

export type CalendarEventsQueryVariables = Exact<{
  where?: EditionWhere | null | undefined;
  after?: string | null | undefined;
  locale?: Locale | null | undefined;
}>;

export type CalendarEventsQuery = { readonly editions: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly slug: string, readonly name: string, readonly startDate: DateString | null, readonly endDate: DateString | null, readonly dates: string | null, readonly status: EditionStatus, readonly attendanceMode: AttendanceMode | null, readonly updatedAt: DateTime, readonly venue: { readonly name: string } | null, readonly city: { readonly name: string, readonly kind: PlaceKind, readonly country: CountryCode, readonly parent: { readonly name: string, readonly kind: PlaceKind } | null } | null, readonly convention: { readonly name: string, readonly acronym: string | null, readonly industries: ReadonlyArray<string> }, readonly themes: ReadonlyArray<{ readonly text: string }>, readonly dateClaims: ReadonlyArray<{ readonly standing: Standing, readonly status: ClaimStatus }>, readonly links: { readonly page: URLString | null, readonly website: URLString | null } }> } };

export type CancelledAndOnlineEditionsQueryVariables = Exact<{
  where?: EditionWhere | null | undefined;
}>;

export type CancelledAndOnlineEditionsQuery = { readonly editions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly name: string, readonly status: EditionStatus, readonly attendanceMode: AttendanceMode | null, readonly dates: string | null, readonly city: { readonly name: string } | null, readonly furtherPlaces: ReadonlyArray<{ readonly name: string, readonly country: CountryCode }>, readonly notes: ReadonlyArray<{ readonly kind: EditionNoteKind, readonly text: string, readonly citations: ReadonlyArray<{ readonly source: { readonly title: string } }> }> }> } };

export type ChangedLastQueryVariables = Exact<{
  first?: number | null | undefined;
  locale?: Locale | null | undefined;
}>;

export type ChangedLastQuery = { readonly conventions: { readonly nodes: ReadonlyArray<{ readonly slug: string, readonly name: string, readonly updatedAt: DateTime }> }, readonly editions: { readonly nodes: ReadonlyArray<{ readonly slug: string, readonly name: string, readonly dates: string | null, readonly updatedAt: DateTime }> } };

export type ClaimsAboveATrillionQueryVariables = Exact<{ [key: string]: never; }>;

export type ClaimsAboveATrillionQuery = { readonly signedProjectStatistics: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly stage: ProjectStage, readonly scope: ClaimScope, readonly standing: Standing, readonly investment: { readonly text: string, readonly chinese: string } | null, readonly editions: ReadonlyArray<{ readonly year: number }>, readonly reportedAt: { readonly year: number } | null, readonly citations: ReadonlyArray<{ readonly source: { readonly publisher: string | null, readonly publishedOn: DateString | null } }> }> } };

export type ConflictingGuestCountsQueryVariables = Exact<{ [key: string]: never; }>;

export type ConflictingGuestCountsQuery = { readonly convention: { readonly editions: { readonly nodes: ReadonlyArray<{ readonly year: number, readonly figures: ReadonlyArray<{ readonly label: string | null, readonly scope: ClaimScope, readonly status: ClaimStatus, readonly standing: Standing, readonly asOf: DateString | null, readonly note: string | null, readonly quantity: { readonly text: string }, readonly citations: ReadonlyArray<{ readonly source: { readonly publisher: string | null, readonly publishedOn: DateString | null, readonly url: URLString | null } }> }> }> } } | null };

export type ConventionChangesQueryVariables = Exact<{
  slug?: string;
  first?: number | null | undefined;
  locale?: Locale | null | undefined;
}>;

export type ConventionChangesQuery = { readonly convention: { readonly slug: string, readonly name: string, readonly changes: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: DateTime, readonly kind: ChangeKind, readonly type: string, readonly slug: string, readonly name: string, readonly summary: string, readonly edition: { readonly slug: string, readonly year: number, readonly dates: string | null, readonly startDate: DateString | null, readonly endDate: DateString | null, readonly status: EditionStatus, readonly city: { readonly name: string, readonly kind: PlaceKind, readonly country: CountryCode, readonly parent: { readonly name: string, readonly kind: PlaceKind } | null } | null, readonly venue: { readonly name: string } | null, readonly dateClaims: ReadonlyArray<{ readonly standing: Standing, readonly status: ClaimStatus }> } | null, readonly convention: { readonly slug: string, readonly description: string | null } | null }> } } | null, readonly service: { readonly dataVersion: string, readonly dataUpdatedAt: DateTime | null } };

export type ConventionPageQueryVariables = Exact<{
  slug?: string;
  locale?: Locale | null | undefined;
}>;

export type ConventionPageQuery = { readonly convention: { readonly id: string, readonly slug: string, readonly name: string, readonly acronym: string | null, readonly description: string | null, readonly cadence: Cadence | null, readonly schedule: string | null, readonly note: string | null, readonly websiteUrl: URLString | null, readonly sameAs: ReadonlyArray<URLString>, readonly industries: ReadonlyArray<string>, readonly updatedAt: DateTime, readonly names: ReadonlyArray<{ readonly text: string, readonly locale: Locale }>, readonly alternateNames: ReadonlyArray<{ readonly text: string, readonly locale: Locale }>, readonly cities: ReadonlyArray<{ readonly name: string }>, readonly mergedInto: { readonly slug: string, readonly name: string } | null, readonly predecessors: ReadonlyArray<{ readonly slug: string, readonly name: string }>, readonly latestEdition: { readonly slug: string, readonly name: string, readonly dates: string | null } | null, readonly nextEdition: { readonly slug: string, readonly name: string, readonly dates: string | null } | null, readonly editions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly slug: string, readonly name: string, readonly year: number, readonly ordinal: number | null, readonly ordinalIsStated: boolean, readonly startDate: DateString | null, readonly endDate: DateString | null, readonly dates: string | null, readonly status: EditionStatus, readonly attendanceMode: AttendanceMode | null, readonly venue: { readonly name: string } | null, readonly city: { readonly name: string, readonly kind: PlaceKind, readonly country: CountryCode, readonly parent: { readonly name: string, readonly kind: PlaceKind } | null } | null, readonly figures: ReadonlyArray<{ readonly id: string, readonly scope: ClaimScope, readonly status: ClaimStatus, readonly standing: Standing, readonly spaceBasis: SpaceBasis | null, readonly quantity: { readonly text: string } }>, readonly signedProjects: { readonly id: string, readonly status: ClaimStatus, readonly projects: { readonly text: string } | null, readonly investment: { readonly currency: CurrencyCode, readonly text: string } | null } | null, readonly links: { readonly page: URLString | null } }> }, readonly deals: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly stage: ProjectStage, readonly status: ClaimStatus, readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null, readonly share: { readonly text: string } | null, readonly editions: ReadonlyArray<{ readonly slug: string, readonly name: string }>, readonly reportedAt: { readonly slug: string } | null }> }, readonly citations: ReadonlyArray<{ readonly field: string | null, readonly basis: CitationBasis, readonly note: string | null, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null } }> } | null };

export type ConventionSigningsQueryVariables = Exact<{
  convention?: string;
  currency?: CurrencyCode;
  locale?: Locale | null | undefined;
}>;

export type ConventionSigningsQuery = { readonly convention: { readonly slug: string, readonly name: string, readonly editions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly slug: string, readonly year: number, readonly name: string, readonly status: EditionStatus, readonly signedProjects: { readonly id: string, readonly status: ClaimStatus, readonly projects: { readonly value: Decimal, readonly bound: Bound, readonly text: string } | null, readonly investment: { readonly amount: Decimal, readonly currency: CurrencyCode, readonly bound: Bound, readonly text: string } | null } | null, readonly links: { readonly page: URLString | null } }> } } | null, readonly signedProjectTotals: { readonly total: { readonly projects: Decimal | null, readonly investment: Decimal | null, readonly editions: number, readonly editionsWithProjects: number, readonly editionsWithInvestment: number, readonly isExact: boolean, readonly excluded: ReadonlyArray<{ readonly reason: ExclusionReason, readonly claim: { readonly id: string, readonly stage: ProjectStage, readonly status: ClaimStatus, readonly standing: Standing, readonly scope: ClaimScope, readonly note: string | null, readonly asOf: DateString | null, readonly asOfPeriod: string | null, readonly editions: ReadonlyArray<{ readonly slug: string, readonly year: number, readonly links: { readonly page: URLString | null } }>, readonly reportedAt: { readonly slug: string, readonly year: number, readonly links: { readonly page: URLString | null } } | null, readonly slice: { readonly value: string } | null, readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null, readonly share: { readonly text: string } | null } }> } } };

export type CountedByCountryAndStatusQueryVariables = Exact<{ [key: string]: never; }>;

export type CountedByCountryAndStatusQuery = { readonly editions: { readonly totalCount: number, readonly facets: ReadonlyArray<{ readonly by: EditionFacet, readonly buckets: ReadonlyArray<{ readonly value: string, readonly label: string, readonly count: number }> }> } };

export type CoverageOfEditionsQueryVariables = Exact<{
  where?: ConventionWhere | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  editions?: number | null | undefined;
  locale?: Locale | null | undefined;
}>;

export type CoverageOfEditionsQuery = { readonly conventions: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly slug: string, readonly name: string, readonly acronym: string | null, readonly coverage: { readonly editions: number, readonly known: number, readonly total: number, readonly sources: number, readonly independentSources: number, readonly lastCheckedOn: DateString | null, readonly fields: ReadonlyArray<{ readonly field: CoverageField, readonly editions: number, readonly independentSources: number }> }, readonly editions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly slug: string, readonly name: string, readonly year: number, readonly coverage: { readonly known: number, readonly total: number, readonly sources: number, readonly independentSources: number, readonly lastCheckedOn: DateString | null, readonly fields: ReadonlyArray<{ readonly field: CoverageField, readonly isKnown: boolean, readonly independentSources: number }> } }> } }> } };

export type EditionCardQueryVariables = Exact<{
  slug?: string;
  locale?: Locale | null | undefined;
}>;

export type EditionCardQuery = { readonly edition: { readonly slug: string, readonly name: string, readonly dates: string | null, readonly startDate: DateString | null, readonly endDate: DateString | null, readonly status: EditionStatus, readonly city: { readonly name: string } | null, readonly venue: { readonly name: string } | null, readonly themes: ReadonlyArray<{ readonly kind: ThemeKind, readonly text: string }>, readonly exhibitionSpace: { readonly text: string } | null, readonly figures: ReadonlyArray<{ readonly id: string, readonly scope: ClaimScope, readonly standing: Standing }>, readonly signedProjects: { readonly id: string, readonly status: ClaimStatus, readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null, readonly citations: ReadonlyArray<{ readonly source: { readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly url: URLString | null } }> } | null, readonly links: { readonly page: URLString | null, readonly calendar: URLString | null, readonly website: URLString | null } } | null };

export type EditionChangesQueryVariables = Exact<{
  slug?: string;
  first?: number | null | undefined;
  locale?: Locale | null | undefined;
}>;

export type EditionChangesQuery = { readonly edition: { readonly slug: string, readonly name: string, readonly changes: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: DateTime, readonly kind: ChangeKind, readonly type: string, readonly slug: string, readonly name: string, readonly summary: string, readonly edition: { readonly slug: string, readonly year: number, readonly dates: string | null, readonly startDate: DateString | null, readonly endDate: DateString | null, readonly status: EditionStatus, readonly city: { readonly name: string, readonly kind: PlaceKind, readonly country: CountryCode, readonly parent: { readonly name: string, readonly kind: PlaceKind } | null } | null, readonly venue: { readonly name: string } | null, readonly dateClaims: ReadonlyArray<{ readonly standing: Standing, readonly status: ClaimStatus }> } | null, readonly convention: { readonly slug: string, readonly description: string | null } | null }> } } | null, readonly service: { readonly dataVersion: string, readonly dataUpdatedAt: DateTime | null } };

export type EditionPageQueryVariables = Exact<{
  slug?: string;
  locale?: Locale | null | undefined;
}>;

export type EditionPageQuery = { readonly edition: { readonly id: string, readonly slug: string, readonly name: string, readonly ordinal: number | null, readonly ordinalIsStated: boolean, readonly year: number, readonly startDate: DateString | null, readonly endDate: DateString | null, readonly dates: string | null, readonly dayCount: number | null, readonly timeZone: TimeZone | null, readonly status: EditionStatus, readonly attendanceMode: AttendanceMode | null, readonly updatedAt: DateTime, readonly names: ReadonlyArray<{ readonly text: string, readonly locale: Locale }>, readonly convention: { readonly slug: string, readonly name: string, readonly acronym: string | null, readonly description: string | null, readonly websiteUrl: URLString | null, readonly sameAs: ReadonlyArray<URLString>, readonly industries: ReadonlyArray<string> }, readonly previousEdition: { readonly slug: string, readonly name: string } | null, readonly followingEdition: { readonly slug: string, readonly name: string } | null, readonly city: { readonly slug: string, readonly name: string, readonly kind: PlaceKind, readonly country: CountryCode, readonly parent: { readonly name: string, readonly kind: PlaceKind } | null } | null, readonly venue: { readonly name: string } | null, readonly subVenues: ReadonlyArray<{ readonly name: string }>, readonly furtherPlaces: ReadonlyArray<{ readonly name: string }>, readonly dateClaims: ReadonlyArray<{ readonly id: string, readonly startDate: DateString | null, readonly endDate: DateString | null, readonly dayCount: number | null, readonly status: ClaimStatus, readonly standing: Standing, readonly note: string | null, readonly citations: ReadonlyArray<{ readonly basis: CitationBasis, readonly note: string | null, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null, readonly isRelay: boolean } }> }>, readonly themes: ReadonlyArray<{ readonly kind: ThemeKind, readonly texts: ReadonlyArray<{ readonly text: string, readonly locale: Locale, readonly isOriginal: boolean }>, readonly citations: ReadonlyArray<{ readonly basis: CitationBasis, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null, readonly isRelay: boolean } }> }>, readonly exhibitionAreas: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly name: string, readonly kind: ExhibitionAreaKind, readonly focus: string | null, readonly size: { readonly value: Decimal, readonly unit: Unit, readonly bound: Bound, readonly text: string } | null, readonly citations: ReadonlyArray<{ readonly basis: CitationBasis, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null, readonly isRelay: boolean } }> }> }, readonly sessions: ReadonlyArray<{ readonly title: string, readonly kind: SessionKind, readonly date: DateString | null, readonly endDate: DateString | null, readonly citations: ReadonlyArray<{ readonly basis: CitationBasis, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null, readonly isRelay: boolean } }> }>, readonly speakers: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly kind: AppearanceKind, readonly title: string | null, readonly remarks: string | null, readonly speaker: { readonly slug: string, readonly name: string }, readonly affiliation: { readonly name: string } | null, readonly session: { readonly title: string } | null, readonly citations: ReadonlyArray<{ readonly basis: CitationBasis, readonly note: string | null, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null, readonly isRelay: boolean } }> }> }, readonly organizers: ReadonlyArray<{ readonly role: ParticipationRole, readonly participant:
        | { readonly __typename: 'Organization', readonly name: string, readonly websiteUrl: URLString | null }
        | { readonly __typename: 'Place', readonly placeName: string }
      , readonly citations: ReadonlyArray<{ readonly basis: CitationBasis, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null, readonly isRelay: boolean } }> }>, readonly guestsOfHonour: ReadonlyArray<{ readonly participant:
        | { readonly __typename: 'Organization', readonly name: string }
        | { readonly __typename: 'Place', readonly placeName: string }
      , readonly citations: ReadonlyArray<{ readonly basis: CitationBasis, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null, readonly isRelay: boolean } }> }>, readonly exhibitionSpace: { readonly value: Decimal, readonly unit: Unit, readonly bound: Bound, readonly text: string } | null, readonly signedProjects: { readonly id: string, readonly status: ClaimStatus, readonly projects: { readonly value: Decimal, readonly bound: Bound, readonly text: string } | null, readonly investment: { readonly amount: Decimal, readonly currency: CurrencyCode, readonly bound: Bound, readonly text: string } | null } | null, readonly figures: ReadonlyArray<{ readonly id: string, readonly metric: Metric, readonly spaceBasis: SpaceBasis | null, readonly label: string | null, readonly scope: ClaimScope, readonly status: ClaimStatus, readonly standing: Standing, readonly asOf: DateString | null, readonly asOfPeriod: string | null, readonly note: string | null, readonly quantity: { readonly value: Decimal, readonly unit: Unit, readonly bound: Bound, readonly text: string }, readonly editions: ReadonlyArray<{ readonly slug: string, readonly year: number }>, readonly citations: ReadonlyArray<{ readonly basis: CitationBasis, readonly note: string | null, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null, readonly isRelay: boolean } }> }>, readonly signedProjectStatistics: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly stage: ProjectStage, readonly scope: ClaimScope, readonly status: ClaimStatus, readonly standing: Standing, readonly asOf: DateString | null, readonly asOfPeriod: string | null, readonly note: string | null, readonly editions: ReadonlyArray<{ readonly slug: string, readonly year: number }>, readonly reportedAt: { readonly slug: string, readonly year: number } | null, readonly slice: { readonly dimension: SliceDimension, readonly value: string } | null, readonly projects: { readonly value: Decimal, readonly bound: Bound, readonly text: string } | null, readonly investment: { readonly amount: Decimal, readonly currency: CurrencyCode, readonly bound: Bound, readonly text: string } | null, readonly conversions: ReadonlyArray<{ readonly amount: Decimal, readonly currency: CurrencyCode, readonly bound: Bound, readonly text: string }>, readonly share: { readonly value: Decimal, readonly unit: Unit, readonly bound: Bound, readonly text: string } | null, readonly citations: ReadonlyArray<{ readonly basis: CitationBasis, readonly note: string | null, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null, readonly isRelay: boolean } }> }> }, readonly indicators: ReadonlyArray<{ readonly name: string, readonly period: string, readonly basis: IndicatorBasis, readonly place: { readonly name: string }, readonly change: { readonly value: Decimal, readonly unit: Unit, readonly bound: Bound, readonly text: string }, readonly differenceFromPrevious: { readonly value: Decimal, readonly unit: Unit, readonly bound: Bound, readonly text: string } | null, readonly citations: ReadonlyArray<{ readonly basis: CitationBasis, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null, readonly isRelay: boolean } }> }>, readonly notes: ReadonlyArray<{ readonly kind: EditionNoteKind, readonly standing: Standing, readonly text: string, readonly citations: ReadonlyArray<{ readonly basis: CitationBasis, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null, readonly isRelay: boolean } }> }>, readonly citations: ReadonlyArray<{ readonly field: string | null, readonly basis: CitationBasis, readonly note: string | null, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null, readonly isRelay: boolean } }>, readonly coverage: { readonly known: number, readonly total: number, readonly sources: number, readonly independentSources: number, readonly lastCheckedOn: DateString | null, readonly fields: ReadonlyArray<{ readonly field: CoverageField, readonly isKnown: boolean, readonly independentSources: number }> }, readonly changes: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: DateTime, readonly summary: string }> }, readonly links: { readonly page: URLString | null, readonly calendar: URLString | null, readonly jsonLd: URLString | null, readonly website: URLString | null } } | null };

export type EditionsInChineseQueryVariables = Exact<{ [key: string]: never; }>;

export type EditionsInChineseQuery = { readonly editions: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly dates: string | null, readonly city: { readonly name: string } | null, readonly themes: ReadonlyArray<{ readonly text: string }>, readonly exhibitionSpace: { readonly text: string } | null, readonly signedProjects: { readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null } | null }> } };

export type ExhibitionSpaceAboveQueryVariables = Exact<{ [key: string]: never; }>;

export type ExhibitionSpaceAboveQuery = { readonly editions: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly exhibitionSpace: { readonly text: string, readonly bound: Bound } | null, readonly figures: ReadonlyArray<{ readonly scope: ClaimScope, readonly label: string | null, readonly status: ClaimStatus, readonly standing: Standing, readonly quantity: { readonly text: string }, readonly citations: ReadonlyArray<{ readonly source: { readonly publisher: string | null, readonly publishedOn: DateString | null } }> }> }> } };

export type ExhibitionSpaceOfIndustryFairsQueryVariables = Exact<{
  fairs?: ReadonlyArray<string> | string | null | undefined;
}>;

export type ExhibitionSpaceOfIndustryFairsQuery = { readonly conventions: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly editions: { readonly nodes: ReadonlyArray<{ readonly year: number, readonly city: { readonly name: string } | null, readonly figures: ReadonlyArray<{ readonly spaceBasis: SpaceBasis | null, readonly scope: ClaimScope, readonly label: string | null, readonly status: ClaimStatus, readonly standing: Standing, readonly quantity: { readonly value: Decimal, readonly unit: Unit, readonly bound: Bound, readonly text: string }, readonly citations: ReadonlyArray<{ readonly source: { readonly title: string, readonly url: URLString | null } }> }> }> } }> } };

export type ExpectedButNeverConfirmedQueryVariables = Exact<{ [key: string]: never; }>;

export type ExpectedButNeverConfirmedQuery = { readonly editions: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly signedProjectStatistics: { readonly nodes: ReadonlyArray<{ readonly status: ClaimStatus, readonly asOfPeriod: string | null, readonly note: string | null, readonly projects: { readonly text: string } | null, readonly citations: ReadonlyArray<{ readonly source: { readonly publisher: string | null, readonly publishedOn: DateString | null } }> }> } }> } };

export type FairsAtTheSameTimeQueryVariables = Exact<{
  span?: DateSpan | null | undefined;
}>;

export type FairsAtTheSameTimeQuery = { readonly editions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly name: string, readonly dates: string | null, readonly startDate: DateString | null, readonly endDate: DateString | null, readonly status: EditionStatus, readonly city: { readonly name: string, readonly country: CountryCode } | null, readonly convention: { readonly name: string, readonly acronym: string | null, readonly industries: ReadonlyArray<string> } }> } };

export type FindAreasAndThemesQueryVariables = Exact<{ [key: string]: never; }>;

export type FindAreasAndThemesQuery = { readonly search: { readonly totalCount: number, readonly nodes: ReadonlyArray<
      | { readonly __typename: 'Convention' }
      | { readonly __typename: 'Edition' }
      | { readonly __typename: 'Theme', readonly text: string, readonly edition: { readonly year: number } }
      | { readonly __typename: 'ExhibitionArea', readonly name: string, readonly edition: { readonly year: number } }
      | { readonly __typename: 'Speaker' }
      | { readonly __typename: 'Organization' }
    > } };

export type FindHefeiQueryVariables = Exact<{ [key: string]: never; }>;

export type FindHefeiQuery = { readonly search: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node:
        | { readonly __typename: 'Convention', readonly slug: string }
        | { readonly __typename: 'Edition', readonly slug: string }
        | { readonly __typename: 'Theme', readonly text: string }
        | { readonly __typename: 'ExhibitionArea', readonly name: string }
        | { readonly __typename: 'Speaker', readonly slug: string }
        | { readonly __typename: 'Organization', readonly slug: string }
      , readonly highlights: ReadonlyArray<{ readonly field: string, readonly locale: Locale | null, readonly fragments: ReadonlyArray<{ readonly text: string, readonly isMatch: boolean }> }> }> } };

export type FirstHandSourcesQueryVariables = Exact<{ [key: string]: never; }>;

export type FirstHandSourcesQuery = { readonly sources: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly publishedOn: DateString | null, readonly publisher: string | null, readonly isRelay: boolean, readonly citation: string }> } };

export type GapsToFillQueryVariables = Exact<{ [key: string]: never; }>;

export type GapsToFillQuery = { readonly editions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly name: string, readonly endDate: DateString | null, readonly venue: { readonly name: string } | null, readonly coverage: { readonly known: number, readonly total: number, readonly lastCheckedOn: DateString | null, readonly fields: ReadonlyArray<{ readonly field: CoverageField, readonly isKnown: boolean }> } }> } };

export type GuestOfHonourAtSeveralSeriesQueryVariables = Exact<{
  country?: string | null | undefined;
}>;

export type GuestOfHonourAtSeveralSeriesQuery = { readonly editions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly name: string, readonly year: number, readonly convention: { readonly name: string }, readonly guestsOfHonour: ReadonlyArray<{ readonly participant:
          | { readonly name: string }
          | { readonly name: string, readonly kind: PlaceKind }
        , readonly citations: ReadonlyArray<{ readonly note: string | null, readonly source: { readonly title: string, readonly url: URLString | null } }> }> }> } };

export type IntendedAndOnSiteDealsQueryVariables = Exact<{
  fairs?: ReadonlyArray<string> | string | null | undefined;
}>;

export type IntendedAndOnSiteDealsQuery = { readonly conventions: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly alternateName: string | null, readonly intended: { readonly nodes: ReadonlyArray<{ readonly stage: ProjectStage, readonly scope: ClaimScope, readonly status: ClaimStatus, readonly standing: Standing, readonly asOfPeriod: string | null, readonly note: string | null, readonly editions: ReadonlyArray<{ readonly year: number, readonly ordinal: number | null }>, readonly investment: { readonly amount: Decimal, readonly currency: CurrencyCode, readonly bound: Bound, readonly text: string } | null, readonly conversions: ReadonlyArray<{ readonly text: string }>, readonly citations: ReadonlyArray<{ readonly source: { readonly title: string, readonly publisher: string | null, readonly url: URLString | null } }> }> }, readonly onSite: { readonly nodes: ReadonlyArray<{ readonly stage: ProjectStage, readonly scope: ClaimScope, readonly status: ClaimStatus, readonly standing: Standing, readonly asOfPeriod: string | null, readonly note: string | null, readonly editions: ReadonlyArray<{ readonly year: number, readonly ordinal: number | null }>, readonly investment: { readonly amount: Decimal, readonly currency: CurrencyCode, readonly bound: Bound, readonly text: string } | null, readonly conversions: ReadonlyArray<{ readonly text: string }>, readonly citations: ReadonlyArray<{ readonly source: { readonly title: string, readonly publisher: string | null, readonly url: URLString | null } }> }> } }> } };

export type LargestSigningsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;

export type LargestSigningsQuery = { readonly editions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly year: number, readonly signedProjects: { readonly status: ClaimStatus, readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ListedEditionsQueryVariables = Exact<{
  where?: EditionWhere | null | undefined;
  orderBy?: ReadonlyArray<EditionOrder> | EditionOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  locale?: Locale | null | undefined;
}>;

export type ListedEditionsQuery = { readonly editions: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly slug: string, readonly name: string, readonly year: number, readonly dates: string | null, readonly startDate: DateString | null, readonly endDate: DateString | null, readonly status: EditionStatus, readonly city: { readonly name: string, readonly kind: PlaceKind, readonly country: CountryCode, readonly parent: { readonly name: string, readonly kind: PlaceKind } | null } | null, readonly venue: { readonly name: string } | null, readonly convention: { readonly slug: string, readonly acronym: string | null }, readonly signedProjects: { readonly id: string, readonly status: ClaimStatus, readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null } | null, readonly links: { readonly page: URLString | null, readonly calendar: URLString | null } }> } };

export type OverviewOfEditionsQueryVariables = Exact<{
  where?: EditionWhere | null | undefined;
  locale?: Locale | null | undefined;
}>;

export type OverviewOfEditionsQuery = { readonly found: { readonly totalCount: number, readonly facets: ReadonlyArray<{ readonly by: EditionFacet, readonly buckets: ReadonlyArray<{ readonly value: string, readonly label: string, readonly count: number }> }> }, readonly all: { readonly facets: ReadonlyArray<{ readonly by: EditionFacet, readonly buckets: ReadonlyArray<{ readonly value: string, readonly label: string, readonly count: number }> }> }, readonly conventions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly slug: string, readonly name: string, readonly acronym: string | null, readonly editions: { readonly totalCount: number } }> }, readonly service: { readonly dataUpdatedAt: DateTime | null, readonly counts: { readonly conventions: number, readonly editions: number, readonly speakers: number, readonly signedProjectStatistics: number, readonly sources: number } } };

export type RecentChangesQueryVariables = Exact<{
  first?: number | null | undefined;
  locale?: Locale | null | undefined;
}>;

export type RecentChangesQuery = { readonly changes: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: DateTime, readonly kind: ChangeKind, readonly type: string, readonly slug: string, readonly name: string, readonly summary: string, readonly edition: { readonly slug: string, readonly year: number, readonly dates: string | null, readonly startDate: DateString | null, readonly endDate: DateString | null, readonly status: EditionStatus, readonly city: { readonly name: string, readonly kind: PlaceKind, readonly country: CountryCode, readonly parent: { readonly name: string, readonly kind: PlaceKind } | null } | null, readonly venue: { readonly name: string } | null, readonly dateClaims: ReadonlyArray<{ readonly standing: Standing, readonly status: ClaimStatus }> } | null, readonly convention: { readonly slug: string, readonly description: string | null } | null }> }, readonly service: { readonly dataVersion: string, readonly dataUpdatedAt: DateTime | null } };

export type SeriesMergedAndRenamedQueryVariables = Exact<{ [key: string]: never; }>;

export type SeriesMergedAndRenamedQuery = { readonly conventions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly name: string, readonly acronym: string | null, readonly cadence: Cadence | null, readonly schedule: string | null, readonly note: string | null, readonly alternateNames: ReadonlyArray<{ readonly text: string, readonly locale: Locale }>, readonly cities: ReadonlyArray<{ readonly name: string, readonly country: CountryCode }>, readonly mergedInto: { readonly name: string } | null, readonly predecessors: ReadonlyArray<{ readonly name: string }>, readonly latestEdition: { readonly name: string, readonly dates: string | null } | null, readonly nextEdition: { readonly name: string, readonly dates: string | null } | null }> } };

export type SeriesOfAnOrganizerQueryVariables = Exact<{
  organizer?: string | null | undefined;
}>;

export type SeriesOfAnOrganizerQuery = { readonly conventions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly name: string, readonly acronym: string | null, readonly cities: ReadonlyArray<{ readonly name: string }>, readonly editions: { readonly nodes: ReadonlyArray<{ readonly year: number, readonly organizers: ReadonlyArray<{ readonly role: ParticipationRole, readonly participant:
              | { readonly name: string }
              | { readonly name: string }
            , readonly citations: ReadonlyArray<{ readonly source: { readonly title: string, readonly url: URLString | null } }> }> }> } }> } };

export type SignedAltogetherQueryVariables = Exact<{ [key: string]: never; }>;

export type SignedAltogetherQuery = { readonly signedProjectTotals: { readonly total: { readonly projects: Decimal | null, readonly investment: Decimal | null, readonly editions: number, readonly editionsCounted: number, readonly isExact: boolean, readonly counted: ReadonlyArray<{ readonly editions: ReadonlyArray<{ readonly year: number }>, readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null }>, readonly excluded: ReadonlyArray<{ readonly reason: ExclusionReason, readonly claim: { readonly scope: ClaimScope, readonly editions: ReadonlyArray<{ readonly year: number }>, readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null } }> } } };

export type SignedByEditionQueryVariables = Exact<{ [key: string]: never; }>;

export type SignedByEditionQuery = { readonly convention: { readonly name: string, readonly editions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly year: number, readonly signedProjects: { readonly status: ClaimStatus, readonly note: string | null, readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null } | null }> } } | null };

export type SignedByYearQueryVariables = Exact<{ [key: string]: never; }>;

export type SignedByYearQuery = { readonly signedProjectTotals: { readonly groups: ReadonlyArray<{ readonly projects: Decimal | null, readonly investment: Decimal | null, readonly changeInProjects: Decimal | null, readonly changeInInvestment: Decimal | null, readonly editionsCounted: number, readonly isExact: boolean, readonly keys: ReadonlyArray<{ readonly value: string | null }>, readonly excluded: ReadonlyArray<{ readonly reason: ExclusionReason, readonly claim: { readonly scope: ClaimScope, readonly stage: ProjectStage, readonly status: ClaimStatus, readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null } }> }> } };

export type SpeakerPageQueryVariables = Exact<{
  slug?: string;
  locale?: Locale | null | undefined;
}>;

export type SpeakerPageQuery = { readonly speaker: { readonly id: string, readonly slug: string, readonly name: string, readonly names: ReadonlyArray<{ readonly text: string, readonly locale: Locale }>, readonly appearances: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: AppearanceKind, readonly title: string | null, readonly remarks: string | null, readonly affiliation: { readonly name: string } | null, readonly session: { readonly title: string, readonly date: DateString | null } | null, readonly edition: { readonly slug: string, readonly name: string, readonly year: number, readonly startDate: DateString | null, readonly endDate: DateString | null, readonly dates: string | null, readonly status: EditionStatus, readonly venue: { readonly name: string } | null, readonly city: { readonly name: string, readonly kind: PlaceKind, readonly country: CountryCode, readonly parent: { readonly name: string, readonly kind: PlaceKind } | null } | null, readonly links: { readonly page: URLString | null } }, readonly citations: ReadonlyArray<{ readonly basis: CitationBasis, readonly note: string | null, readonly source: { readonly slug: string, readonly title: string, readonly publisher: string | null, readonly publishedOn: DateString | null, readonly language: Locale | null, readonly url: URLString | null } }> }> } } | null };

export type SpeakersAndTheirTitlesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;

export type SpeakersAndTheirTitlesQuery = { readonly speakers: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly name: string, readonly names: ReadonlyArray<{ readonly locale: Locale, readonly text: string }>, readonly appearances: { readonly nodes: ReadonlyArray<{ readonly kind: AppearanceKind, readonly title: string | null, readonly edition: { readonly year: number }, readonly affiliation: { readonly name: string } | null }> } }> } };

export type SpeakersOfSeveralEditionsQueryVariables = Exact<{
  where?: SpeakerWhere | null | undefined;
}>;

export type SpeakersOfSeveralEditionsQuery = { readonly speakers: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly name: string, readonly conventions: ReadonlyArray<{ readonly name: string }>, readonly appearances: { readonly nodes: ReadonlyArray<{ readonly kind: AppearanceKind, readonly title: string | null, readonly edition: { readonly name: string, readonly year: number } }> } }> } };

export type ThemesOnIntelligenceQueryVariables = Exact<{ [key: string]: never; }>;

export type ThemesOnIntelligenceQuery = { readonly themes: { readonly nodes: ReadonlyArray<{ readonly text: string, readonly kind: ThemeKind, readonly chinese: string, readonly edition: { readonly year: number } }> } };

export type UnknownLastDayQueryVariables = Exact<{ [key: string]: never; }>;

export type UnknownLastDayQuery = { readonly editions: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly startDate: DateString | null, readonly endDate: DateString | null, readonly dates: string | null, readonly dayCount: number | null, readonly status: EditionStatus }> } };

export type VehiclesOnShowQueryVariables = Exact<{ [key: string]: never; }>;

export type VehiclesOnShowQuery = { readonly exhibitionAreas: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly kind: ExhibitionAreaKind, readonly names: ReadonlyArray<{ readonly text: string, readonly locale: Locale, readonly isOriginal: boolean }>, readonly edition: { readonly year: number } }> } };

export type What1752ProjectsAreQueryVariables = Exact<{ [key: string]: never; }>;

export type What1752ProjectsAreQuery = { readonly edition: { readonly signedProjectStatistics: { readonly nodes: ReadonlyArray<{ readonly scope: ClaimScope, readonly stage: ProjectStage, readonly asOf: DateString | null, readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null, readonly conversions: ReadonlyArray<{ readonly text: string }>, readonly share: { readonly text: string } | null, readonly reportedAt: { readonly year: number } | null, readonly editions: ReadonlyArray<{ readonly slug: string }>, readonly citations: ReadonlyArray<{ readonly source: { readonly citation: string, readonly url: URLString | null } }> }> } } | null };

export type WhatBecameOf2018QueryVariables = Exact<{ [key: string]: never; }>;

export type WhatBecameOf2018Query = { readonly signedProjectStatistics: { readonly nodes: ReadonlyArray<{ readonly stage: ProjectStage, readonly asOfPeriod: string | null, readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null, readonly citations: ReadonlyArray<{ readonly source: { readonly publisher: string | null, readonly publishedOn: DateString | null } }> }> } };

export type WhatIsOnQueryVariables = Exact<{
  from?: DateString;
  to?: DateString;
}>;

export type WhatIsOnQuery = { readonly editions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly name: string, readonly dates: string | null, readonly status: EditionStatus, readonly city: { readonly name: string, readonly country: CountryCode } | null }> } };

export type WhoCameAgainQueryVariables = Exact<{ [key: string]: never; }>;

export type WhoCameAgainQuery = { readonly speakers: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly name: string, readonly appearances: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly kind: AppearanceKind, readonly title: string | null, readonly edition: { readonly year: number } }> } }> } };

export type WhoGaveAKeynoteQueryVariables = Exact<{ [key: string]: never; }>;

export type WhoGaveAKeynoteQuery = { readonly convention: { readonly editions: { readonly nodes: ReadonlyArray<{ readonly year: number, readonly speakers: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly title: string | null, readonly speaker: { readonly name: string }, readonly affiliation: { readonly name: string } | null }> } }> } } | null };

export type WholeEditionQueryVariables = Exact<{ [key: string]: never; }>;

export type WholeEditionQuery = { readonly edition: { readonly name: string, readonly ordinal: number | null, readonly ordinalIsStated: boolean, readonly startDate: DateString | null, readonly endDate: DateString | null, readonly dayCount: number | null, readonly status: EditionStatus, readonly attendanceMode: AttendanceMode | null, readonly names: ReadonlyArray<{ readonly locale: Locale, readonly text: string, readonly isOriginal: boolean }>, readonly city: { readonly name: string, readonly parent: { readonly name: string } | null } | null, readonly themes: ReadonlyArray<{ readonly kind: ThemeKind, readonly texts: ReadonlyArray<{ readonly locale: Locale, readonly text: string }> }>, readonly sessions: ReadonlyArray<{ readonly kind: SessionKind, readonly title: string, readonly date: DateString | null }>, readonly exhibitionAreas: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly kind: ExhibitionAreaKind, readonly focus: string | null }> }, readonly speakers: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly kind: AppearanceKind, readonly title: string | null, readonly remarks: string | null, readonly speaker: { readonly name: string }, readonly affiliation: { readonly name: string } | null, readonly session: { readonly title: string } | null }> }, readonly organizers: ReadonlyArray<{ readonly role: ParticipationRole, readonly participant:
        | { readonly name: string }
        | Record<PropertyKey, never>
       }>, readonly guestsOfHonour: ReadonlyArray<{ readonly participant:
        | { readonly name: string, readonly kind: PlaceKind }
        | Record<PropertyKey, never>
       }>, readonly figures: ReadonlyArray<{ readonly metric: Metric, readonly label: string | null, readonly scope: ClaimScope, readonly status: ClaimStatus, readonly standing: Standing, readonly quantity: { readonly text: string }, readonly citations: ReadonlyArray<{ readonly source: { readonly slug: string } }> }>, readonly signedProjectStatistics: { readonly nodes: ReadonlyArray<{ readonly stage: ProjectStage, readonly scope: ClaimScope, readonly status: ClaimStatus, readonly standing: Standing, readonly asOf: DateString | null, readonly projects: { readonly text: string } | null, readonly investment: { readonly text: string } | null, readonly share: { readonly text: string } | null, readonly slice: { readonly value: string } | null, readonly editions: ReadonlyArray<{ readonly year: number }> }> }, readonly indicators: ReadonlyArray<{ readonly name: string, readonly period: string, readonly change: { readonly text: string }, readonly differenceFromPrevious: { readonly text: string } | null }>, readonly notes: ReadonlyArray<{ readonly kind: EditionNoteKind, readonly text: string }> } | null };

/** What was the 2021 World Manufacturing Convention, and what was signed at it? */
export const EditionInBriefDocument = /* #__PURE__ */ new TypedDocumentString<EditionInBriefQuery, EditionInBriefQueryVariables>(`# What was the 2021 World Manufacturing Convention, and what was signed at it?
query EditionInBrief {
  edition(slug: "world-manufacturing-convention-2021") {
    name(locale: "en")
    ordinal
    dates(locale: "en")
    city {
      name(locale: "en")
    }
    themes {
      text(locale: "en")
    }
    exhibitionSpace {
      text(locale: "en")
    }
    signedProjects {
      projects {
        text(locale: "en")
      }
      investment {
        text(locale: "en")
      }
      status
      citations {
        source {
          publisher
          publishedOn
        }
      }
    }
  }
}`);

/** What is served here, how much of it, and within which limits */
export const AboutThisServiceDocument = /* #__PURE__ */ new TypedDocumentString<AboutThisServiceQuery, AboutThisServiceQueryVariables>(`# What is served here, how much of it, and within which limits
query AboutThisService {
  service {
    name
    version
    dataVersion
    dataUpdatedAt
    locales
    counts {
      conventions
      editions
      themes
      exhibitionAreas
      speakers
      signedProjectStatistics
      sources
    }
    dataLicense {
      identifier
      name(locale: "en")
      url
      creditText(locale: "en")
    }
    limits {
      maxPageSize
      maxCost
      maxDepth
      maxAliases
      maxFields
      maxRootFields
      maxTokens
      maxSeconds
      maxValues
      maxMegabytes
    }
  }
}`);

/** When and where are editions held? What a calendar tells of each, the earliest first */
export const CalendarEventsDocument = /* #__PURE__ */ new TypedDocumentString<CalendarEventsQuery, CalendarEventsQueryVariables>(`# When and where are editions held? What a calendar tells of each, the earliest first
query CalendarEvents($where: EditionWhere, $after: String, $locale: Locale) {
  editions(where: $where, first: 100, after: $after, orderBy: [{ field: START_DATE, direction: ASC }]) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      slug
      name(locale: $locale)
      startDate
      endDate
      dates(locale: $locale)
      status
      attendanceMode
      updatedAt
      venue {
        name(locale: $locale)
      }
      city {
        name(locale: $locale)
        kind
        country
        parent {
          name(locale: $locale)
          kind
        }
      }
      convention {
        name(locale: $locale)
        acronym
        industries
      }
      themes {
        text(locale: $locale)
      }
      dateClaims {
        standing
        status
      }
      links {
        page
        website
      }
    }
  }
}`);

/** Which editions were called off, put off, or held online in whole or in part, and what do the sources say? */
export const CancelledAndOnlineEditionsDocument = /* #__PURE__ */ new TypedDocumentString<CancelledAndOnlineEditionsQuery, CancelledAndOnlineEditionsQueryVariables>(`# Which editions were called off, put off, or held online in whole or in part, and what do the sources say?
# Notes have no filter, so all are listed: those of the kind FORMAT say how an edition was held.
query CancelledAndOnlineEditions(
  $where: EditionWhere = { or: [{ status: { in: [CANCELLED, POSTPONED] } }, { attendanceMode: [ONLINE, HYBRID] }] }
) {
  editions(where: $where, first: 100) {
    totalCount
    nodes {
      name
      status
      attendanceMode
      dates
      city {
        name
      }
      furtherPlaces {
        name
        country
      }
      notes {
        kind
        text
        citations {
          source {
            title
          }
        }
      }
    }
  }
}`);

/** Which conventions and editions did an import touch last? */
export const ChangedLastDocument = /* #__PURE__ */ new TypedDocumentString<ChangedLastQuery, ChangedLastQueryVariables>(`# Which conventions and editions did an import touch last?
# A first import touches all at the same instant: then the order says nothing of changes, and is that of names and of
# the newest editions.
query ChangedLast($first: Int = 50, $locale: Locale) {
  conventions(first: $first, orderBy: [{ field: UPDATED_AT, direction: DESC }, { field: NAME }]) {
    nodes {
      slug
      name(locale: $locale)
      updatedAt
    }
  }
  editions(first: $first, orderBy: [{ field: UPDATED_AT, direction: DESC }, { field: START_DATE, direction: DESC }]) {
    nodes {
      slug
      name(locale: $locale)
      dates(locale: $locale)
      updatedAt
    }
  }
}`);

/** Which claims speak of a trillion yuan or more, and what are they about? */
export const ClaimsAboveATrillionDocument = /* #__PURE__ */ new TypedDocumentString<ClaimsAboveATrillionQuery, ClaimsAboveATrillionQueryVariables>(`# Which claims speak of a trillion yuan or more, and what are they about?
query ClaimsAboveATrillion {
  signedProjectStatistics(
    where: { investment: { gte: "1000000000000" }, currency: ["CNY"] }
    orderBy: [{ field: INVESTMENT }]
  ) {
    totalCount
    nodes {
      stage
      scope
      standing
      investment {
        text(locale: "en")
        chinese: text(locale: "zh-Hans")
      }
      editions {
        year
      }
      reportedAt {
        year
      }
      citations {
        source {
          publisher
          publishedOn
        }
      }
    }
  }
}`);

/** How many guests came? Every claim, side by side, with its source */
export const ConflictingGuestCountsDocument = /* #__PURE__ */ new TypedDocumentString<ConflictingGuestCountsQuery, ConflictingGuestCountsQueryVariables>(`# How many guests came? Every claim, side by side, with its source
query ConflictingGuestCounts {
  convention(slug: "world-manufacturing-convention") {
    editions(first: 100) {
      nodes {
        year
        figures(metric: [GUESTS]) {
          quantity {
            text(locale: "en")
          }
          label(locale: "en")
          scope
          status
          standing
          asOf
          note(locale: "en")
          citations {
            source {
              publisher
              publishedOn
              url
            }
          }
        }
      }
    }
  }
}`);

/** What did imports do to a convention and its editions? */
export const ConventionChangesDocument = /* #__PURE__ */ new TypedDocumentString<ConventionChangesQuery, ConventionChangesQueryVariables>(`# What did imports do to a convention and its editions?
query ConventionChanges($slug: String! = "world-manufacturing-convention", $first: Int = 50, $locale: Locale) {
  convention(slug: $slug) {
    slug
    name(locale: $locale)
    changes(first: $first) {
      nodes {
        id
        at
        kind
        type
        slug
        name(locale: $locale)
        summary(locale: $locale)
        edition {
          slug
          year
          dates(locale: $locale)
          startDate
          endDate
          status
          city {
            name(locale: $locale)
            kind
            country
            parent {
              name(locale: $locale)
              kind
            }
          }
          venue {
            name(locale: $locale)
          }
          dateClaims {
            standing
            status
          }
        }
        convention {
          slug
          description(locale: $locale)
        }
      }
    }
  }
  service {
    dataVersion
    dataUpdatedAt
  }
}`);

/** What is a convention, and which editions has it had? All that its page shows but for the sums */
export const ConventionPageDocument = /* #__PURE__ */ new TypedDocumentString<ConventionPageQuery, ConventionPageQueryVariables>(`# What is a convention, and which editions has it had? All that its page shows but for the sums
query ConventionPage($slug: String! = "world-manufacturing-convention", $locale: Locale) {
  convention(slug: $slug) {
    id
    slug
    name(locale: $locale)
    names {
      text
      locale
    }
    alternateNames {
      text
      locale
    }
    acronym
    description(locale: $locale)
    cadence
    schedule(locale: $locale)
    note(locale: $locale)
    cities {
      name(locale: $locale)
    }
    mergedInto {
      slug
      name(locale: $locale)
    }
    predecessors {
      slug
      name(locale: $locale)
    }
    websiteUrl
    sameAs
    industries
    updatedAt
    latestEdition {
      slug
      name(locale: $locale)
      dates(locale: $locale)
    }
    nextEdition {
      slug
      name(locale: $locale)
      dates(locale: $locale)
    }
    editions(first: 100) {
      totalCount
      nodes {
        slug
        name(locale: $locale)
        year
        ordinal
        ordinalIsStated
        startDate
        endDate
        dates(locale: $locale)
        status
        attendanceMode
        venue {
          name(locale: $locale)
        }
        city {
          name(locale: $locale)
          kind
          country
          parent {
            name(locale: $locale)
            kind
          }
        }
        figures(metric: [EXHIBITION_SPACE]) {
          id
          scope
          status
          standing
          spaceBasis
          quantity {
            text(locale: $locale)
          }
        }
        signedProjects {
          id
          status
          projects {
            text(locale: $locale)
          }
          investment {
            currency
            text(locale: $locale)
          }
        }
        links {
          page
        }
      }
    }
    deals: signedProjectStatistics(
      where: { not: { stage: [SIGNED] }, scope: [EDITION], standing: [PREFERRED] }
      first: 100
    ) {
      totalCount
      nodes {
        id
        stage
        status
        projects {
          text(locale: $locale)
        }
        investment {
          text(locale: $locale)
        }
        share {
          text(locale: $locale)
        }
        editions {
          slug
          name(locale: $locale)
        }
        reportedAt {
          slug
        }
      }
    }
    citations {
      field
      basis
      note(locale: $locale)
      source {
        slug
        title
        publisher
        publishedOn
        language
        url
      }
    }
  }
}`);

/** What was signed at each edition of a convention, what does it come to, and what had to be left out of that? */
export const ConventionSigningsDocument = /* #__PURE__ */ new TypedDocumentString<ConventionSigningsQuery, ConventionSigningsQueryVariables>(`# What was signed at each edition of a convention, what does it come to, and what had to be left out of that?
query ConventionSignings(
  $convention: String! = "world-manufacturing-convention"
  $currency: CurrencyCode! = "CNY"
  $locale: Locale
) {
  convention(slug: $convention) {
    slug
    name(locale: $locale)
    editions(first: 100, orderBy: [{ field: YEAR, direction: ASC }, { field: START_DATE, direction: ASC }]) {
      totalCount
      nodes {
        slug
        year
        name(locale: $locale)
        status
        signedProjects {
          id
          status
          projects {
            value
            bound
            text(locale: $locale)
          }
          investment {
            amount
            currency
            bound
            text(locale: $locale)
          }
        }
        links {
          page
        }
      }
    }
  }
  signedProjectTotals(input: { currency: $currency, where: { convention: { slug: { eq: $convention } } } }) {
    total {
      projects
      investment
      editions
      editionsWithProjects
      editionsWithInvestment
      isExact
      excluded {
        reason
        claim {
          id
          stage
          status
          standing
          scope
          note(locale: $locale)
          asOf
          asOfPeriod
          editions {
            slug
            year
            links {
              page
            }
          }
          reportedAt {
            slug
            year
            links {
              page
            }
          }
          slice {
            value(locale: $locale)
          }
          projects {
            text(locale: $locale)
          }
          investment {
            text(locale: $locale)
          }
          share {
            text(locale: $locale)
          }
        }
      }
    }
  }
}`);

/** How many editions are there by country, city, year and status? Facets respect the filter, whatever the page */
export const CountedByCountryAndStatusDocument = /* #__PURE__ */ new TypedDocumentString<CountedByCountryAndStatusQuery, CountedByCountryAndStatusQueryVariables>(`# How many editions are there by country, city, year and status? Facets respect the filter, whatever the page
query CountedByCountryAndStatus {
  editions(where: { year: { gte: 2020 } }, first: 1) {
    totalCount
    facets(by: [COUNTRY, CITY, YEAR, STATUS]) {
      by
      buckets {
        value
        label(locale: "en")
        count
      }
    }
  }
}`);

/** What is known about each edition, by how many independent sources, and when was it last checked? Convention by convention */
export const CoverageOfEditionsDocument = /* #__PURE__ */ new TypedDocumentString<CoverageOfEditionsQuery, CoverageOfEditionsQueryVariables>(`# What is known about each edition, by how many independent sources, and when was it last checked? Convention by convention
# It shows the first four conventions by name, and the newest three editions of each, unless the variables say otherwise.
# The coverage of a convention is of all its editions.
query CoverageOfEditions(
  $where: ConventionWhere
  $first: Int = 4
  $after: String
  $last: Int
  $before: String
  $editions: Int = 3
  $locale: Locale
) {
  conventions(where: $where, orderBy: [{ field: NAME }], first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    nodes {
      slug
      name(locale: $locale)
      acronym
      coverage {
        editions
        known
        total
        sources
        independentSources
        lastCheckedOn
        fields {
          field
          editions
          independentSources
        }
      }
      editions(first: $editions) {
        totalCount
        nodes {
          slug
          name(locale: $locale)
          year
          coverage {
            known
            total
            sources
            independentSources
            lastCheckedOn
            fields {
              field
              isKnown
              independentSources
            }
          }
        }
      }
    }
  }
}`);

/** What does one edition come to, in the few lines of a card? */
export const EditionCardDocument = /* #__PURE__ */ new TypedDocumentString<EditionCardQuery, EditionCardQueryVariables>(`# What does one edition come to, in the few lines of a card?
query EditionCard($slug: String! = "world-manufacturing-convention-2021", $locale: Locale) {
  edition(slug: $slug) {
    slug
    name(locale: $locale)
    dates(locale: $locale)
    startDate
    endDate
    status
    city {
      name(locale: $locale)
    }
    venue {
      name(locale: $locale)
    }
    themes {
      kind
      text(locale: $locale)
    }
    exhibitionSpace {
      text(locale: $locale)
    }
    figures(metric: [EXHIBITION_SPACE]) {
      id
      scope
      standing
    }
    signedProjects {
      id
      status
      projects {
        text(locale: $locale)
      }
      investment {
        text(locale: $locale)
      }
      citations {
        source {
          title
          publisher
          publishedOn
          url
        }
      }
    }
    links {
      page
      calendar
      website
    }
  }
}`);

/** What did imports do to an edition and what belongs to it? */
export const EditionChangesDocument = /* #__PURE__ */ new TypedDocumentString<EditionChangesQuery, EditionChangesQueryVariables>(`# What did imports do to an edition and what belongs to it?
query EditionChanges($slug: String! = "world-manufacturing-convention-2021", $first: Int = 50, $locale: Locale) {
  edition(slug: $slug) {
    slug
    name(locale: $locale)
    changes(first: $first) {
      nodes {
        id
        at
        kind
        type
        slug
        name(locale: $locale)
        summary(locale: $locale)
        edition {
          slug
          year
          dates(locale: $locale)
          startDate
          endDate
          status
          city {
            name(locale: $locale)
            kind
            country
            parent {
              name(locale: $locale)
              kind
            }
          }
          venue {
            name(locale: $locale)
          }
          dateClaims {
            standing
            status
          }
        }
        convention {
          slug
          description(locale: $locale)
        }
      }
    }
  }
  service {
    dataVersion
    dataUpdatedAt
  }
}`);

/** What is known of one edition, every claim with its sources? All that its page shows */
export const EditionPageDocument = /* #__PURE__ */ new TypedDocumentString<EditionPageQuery, EditionPageQueryVariables>(`# What is known of one edition, every claim with its sources? All that its page shows
query EditionPage($slug: String! = "world-manufacturing-convention-2021", $locale: Locale) {
  edition(slug: $slug) {
    id
    slug
    name(locale: $locale)
    names {
      text
      locale
    }
    ordinal
    ordinalIsStated
    year
    startDate
    endDate
    dates(locale: $locale)
    dayCount
    timeZone
    status
    attendanceMode
    updatedAt
    convention {
      slug
      name(locale: $locale)
      acronym
      description(locale: $locale)
      websiteUrl
      sameAs
      industries
    }
    previousEdition {
      slug
      name(locale: $locale)
    }
    followingEdition {
      slug
      name(locale: $locale)
    }
    city {
      slug
      name(locale: $locale)
      kind
      country
      parent {
        name(locale: $locale)
        kind
      }
    }
    venue {
      name(locale: $locale)
    }
    subVenues {
      name(locale: $locale)
    }
    furtherPlaces {
      name(locale: $locale)
    }
    dateClaims {
      id
      startDate
      endDate
      dayCount
      status
      standing
      note(locale: $locale)
      citations {
        basis
        note(locale: $locale)
        source {
          slug
          title
          publisher
          publishedOn
          language
          url
          isRelay
        }
      }
    }
    themes {
      kind
      texts {
        text
        locale
        isOriginal
      }
      citations {
        basis
        source {
          slug
          title
          publisher
          publishedOn
          language
          url
          isRelay
        }
      }
    }
    exhibitionAreas(first: 100) {
      totalCount
      nodes {
        name(locale: $locale)
        kind
        focus(locale: $locale)
        size {
          value
          unit
          bound
          text(locale: $locale)
        }
        citations {
          basis
          source {
            slug
            title
            publisher
            publishedOn
            language
            url
            isRelay
          }
        }
      }
    }
    sessions {
      title(locale: $locale)
      kind
      date
      endDate
      citations {
        basis
        source {
          slug
          title
          publisher
          publishedOn
          language
          url
          isRelay
        }
      }
    }
    speakers(first: 100) {
      totalCount
      nodes {
        kind
        title(locale: $locale)
        remarks(locale: $locale)
        speaker {
          slug
          name(locale: $locale)
        }
        affiliation {
          name(locale: $locale)
        }
        session {
          title(locale: $locale)
        }
        citations {
          basis
          note(locale: $locale)
          source {
            slug
            title
            publisher
            publishedOn
            language
            url
            isRelay
          }
        }
      }
    }
    organizers {
      role
      participant {
        __typename
        ... on Organization {
          name(locale: $locale)
          websiteUrl
        }
        ... on Place {
          placeName: name(locale: $locale)
        }
      }
      citations {
        basis
        source {
          slug
          title
          publisher
          publishedOn
          language
          url
          isRelay
        }
      }
    }
    guestsOfHonour {
      participant {
        __typename
        ... on Organization {
          name(locale: $locale)
        }
        ... on Place {
          placeName: name(locale: $locale)
        }
      }
      citations {
        basis
        source {
          slug
          title
          publisher
          publishedOn
          language
          url
          isRelay
        }
      }
    }
    exhibitionSpace {
      value
      unit
      bound
      text(locale: $locale)
    }
    signedProjects {
      id
      status
      projects {
        value
        bound
        text(locale: $locale)
      }
      investment {
        amount
        currency
        bound
        text(locale: $locale)
      }
    }
    figures {
      id
      metric
      spaceBasis
      label(locale: $locale)
      quantity {
        value
        unit
        bound
        text(locale: $locale)
      }
      scope
      status
      standing
      asOf
      asOfPeriod
      note(locale: $locale)
      editions {
        slug
        year
      }
      citations {
        basis
        note(locale: $locale)
        source {
          slug
          title
          publisher
          publishedOn
          language
          url
          isRelay
        }
      }
    }
    signedProjectStatistics(first: 100) {
      totalCount
      nodes {
        id
        stage
        scope
        status
        standing
        asOf
        asOfPeriod
        note(locale: $locale)
        editions {
          slug
          year
        }
        reportedAt {
          slug
          year
        }
        slice {
          dimension
          value(locale: $locale)
        }
        projects {
          value
          bound
          text(locale: $locale)
        }
        investment {
          amount
          currency
          bound
          text(locale: $locale)
        }
        conversions {
          amount
          currency
          bound
          text(locale: $locale)
        }
        share {
          value
          unit
          bound
          text(locale: $locale)
        }
        citations {
          basis
          note(locale: $locale)
          source {
            slug
            title
            publisher
            publishedOn
            language
            url
            isRelay
          }
        }
      }
    }
    indicators {
      name(locale: $locale)
      period
      basis
      place {
        name(locale: $locale)
      }
      change {
        value
        unit
        bound
        text(locale: $locale)
      }
      differenceFromPrevious {
        value
        unit
        bound
        text(locale: $locale)
      }
      citations {
        basis
        source {
          slug
          title
          publisher
          publishedOn
          language
          url
          isRelay
        }
      }
    }
    notes {
      kind
      standing
      text(locale: $locale)
      citations {
        basis
        source {
          slug
          title
          publisher
          publishedOn
          language
          url
          isRelay
        }
      }
    }
    citations {
      field
      basis
      note(locale: $locale)
      source {
        slug
        title
        publisher
        publishedOn
        language
        url
        isRelay
      }
    }
    coverage {
      known
      total
      sources
      independentSources
      lastCheckedOn
      fields {
        field
        isKnown
        independentSources
      }
    }
    changes(first: 5) {
      nodes {
        id
        at
        summary(locale: $locale)
      }
    }
    links {
      page
      calendar
      jsonLd
      website
    }
  }
}`);

/** 历届大会：日期、主题、展览面积和签约项目 (editions in Chinese) */
export const EditionsInChineseDocument = /* #__PURE__ */ new TypedDocumentString<EditionsInChineseQuery, EditionsInChineseQueryVariables>(`# 历届大会：日期、主题、展览面积和签约项目 (editions in Chinese)
query EditionsInChinese {
  editions(first: 20) {
    nodes {
      name(locale: "zh-Hans")
      dates(locale: "zh-Hans")
      city {
        name(locale: "zh-Hans")
      }
      themes {
        text(locale: "zh-Hans")
      }
      exhibitionSpace {
        text(locale: "zh-Hans")
      }
      signedProjects {
        projects {
          text(locale: "zh-Hans")
        }
        investment {
          text(locale: "zh-Hans")
        }
      }
    }
  }
}`);

/** Which editions had an exhibition space of more than 50,000 m²? The largest first, with what its parts had, and the sources */
export const ExhibitionSpaceAboveDocument = /* #__PURE__ */ new TypedDocumentString<ExhibitionSpaceAboveQuery, ExhibitionSpaceAboveQueryVariables>(`# Which editions had an exhibition space of more than 50,000 m²? The largest first, with what its parts had, and the sources
query ExhibitionSpaceAbove {
  editions(where: { exhibitionSpace: { gt: "50000" } }, orderBy: [{ field: EXHIBITION_SPACE }]) {
    nodes {
      name(locale: "en")
      exhibitionSpace {
        text(locale: "en")
        bound
      }
      figures(metric: [EXHIBITION_SPACE]) {
        scope
        label(locale: "en")
        quantity {
          text(locale: "en")
        }
        status
        standing
        citations {
          source {
            publisher
            publishedOn
          }
        }
      }
    }
  }
}`);

/** How much space did the fairs of industry take, year by year, and is it net or gross? */
export const ExhibitionSpaceOfIndustryFairsDocument = /* #__PURE__ */ new TypedDocumentString<ExhibitionSpaceOfIndustryFairsQuery, ExhibitionSpaceOfIndustryFairsQueryVariables>(`# How much space did the fairs of industry take, year by year, and is it net or gross?
# The unit is as printed: square metres or square feet. Where spaceBasis is null, no source says net or gross; where
# figures is empty, no source tells the space.
query ExhibitionSpaceOfIndustryFairs(
  $fairs: [String!] = [
    "world-manufacturing-convention"
    "china-international-industry-fair"
    "international-manufacturing-technology-show"
    "emo"
    "japan-international-machine-tool-fair"
    "hannover-messe"
    "automatica"
  ]
) {
  conventions(where: { slug: { in: $fairs } }, first: 10) {
    nodes {
      name
      editions(first: 50, orderBy: [{ field: YEAR, direction: ASC }]) {
        nodes {
          year
          city {
            name
          }
          figures(metric: [EXHIBITION_SPACE]) {
            quantity {
              value
              unit
              bound
              text
            }
            spaceBasis
            scope
            label
            status
            standing
            citations {
              source {
                title
                url
              }
            }
          }
        }
      }
    }
  }
}`);

/** Of which past editions is the number of signed projects only expected, and never confirmed? */
export const ExpectedButNeverConfirmedDocument = /* #__PURE__ */ new TypedDocumentString<ExpectedButNeverConfirmedQuery, ExpectedButNeverConfirmedQueryVariables>(`# Of which past editions is the number of signed projects only expected, and never confirmed?
query ExpectedButNeverConfirmed {
  editions(
    where: {
      status: { eq: HELD }
      signedProjects: {
        some: { stage: [SIGNED], scope: [EDITION], status: [EXPECTED] }
        none: { stage: [SIGNED], scope: [EDITION], status: [FINAL] }
      }
    }
  ) {
    nodes {
      name(locale: "en")
      signedProjectStatistics(where: { stage: [SIGNED], scope: [EDITION] }) {
        nodes {
          status
          asOfPeriod
          projects {
            text(locale: "en")
          }
          note(locale: "en")
          citations {
            source {
              publisher
              publishedOn
            }
          }
        }
      }
    }
  }
}`);

/** Which fairs are held in September 2025, on which days and where? */
export const FairsAtTheSameTimeDocument = /* #__PURE__ */ new TypedDocumentString<FairsAtTheSameTimeQuery, FairsAtTheSameTimeQueryVariables>(`# Which fairs are held in September 2025, on which days and where?
# It lists all that have a day in the span, in the order of their first days. Give the days of one fair as the span to
# see which others share them.
query FairsAtTheSameTime($span: DateSpan = { from: "2025-09-01", to: "2025-09-30" }) {
  editions(where: { overlaps: $span }, orderBy: [{ field: START_DATE, direction: ASC }], first: 100) {
    totalCount
    nodes {
      name
      dates
      startDate
      endDate
      status
      city {
        name
        country
      }
      convention {
        name
        acronym
        industries
      }
    }
  }
}`);

/** Which areas and themes are about intelligent manufacturing? Every word must be found, in whichever field and language */
export const FindAreasAndThemesDocument = /* #__PURE__ */ new TypedDocumentString<FindAreasAndThemesQuery, FindAreasAndThemesQueryVariables>(`# Which areas and themes are about intelligent manufacturing? Every word must be found, in whichever field and language
query FindAreasAndThemes {
  search(query: "intelligent manufacturing", types: [THEME, EXHIBITION_AREA], first: 100) {
    totalCount
    nodes {
      __typename
      ... on Theme {
        text(locale: "en")
        edition {
          year
        }
      }
      ... on ExhibitionArea {
        name(locale: "en")
        edition {
          year
        }
      }
    }
  }
}`);

/** What is there about 合肥 (Hefei)? Names of two characters are found, too */
export const FindHefeiDocument = /* #__PURE__ */ new TypedDocumentString<FindHefeiQuery, FindHefeiQueryVariables>(`# What is there about 合肥 (Hefei)? Names of two characters are found, too
query FindHefei {
  search(query: "合肥", first: 12) {
    totalCount
    edges {
      node {
        __typename
        ... on Convention {
          slug
        }
        ... on Edition {
          slug
        }
        ... on Speaker {
          slug
        }
        ... on Organization {
          slug
        }
        ... on Theme {
          text(locale: "en")
        }
        ... on ExhibitionArea {
          name(locale: "en")
        }
      }
      highlights {
        field
        locale
        fragments {
          text
          isMatch
        }
      }
    }
  }
}`);

/** Which sources are of the organiser or of government bodies? The newest five, with a reference ready to paste */
export const FirstHandSourcesDocument = /* #__PURE__ */ new TypedDocumentString<FirstHandSourcesQuery, FirstHandSourcesQueryVariables>(`# Which sources are of the organiser or of government bodies? The newest five, with a reference ready to paste
query FirstHandSources {
  sources(where: { kind: [GOVERNMENT, ORGANIZER] }, orderBy: [{ field: PUBLISHED_ON }], first: 5) {
    totalCount
    nodes {
      publishedOn
      publisher
      isRelay
      citation
    }
  }
}`);

/** Of which past editions is the venue or the last day still not known? The newest ten, with what else is missing */
export const GapsToFillDocument = /* #__PURE__ */ new TypedDocumentString<GapsToFillQuery, GapsToFillQueryVariables>(`# Of which past editions is the venue or the last day still not known? The newest ten, with what else is missing
# \`lacks\` takes any of the fields, and an edition matches when at least one of those named is not known. What else is
# missing has isKnown: false.
query GapsToFill {
  editions(
    where: { lacks: [VENUE, END_DATE], status: { eq: HELD } }
    orderBy: [{ field: YEAR, direction: DESC }, { field: START_DATE, direction: DESC }]
    first: 10
  ) {
    totalCount
    nodes {
      name(locale: "en")
      venue {
        name(locale: "en")
      }
      endDate
      coverage {
        known
        total
        lastCheckedOn
        fields {
          field
          isKnown
        }
      }
    }
  }
}`);

/** Where was a country a guest of honour, across all series? */
export const GuestOfHonourAtSeveralSeriesDocument = /* #__PURE__ */ new TypedDocumentString<GuestOfHonourAtSeveralSeriesQuery, GuestOfHonourAtSeveralSeriesQueryVariables>(`# Where was a country a guest of honour, across all series?
query GuestOfHonourAtSeveralSeries($country: String = "France") {
  editions(where: { guestOfHonour: { eq: $country } }, orderBy: [{ field: YEAR, direction: ASC }], first: 100) {
    totalCount
    nodes {
      name
      year
      convention {
        name
      }
      guestsOfHonour {
        participant {
          ... on Place {
            name
            kind
          }
          ... on Organization {
            name
          }
        }
        citations {
          source {
            title
            url
          }
          note
        }
      }
    }
  }
}`);

/** What was intended and what was sold on site at the import expo and at the Canton Fair? (Never add the two up.) */
export const IntendedAndOnSiteDealsDocument = /* #__PURE__ */ new TypedDocumentString<IntendedAndOnSiteDealsQuery, IntendedAndOnSiteDealsQueryVariables>(`# What was intended and what was sold on site at the import expo and at the Canton Fair? (Never add the two up.)
# No source read so far tells on-site sales of the import expo, only intended deals: its onSite is empty. The currencies
# differ and nothing is converted, so compare only what is of one currency.
query IntendedAndOnSiteDeals($fairs: [String!] = ["china-international-import-expo", "china-import-and-export-fair"]) {
  conventions(where: { slug: { in: $fairs } }, first: 5) {
    nodes {
      name
      alternateName
      intended: signedProjectStatistics(where: { stage: [INTENDED] }, first: 100) {
        nodes {
          stage
          scope
          status
          standing
          asOfPeriod
          editions {
            year
            ordinal
          }
          investment {
            amount
            currency
            bound
            text
          }
          conversions {
            text
          }
          note
          citations {
            source {
              title
              publisher
              url
            }
          }
        }
      }
      onSite: signedProjectStatistics(where: { stage: [ONSITE_SALES] }, first: 100) {
        nodes {
          stage
          scope
          status
          standing
          asOfPeriod
          editions {
            year
            ordinal
          }
          investment {
            amount
            currency
            bound
            text
          }
          conversions {
            text
          }
          note
          citations {
            source {
              title
              publisher
              url
            }
          }
        }
      }
    }
  }
}`);

/** Which editions signed the most, as far as the final number is known? A page of three; give its endCursor to $after for the next */
export const LargestSigningsDocument = /* #__PURE__ */ new TypedDocumentString<LargestSigningsQuery, LargestSigningsQueryVariables>(`# Which editions signed the most, as far as the final number is known? A page of three; give its endCursor to $after for the next
query LargestSignings($after: String) {
  editions(
    where: { signedProjects: { some: { stage: [SIGNED], scope: [EDITION], standing: [PREFERRED], status: [FINAL] } } }
    orderBy: [{ field: SIGNED_INVESTMENT, direction: DESC }, { field: YEAR, direction: DESC }]
    first: 3
    after: $after
  ) {
    totalCount
    nodes {
      year
      signedProjects {
        status
        projects {
          text(locale: "en")
        }
        investment {
          text(locale: "en")
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`);

/** Which editions are there, as a list shows them? With the filter, order, page and language of your choice */
export const ListedEditionsDocument = /* #__PURE__ */ new TypedDocumentString<ListedEditionsQuery, ListedEditionsQueryVariables>(`# Which editions are there, as a list shows them? With the filter, order, page and language of your choice
query ListedEditions(
  $where: EditionWhere
  $orderBy: [EditionOrder!]
  $first: Int
  $after: String
  $last: Int
  $before: String
  $locale: Locale
) {
  editions(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    nodes {
      slug
      name(locale: $locale)
      year
      dates(locale: $locale)
      startDate
      endDate
      status
      city {
        name(locale: $locale)
        kind
        country
        parent {
          name(locale: $locale)
          kind
        }
      }
      venue {
        name(locale: $locale)
      }
      convention {
        slug
        acronym
      }
      signedProjects {
        id
        status
        projects {
          text(locale: $locale)
        }
        investment {
          text(locale: $locale)
        }
      }
      links {
        page
        calendar
      }
    }
  }
}`);

/** How many editions are on, to come or over, in which years and countries, and of which conventions? */
export const OverviewOfEditionsDocument = /* #__PURE__ */ new TypedDocumentString<OverviewOfEditionsQuery, OverviewOfEditionsQueryVariables>(`# How many editions are on, to come or over, in which years and countries, and of which conventions?
query OverviewOfEditions($where: EditionWhere, $locale: Locale) {
  found: editions(where: $where) {
    totalCount
    facets(by: [STATUS]) {
      by
      buckets {
        value
        label(locale: $locale)
        count
      }
    }
  }
  all: editions {
    facets(by: [YEAR, COUNTRY]) {
      by
      buckets {
        value
        label(locale: $locale)
        count
      }
    }
  }
  conventions(first: 100, orderBy: [{ field: NAME }]) {
    totalCount
    nodes {
      slug
      name(locale: $locale)
      acronym
      editions {
        totalCount
      }
    }
  }
  service {
    dataUpdatedAt
    counts {
      conventions
      editions
      speakers
      signedProjectStatistics
      sources
    }
  }
}`);

/** What did imports add, change and remove last? */
export const RecentChangesDocument = /* #__PURE__ */ new TypedDocumentString<RecentChangesQuery, RecentChangesQueryVariables>(`# What did imports add, change and remove last?
query RecentChanges($first: Int = 50, $locale: Locale) {
  changes(first: $first) {
    nodes {
      id
      at
      kind
      type
      slug
      name(locale: $locale)
      summary(locale: $locale)
      edition {
        slug
        year
        dates(locale: $locale)
        startDate
        endDate
        status
        city {
          name(locale: $locale)
          kind
          country
          parent {
            name(locale: $locale)
            kind
          }
        }
        venue {
          name(locale: $locale)
        }
        dateClaims {
          standing
          status
        }
      }
      convention {
        slug
        description(locale: $locale)
      }
    }
  }
  service {
    dataVersion
    dataUpdatedAt
  }
}`);

/** Which series are also called otherwise, have been merged, or change their city? */
export const SeriesMergedAndRenamedDocument = /* #__PURE__ */ new TypedDocumentString<SeriesMergedAndRenamedQuery, SeriesMergedAndRenamedQueryVariables>(`# Which series are also called otherwise, have been merged, or change their city?
# No filter tells these from the others, so all are listed. Look at alternateNames, mergedInto and predecessors, and for
# more than one of cities.
query SeriesMergedAndRenamed {
  conventions(first: 100) {
    totalCount
    nodes {
      name
      alternateNames {
        text
        locale
      }
      acronym
      cadence
      schedule
      cities {
        name
        country
      }
      mergedInto {
        name
      }
      predecessors {
        name
      }
      note
      latestEdition {
        name
        dates
      }
      nextEdition {
        name
        dates
      }
    }
  }
}`);

/** Which series has a ministry hosted, organised or supported, and in which years? */
export const SeriesOfAnOrganizerDocument = /* #__PURE__ */ new TypedDocumentString<SeriesOfAnOrganizerQuery, SeriesOfAnOrganizerQueryVariables>(`# Which series has a ministry hosted, organised or supported, and in which years?
# The role of each tells which of these it was.
query SeriesOfAnOrganizer($organizer: String = "Ministry of Commerce") {
  conventions(where: { editions: { some: { organizer: { eq: $organizer } } } }) {
    totalCount
    nodes {
      name
      acronym
      cities {
        name
      }
      editions(where: { organizer: { eq: $organizer } }, first: 20) {
        nodes {
          year
          organizers {
            role
            participant {
              ... on Organization {
                name
              }
              ... on Place {
                name
              }
            }
            citations {
              source {
                title
                url
              }
            }
          }
        }
      }
    }
  }
}`);

/** What was signed altogether? One sum of what may be summed, beside the cumulative claims that sources print */
export const SignedAltogetherDocument = /* #__PURE__ */ new TypedDocumentString<SignedAltogetherQuery, SignedAltogetherQueryVariables>(`# What was signed altogether? One sum of what may be summed, beside the cumulative claims that sources print
query SignedAltogether {
  signedProjectTotals(input: {}) {
    total {
      projects
      investment
      editions
      editionsCounted
      isExact
      counted {
        editions {
          year
        }
        projects {
          text(locale: "en")
        }
        investment {
          text(locale: "en")
        }
      }
      excluded {
        reason
        claim {
          scope
          editions {
            year
          }
          projects {
            text(locale: "en")
          }
          investment {
            text(locale: "en")
          }
        }
      }
    }
  }
}`);

/** What was signed at each edition: the preferred claim about that edition alone, or null when there is none */
export const SignedByEditionDocument = /* #__PURE__ */ new TypedDocumentString<SignedByEditionQuery, SignedByEditionQueryVariables>(`# What was signed at each edition: the preferred claim about that edition alone, or null when there is none
query SignedByEdition {
  convention(slug: "world-manufacturing-convention") {
    name(locale: "en")
    editions(first: 100) {
      totalCount
      nodes {
        year
        signedProjects {
          status
          projects {
            text(locale: "en")
          }
          investment {
            text(locale: "en")
          }
          note(locale: "en")
        }
      }
    }
  }
}`);

/** What was signed year by year, as far as it may be summed up, and which claims were left out for which reason? */
export const SignedByYearDocument = /* #__PURE__ */ new TypedDocumentString<SignedByYearQuery, SignedByYearQueryVariables>(`# What was signed year by year, as far as it may be summed up, and which claims were left out for which reason?
query SignedByYear {
  signedProjectTotals(
    input: { groupBy: [YEAR], where: { convention: { slug: { eq: "world-manufacturing-convention" } } } }
  ) {
    groups {
      keys {
        value
      }
      projects
      investment
      changeInProjects
      changeInInvestment
      editionsCounted
      isExact
      excluded {
        reason
        claim {
          scope
          stage
          status
          projects {
            text(locale: "en")
          }
          investment {
            text(locale: "en")
          }
        }
      }
    }
  }
}`);

/** Where did a person take part, and with which title at the time? */
export const SpeakerPageDocument = /* #__PURE__ */ new TypedDocumentString<SpeakerPageQuery, SpeakerPageQueryVariables>(`# Where did a person take part, and with which title at the time?
query SpeakerPage($slug: String! = "jean-pierre-raffarin", $locale: Locale) {
  speaker(slug: $slug) {
    id
    slug
    name(locale: $locale)
    names {
      text
      locale
    }
    appearances(first: 100) {
      totalCount
      nodes {
        id
        kind
        title(locale: $locale)
        remarks(locale: $locale)
        affiliation {
          name(locale: $locale)
        }
        session {
          title(locale: $locale)
          date
        }
        edition {
          slug
          name(locale: $locale)
          year
          startDate
          endDate
          dates(locale: $locale)
          status
          venue {
            name(locale: $locale)
          }
          city {
            name(locale: $locale)
            kind
            country
            parent {
              name(locale: $locale)
              kind
            }
          }
          links {
            page
          }
        }
        citations {
          basis
          note(locale: $locale)
          source {
            slug
            title
            publisher
            publishedOn
            language
            url
          }
        }
      }
    }
  }
}`);

/** Who spoke, and with which title each time? $after goes on behind the last page */
export const SpeakersAndTheirTitlesDocument = /* #__PURE__ */ new TypedDocumentString<SpeakersAndTheirTitlesQuery, SpeakersAndTheirTitlesQueryVariables>(`# Who spoke, and with which title each time? $after goes on behind the last page
query SpeakersAndTheirTitles($first: Int = 20, $after: String) {
  speakers(first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      name(locale: "en")
      names {
        locale
        text
      }
      appearances {
        nodes {
          edition {
            year
          }
          kind
          title(locale: "en")
          affiliation {
            name(locale: "en")
          }
        }
      }
    }
  }
}`);

/** Who took part in several editions, and of which series? */
export const SpeakersOfSeveralEditionsDocument = /* #__PURE__ */ new TypedDocumentString<SpeakersOfSeveralEditionsQuery, SpeakersOfSeveralEditionsQueryVariables>(`# Who took part in several editions, and of which series?
# So far nobody in the data is known at two series, so it asks for those of several editions. For two series, ask for
# conventionCount: { gte: 2 }. Here no filter takes the kind of an appearance: those who ATTENDED or were QUOTED are
# counted and listed, too, though no speech of theirs is known.
query SpeakersOfSeveralEditions($where: SpeakerWhere = { editionCount: { gte: 2 } }) {
  speakers(where: $where, orderBy: [{ field: APPEARANCE_COUNT, direction: DESC }], first: 50) {
    totalCount
    nodes {
      name
      conventions {
        name
      }
      appearances(first: 50) {
        nodes {
          kind
          title
          edition {
            name
            year
          }
        }
      }
    }
  }
}`);

/** Which themes speak of intelligent manufacturing, in English or in Chinese (智造, 智能)? */
export const ThemesOnIntelligenceDocument = /* #__PURE__ */ new TypedDocumentString<ThemesOnIntelligenceQuery, ThemesOnIntelligenceQueryVariables>(`# Which themes speak of intelligent manufacturing, in English or in Chinese (智造, 智能)?
query ThemesOnIntelligence {
  themes(
    where: {
      or: [{ text: { contains: "intelligent" } }, { text: { contains: "智造" } }, { text: { contains: "智能" } }]
    }
    orderBy: [{ field: EDITION_START }]
  ) {
    nodes {
      text(locale: "en")
      chinese: text(locale: "zh-Hans")
      kind
      edition {
        year
      }
    }
  }
}`);

/** Of which editions does no source tell the last day? */
export const UnknownLastDayDocument = /* #__PURE__ */ new TypedDocumentString<UnknownLastDayQuery, UnknownLastDayQueryVariables>(`# Of which editions does no source tell the last day?
query UnknownLastDay {
  editions(where: { endDate: { isNull: true } }, orderBy: [{ field: YEAR, direction: ASC }]) {
    nodes {
      name(locale: "en")
      startDate
      endDate
      dates(locale: "en")
      dayCount
      status
    }
  }
}`);

/** Which exhibition areas were about vehicles, in whichever language they are named? */
export const VehiclesOnShowDocument = /* #__PURE__ */ new TypedDocumentString<VehiclesOnShowQuery, VehiclesOnShowQueryVariables>(`# Which exhibition areas were about vehicles, in whichever language they are named?
query VehiclesOnShow {
  exhibitionAreas(
    where: { or: [{ name: { contains: "vehicle" } }, { name: { contains: "汽车" } }] }
    orderBy: [{ field: EDITION_START, direction: DESC }, { field: NAME }]
  ) {
    nodes {
      name(locale: "en")
      names {
        text
        locale
        isOriginal
      }
      kind
      edition {
        year
      }
    }
  }
}`);

/** Which claims are about several editions together? 1,752 projects were reported at the fourth, about the first three */
export const What1752ProjectsAreDocument = /* #__PURE__ */ new TypedDocumentString<What1752ProjectsAreQuery, What1752ProjectsAreQueryVariables>(`# Which claims are about several editions together? 1,752 projects were reported at the fourth, about the first three
query What1752ProjectsAre {
  edition(slug: "world-manufacturing-convention-2021") {
    signedProjectStatistics(first: 100) {
      nodes {
        scope
        stage
        projects {
          text(locale: "en")
        }
        investment {
          text(locale: "en")
        }
        conversions {
          text(locale: "en")
        }
        share {
          text(locale: "en")
        }
        asOf
        reportedAt {
          year
        }
        editions {
          slug
        }
        citations {
          source {
            citation
            url
          }
        }
      }
    }
  }
}`);

/** What became of the projects signed in 2018? What sources tell of that edition alone, stage by stage */
export const WhatBecameOf2018Document = /* #__PURE__ */ new TypedDocumentString<WhatBecameOf2018Query, WhatBecameOf2018QueryVariables>(`# What became of the projects signed in 2018? What sources tell of that edition alone, stage by stage
query WhatBecameOf2018 {
  signedProjectStatistics(
    where: { scope: [EDITION], edition: { year: { eq: 2018 } }, standing: [PREFERRED] }
    orderBy: [{ field: AS_OF, direction: ASC, nulls: FIRST }, { field: PROJECTS }]
  ) {
    nodes {
      stage
      asOfPeriod
      projects {
        text(locale: "en")
      }
      investment {
        text(locale: "en")
      }
      citations {
        source {
          publisher
          publishedOn
        }
      }
    }
  }
}`);

/** What is on in Asia within a month? Set the days; these are September 2026 */
export const WhatIsOnDocument = /* #__PURE__ */ new TypedDocumentString<WhatIsOnQuery, WhatIsOnQueryVariables>(`# What is on in Asia within a month? Set the days; these are September 2026
query WhatIsOn($from: Date! = "2026-09-01", $to: Date! = "2026-09-30") {
  editions(
    where: {
      overlaps: { from: $from, to: $to }
      status: { notIn: [CANCELLED, POSTPONED] }
      country: { in: [
        "AE" "AF" "AM" "AZ" "BD" "BH" "BN" "BT" "CN" "CY" "GE" "HK" "ID"
        "IL" "IN" "IQ" "IR" "JO" "JP" "KG" "KH" "KP" "KR" "KW" "KZ" "LA"
        "LB" "LK" "MM" "MN" "MO" "MV" "MY" "NP" "OM" "PH" "PK" "PS" "QA"
        "SA" "SG" "SY" "TH" "TJ" "TL" "TM" "TR" "TW" "UZ" "VN" "YE"
      ] }
    }
    orderBy: [{ field: START_DATE, direction: ASC }]
  ) {
    totalCount
    nodes {
      name(locale: "en")
      dates(locale: "en")
      status
      city {
        name(locale: "en")
        country
      }
    }
  }
}`);

/** Who took part in more than one edition, and in which role and with which title each time? */
export const WhoCameAgainDocument = /* #__PURE__ */ new TypedDocumentString<WhoCameAgainQuery, WhoCameAgainQueryVariables>(`# Who took part in more than one edition, and in which role and with which title each time?
query WhoCameAgain {
  speakers(
    where: { editionCount: { gt: 1 } }
    orderBy: [{ field: APPEARANCE_COUNT, direction: DESC }, { field: NAME }]
  ) {
    totalCount
    nodes {
      name(locale: "en")
      appearances(orderBy: [{ field: EDITION_START }]) {
        totalCount
        nodes {
          edition {
            year
          }
          kind
          title(locale: "en")
        }
      }
    }
  }
}`);

/** Who gave a keynote, for whom, and at which edition? */
export const WhoGaveAKeynoteDocument = /* #__PURE__ */ new TypedDocumentString<WhoGaveAKeynoteQuery, WhoGaveAKeynoteQueryVariables>(`# Who gave a keynote, for whom, and at which edition?
query WhoGaveAKeynote {
  convention(slug: "world-manufacturing-convention") {
    editions(orderBy: [{ field: YEAR, direction: ASC }], first: 100) {
      nodes {
        year
        speakers(where: { kind: [KEYNOTE] }) {
          totalCount
          nodes {
            speaker {
              name(locale: "en")
            }
            title(locale: "en")
            affiliation {
              name(locale: "en")
            }
          }
        }
      }
    }
  }
}`);

/** Everything about one edition: programme, areas, speakers and what they said, figures, claims, context */
export const WholeEditionDocument = /* #__PURE__ */ new TypedDocumentString<WholeEditionQuery, WholeEditionQueryVariables>(`# Everything about one edition: programme, areas, speakers and what they said, figures, claims, context
query WholeEdition {
  edition(slug: "world-manufacturing-convention-2021") {
    name(locale: "en")
    names {
      locale
      text
      isOriginal
    }
    ordinal
    ordinalIsStated
    startDate
    endDate
    dayCount
    status
    attendanceMode
    city {
      name(locale: "en")
      parent {
        name(locale: "en")
      }
    }
    themes {
      kind
      texts {
        locale
        text
      }
    }
    sessions {
      kind
      title(locale: "en")
      date
    }
    exhibitionAreas {
      nodes {
        name(locale: "en")
        kind
        focus(locale: "en")
      }
    }
    speakers {
      totalCount
      nodes {
        speaker {
          name(locale: "en")
        }
        kind
        title(locale: "en")
        affiliation {
          name(locale: "en")
        }
        session {
          title(locale: "en")
        }
        remarks(locale: "en")
      }
    }
    organizers {
      role
      participant {
        ... on Organization {
          name(locale: "en")
        }
      }
    }
    guestsOfHonour {
      participant {
        ... on Place {
          name(locale: "en")
          kind
        }
      }
    }
    figures {
      metric
      label(locale: "en")
      quantity {
        text(locale: "en")
      }
      scope
      status
      standing
      citations {
        source {
          slug
        }
      }
    }
    signedProjectStatistics {
      nodes {
        stage
        scope
        status
        standing
        projects {
          text(locale: "en")
        }
        investment {
          text(locale: "en")
        }
        share {
          text(locale: "en")
        }
        slice {
          value(locale: "en")
        }
        editions {
          year
        }
        asOf
      }
    }
    indicators {
      name(locale: "en")
      period
      change {
        text(locale: "en")
      }
      differenceFromPrevious {
        text(locale: "en")
      }
    }
    notes {
      kind
      text(locale: "en")
    }
  }
}`);
