/** The language that a text of the data is in, by its script. */
export function languageOf(text: string): 'en' | 'ja' | 'zh-Hans' {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja';
  return /\p{Script=Han}/u.test(text) ? 'zh-Hans' : 'en';
}
