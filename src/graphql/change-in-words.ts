import type { Part } from './change.ts';
import type { ChangeKind, Word } from './enums.ts';
import type { FORMAT_LOCALES } from './text.ts';

type Kind = Word<typeof ChangeKind>;
type Language = (typeof FORMAT_LOCALES)[number];

/** The records that lie beneath an edition: one, several, and as they are counted in Chinese. */
const TYPES: Record<string, readonly [one: string, several: string, inChinese: string]> = {
  Theme: ['theme', 'themes', '个主题'],
  ExhibitionArea: ['exhibition area', 'exhibition areas', '个展区'],
  Session: ['part of the programme', 'parts of the programme', '项日程'],
  Appearance: ['appearance of a speaker', 'appearances of speakers', '条嘉宾记录'],
  Participation: ['organiser or guest of honour', 'organisers or guests of honour', '个主办或主宾单位'],
  Figure: ['figure', 'figures', '项数据'],
  EconomicIndicator: ['economic figure', 'economic figures', '项经济数据'],
  SignedProjectStatistic: ['claim about what was signed', 'claims about what was signed', '条签约数据'],
  DateClaim: ['claim about the dates', 'claims about the dates', '条日期说法'],
  EditionNote: ['note', 'notes', '条附注'],
};
const RECORD = ['record', 'records', '条记录'] as const;

/** The keys of the data files, as people call what they hold. */
const FIELDS: Record<string, readonly [english: string, chinese: string]> = {
  acronym: ['acronym', '简称'],
  affiliation: ['affiliation', '所属单位'],
  alternateName: ['other names', '别名'],
  asOf: ['as-of date', '截止日期'],
  attendanceMode: ['way of taking part', '参加方式'],
  basis: ['basis', '比较基准'],
  bound: ['bound', '界限'],
  cadence: ['cadence', '周期'],
  change: ['change', '变动'],
  citations: ['sources', '来源'],
  city: ['city', '城市'],
  convention: ['convention', '所属展会'],
  conversions: ['conversions', '折算'],
  date: ['day', '日期'],
  dayCount: ['number of days', '天数'],
  description: ['description', '简介'],
  differenceFromPrevious: ['difference from the period before', '比上期'],
  editions: ['editions', '所指届次'],
  endDate: ['last day', '结束日期'],
  eventStatus: ['postponed or cancelled', '延期或取消'],
  focus: ['focus', '重点'],
  furtherPlaces: ['further places', '其他地点'],
  industries: ['industries', '行业'],
  investment: ['investment', '投资'],
  kind: ['kind', '类别'],
  label: ['label', '标签'],
  mergedInto: ['merged into', '并入'],
  metric: ['metric', '指标'],
  name: ['name', '名称'],
  note: ['note', '附注'],
  ordinal: ['number in the series', '届次'],
  ordinalIsStated: ['whether its number is stated', '届次是否写明'],
  period: ['period', '时期'],
  place: ['place', '地点'],
  position: ['order', '顺序'],
  projects: ['projects', '项目数'],
  remarks: ['remarks', '讲话内容'],
  reportedAt: ['edition that reported it', '公布届次'],
  role: ['role', '身份'],
  sameAs: ['pages elsewhere', '其他网页'],
  schedule: ['schedule', '时间安排'],
  scope: ['scope', '口径'],
  session: ['session', '场次'],
  share: ['share', '占比'],
  size: ['size', '面积'],
  slice: ['part that it is about', '所指部分'],
  slug: ['slug', '标识'],
  spaceBasis: ['basis of the space', '面积口径'],
  speaker: ['speaker', '嘉宾'],
  stage: ['stage', '阶段'],
  standing: ['standing', '采信'],
  startDate: ['first day', '开始日期'],
  status: ['status', '状态'],
  subVenues: ['further venues', '其他场馆'],
  text: ['text', '内容'],
  timeZone: ['time zone', '时区'],
  title: ['title', '标题或职务'],
  unit: ['unit', '单位'],
  value: ['value', '数值'],
  venue: ['venue', '场馆'],
  websiteUrl: ['own site', '官方网站'],
  year: ['year', '年份'],
};

const WHOLE: Record<Language, Record<Exclude<Kind, 'CHANGED'>, string>> = {
  en: { ADDED: 'added to the data', REMOVED: 'removed from the data' },
  'zh-Hans': { ADDED: '新增至数据', REMOVED: '已从数据中移除' },
};

const VERBS: Record<Kind, readonly [english: string, chinese: string]> = {
  ADDED: ['added', '新增'],
  CHANGED: ['changed', '更改'],
  REMOVED: ['removed', '移除'],
};

/**
 * @param change as it is kept
 * @returns what happened, without a capital and a full stop: first what is new, then what changed, then what went
 */
export function changeInWords(
  change: { kind: Kind; fields: readonly string[]; parts: readonly Part[]; partsLeftOut: number },
  language: Language,
): string {
  const { kind, fields, parts, partsLeftOut } = change;
  if (kind !== 'CHANGED') return WHOLE[language][kind];
  const said = new Map<string, { kind: Kind; type: string; count: number; fields: Set<string> }>();
  for (const [type, , what, keys] of parts) {
    const key = `${what} ${type}`;
    const group = said.get(key) ?? { kind: what, type, count: 0, fields: new Set() };
    group.count += 1;
    for (const field of keys) group.fields.add(field);
    said.set(key, group);
  }
  const own = fields.length > 0 ? [sayFields(fields, language)] : [];
  const groups = (['ADDED', 'CHANGED', 'REMOVED'] as const).flatMap((what) =>
    [...said.values()].filter((group) => group.kind === what).map((group) => sayGroup(group, language)),
  );
  const more = partsLeftOut > 0 ? [sayMore(partsLeftOut, language)] : [];
  return [...own, ...groups, ...more].join(language === 'en' ? '; ' : '；');
}

function sayFields(fields: readonly string[], language: Language): string {
  const names = namesOf(fields, language);
  return language === 'en' ? `${names} changed` : `更改${names}`;
}

function sayGroup(
  { kind, type, count, fields }: { kind: Kind; type: string; count: number; fields: ReadonlySet<string> },
  language: Language,
): string {
  const [one, several, inChinese] = TYPES[type] ?? RECORD;
  const [verb, verbInChinese] = VERBS[kind];
  const names = namesOf([...fields], language);
  if (language === 'en') return `${count} ${count === 1 ? one : several} ${verb}${names && ` (${names})`}`;
  return `${verbInChinese}${count}${inChinese}${names && `（${names}）`}`;
}

function sayMore(count: number, language: Language): string {
  return language === 'en' ? `${count} more ${count === 1 ? 'record' : 'records'}` : `另有${count}条记录`;
}

/** A key that is not known here stays as it is. */
function namesOf(fields: readonly string[], language: Language): string {
  const names = fields.toSorted().map((field) => FIELDS[field]?.[language === 'en' ? 0 : 1] ?? field);
  return names.join(language === 'en' ? ', ' : '、');
}
