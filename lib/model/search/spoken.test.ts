// Every language's words are those of its catalogue: what is not understood here is missing there.
import { describe, expect, it } from 'vitest'
import { languages, type Spoken } from '@/lib/i18n/languages'
import { parseSearch } from './parse'
import { inEnglish, translator, wordList } from './spoken'

const cases: Record<Spoken, [typed: string, written: string][]> = {
  en: [
    ['is:new older_than:3 weeks tea', 'is:unread older_than:3w tea'],
    ['newer_than:day has:files', 'newer_than:1d has:attachment'],
    ['is:unread', 'is:unread'],
  ],
  de: [
    ['tee is:ungelesen', 'tee is:unread'],
    ['-IS:Gelesen', '-is:read'],
    ['is:"nicht gelesen" OR is:nicht_gelesen', 'is:unread OR is:unread'],
    ['is:nicht gelesen tee', 'is:unread tee'],
    ['(has:Anhänge older_than:2Wochen)', '(has:attachment older_than:2w)'],
    ['older_than:3 Monate newer_than:jahr', 'older_than:3m newer_than:1y'],
    ['has:anhange', 'has:attachment'],
    ['is:unread has:attachment older_than:2w', 'is:unread has:attachment older_than:2w'],
    ['from:neu subject:gelesen neu', 'from:neu subject:gelesen neu'],
    ['is:lila', 'is:lila'],
    ['is:"ungelesen', 'is:"ungelesen'],
    ['larger:5M in:Kunden', 'larger:5M in:Kunden'],
  ],
  ja: [
    ['is:未読 会議', 'is:unread 会議'],
    ['is：既読', 'is:read'],
    ['has:添付ファイル', 'has:attachment'],
    ['older_than:２週間', 'older_than:2w'],
    ['newer_than:3ヶ月 newer_than:3か月', 'newer_than:3m newer_than:3m'],
    ['older_than:10日', 'older_than:10d'],
  ],
  ar: [
    ['is:"غير مقروءة"', 'is:unread'],
    ['is:غير مقروءة الحديقة', 'is:unread الحديقة'],
    ['has:مرفقات', 'has:attachment'],
    ['older_than:أسبوعين', 'older_than:2w'],
    ['older_than:اسبوعين', 'older_than:2w'],
    ['newer_than:٣ أيام', 'newer_than:3d'],
    ['newer_than:سنة', 'newer_than:1y'],
  ],
}

describe.each(Object.keys(cases) as Spoken[])('in %s', async (language) => {
  const { finding } = (await languages[language].later()).later
  const { values, states } = finding
  const is = Object.fromEntries(
    Object.entries(values.is).map(([state, words]) => [
      state,
      [states[state as keyof typeof states], ...words],
    ]),
  )
  const translate = translator({ ...values, is }, wordList([['inbox', ['Posteingang']]]))

  it.each(cases[language])('%s is kept as %s', (typed, written) => {
    expect(inEnglish(typed, translate)).toBe(written)
    // What is kept means the same once more.
    expect(inEnglish(written, translate)).toBe(written)
  })

  it('no word stands for two things, and each is understood', () => {
    for (const [english, words] of Object.entries(is))
      for (const word of words) expect(translate('is', word), word).toBe(english)
    for (const word of values.has) expect(translate('has', word), word).toBe('attachment')
    for (const [english, words] of values.ages)
      for (const word of words) expect(translate('older_than', word), word).toBe(english)
    const kept = [
      ...Object.keys(is).map((one) => `is:${one}`),
      ...values.ages.map(([one]) => `newer_than:${one}`),
    ]
    for (const search of kept) expect(parseSearch(search).ok, search).toBe(true)
  })

  it('folders are known by what they are called', () => {
    expect(inEnglish('in:posteingang tee', translate)).toBe('in:inbox tee')
  })
})
