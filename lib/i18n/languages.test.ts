import { expect, test } from 'vitest'
import { languageOf, localeOf } from './languages'

test.each([
  [null, 'en'],
  ['', 'en'],
  ['de', 'de'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['fr-FR,fr;q=0.9,ja;q=0.5,en;q=0.4', 'ja'],
  ['en;q=0.3, ar-EG;q=0.7', 'ar'],
  ['de;q=0,ja', 'ja'],
  ['en-XA', 'en-xa'],
  ['en-GB', 'en'],
  ['toString,constructor', 'en'],
  [',;q=,;;q=9999999999'.repeat(100), 'en'],
])('%s is spoken to in %s', (accepted, language) => expect(languageOf(accepted)).toBe(language))

test.each([
  ['de', 'de-AT', 'de-AT'],
  ['de', 'en-GB', 'de'],
  ['en', 'en-GB', 'en-GB'],
  ['en-xa', 'en-XA', 'en-XA'],
  ['ar', 'ar-EG', 'ar-EG-u-nu-latn'],
  ['ar', 'en-US', 'ar-u-nu-latn'],
])('dates in %s for %s are of %s', (language, browser, locale) =>
  expect(localeOf(language, browser)).toBe(locale),
)
