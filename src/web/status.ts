import type { ClaimStatus, EditionStatus, Standing } from '../client/index.ts';

/** The languages that readers are spoken to in. */
export type Language = 'en' | 'zh-Hans';

/** Where an edition stands; nothing for one that was simply held. */
export const editionStatus: Record<Language, Record<Exclude<EditionStatus, 'HELD'>, string>> = {
  en: {
    UPCOMING: 'upcoming',
    RUNNING: 'running',
    POSTPONED: 'postponed',
    CANCELLED: 'cancelled',
    UNKNOWN: 'status not known',
  },
  'zh-Hans': {
    UPCOMING: '即将举办',
    RUNNING: '正在举办',
    POSTPONED: '已延期',
    CANCELLED: '已取消',
    UNKNOWN: '状态未知',
  },
};

/** What a number is that is not the result. */
export const claimStatus: Record<Language, Record<Exclude<ClaimStatus, 'FINAL'>, string>> = {
  en: { EXPECTED: 'expected', INTERIM: 'interim', TARGET: 'target' },
  'zh-Hans': { EXPECTED: '预期', INTERIM: '阶段性', TARGET: '目标' },
};

/** Where a claim stands that is not the one to show. */
export const claimStanding: Record<Language, Record<Exclude<Standing, 'PREFERRED'>, string>> = {
  en: { ALTERNATIVE: 'competing claim', DISPUTED: 'disputed', SUPERSEDED: 'superseded' },
  'zh-Hans': { ALTERNATIVE: '竞争数据', DISPUTED: '有争议', SUPERSEDED: '已被取代' },
};
