// The languages of the interface. Each one's words are files of their own, loaded when it is spoken and never beside
// another's: those of the first page by speaker.tsx, those of what is opened later by `later`.

export const languages = {
  en: {
    name: 'English',
    direction: 'ltr',
    later: () => import('./en/later'),
  },
  de: {
    name: 'Deutsch',
    direction: 'ltr',
    later: () => import('./de/later'),
  },
  ja: {
    name: '日本語',
    direction: 'ltr',
    later: () => import('./ja/later'),
  },
  ar: {
    name: 'العربية',
    direction: 'rtl',
    later: () => import('./ar/later'),
  },
  /** English made long and marked, for finding what is not translated or not given room. No browser asks for it. */
  'en-xa': {
    name: 'Pseudo',
    direction: 'ltr',
    later: () => import('./pseudo/later'),
  },
} as const

export type Language = keyof typeof languages
/** What is offered. */
export const spoken = ['en', 'de', 'ja', 'ar'] as const satisfies readonly Language[]
export type Spoken = (typeof spoken)[number]

const isLanguage = (tag: string): tag is Language => Object.hasOwn(languages, tag)

const mostAsked = 20

/** The best of what a browser asks for (RFC 9110 section 12.5.4): `de-AT` is spoken to in `de`. */
export const languageOf = (acceptLanguage: string | null): Language => {
  const asked = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',', mostAsked)
    .map((part) => {
      const [tag = '', ...options] = part.trim().toLowerCase().split(';')
      const weight = options.map((one) => /^\s*q=([\d.]{1,5})\s*$/.exec(one)?.[1]).find(Boolean)
      return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  for (const { tag } of asked) {
    if (isLanguage(tag)) return tag
    const [base = ''] = tag.split('-')
    if (isLanguage(base)) return base
  }
  return 'en'
}

/** What was chosen in settings, else what the browser asks for. */
export const languageFor = (chosen: Spoken | 'system' | undefined, acceptLanguage: string | null): Language =>
  chosen && chosen !== 'system' ? chosen : languageOf(acceptLanguage)

/** For dates and numbers: the language that is spoken, in the way of the browser's own region where that fits. */
export const localeOf = (language: string, browser: string): string => {
  const [base = 'en'] = language.split('-')
  const own = browser.split('-')[0]?.toLowerCase() === base ? browser : base
  // Words and dates stand side by side, so that all figures are of one kind, whatever the region's are.
  return base === 'ar' ? `${own.split('-u-')[0] ?? own}-u-nu-latn` : own
}
