import { describe, expect, it } from 'vitest'
import { parseAddresses } from './parse'
import { problemOf } from './problem'

const shown = (text: string) =>
  parseAddresses(text).map(({ name, address }) => (name ? `${name}|${address}` : address))

describe('parseAddresses reads what people paste', () => {
  it.each([
    ['one address', 'a@x.org', ['a@x.org']],
    ['name and address', 'Ann Lee <a@x.org>', ['Ann Lee|a@x.org']],
    ['commas', 'a@x.org, b@x.org,c@x.org', ['a@x.org', 'b@x.org', 'c@x.org']],
    ['Outlook semicolons', 'Ann <a@x.org>; Bo <b@x.org>', ['Ann|a@x.org', 'Bo|b@x.org']],
    ['quoted comma', '"Lee, Ann" <a@x.org>, b@x.org', ['Lee, Ann|a@x.org', 'b@x.org']],
    ['unquoted comma', 'Lee, Ann <a@x.org>, b@x.org', ['Lee, Ann|a@x.org', 'b@x.org']],
    [
      'two unquoted commas',
      'Lee, Ann <a@x.org>, Veiga, Tomás <t@x.org>',
      ['Lee, Ann|a@x.org', 'Veiga, Tomás|t@x.org'],
    ],
    ['one a line', 'a@x.org\nb@x.org\r\nc@x.org\n', ['a@x.org', 'b@x.org', 'c@x.org']],
    ['spaces only', 'a@x.org b@x.org', ['a@x.org', 'b@x.org']],
    ['spreadsheet columns', 'Ann Lee\ta@x.org\nBo\tb@x.org', ['Ann Lee|a@x.org', 'Bo|b@x.org']],
    ['columns reversed', 'a@x.org\tAnn Lee', ['Ann Lee|a@x.org']],
    ['comment as name', 'a@x.org (Ann Lee)', ['Ann Lee|a@x.org']],
    ['comment behind angle', '<a@x.org> (Ann Lee)', ['Ann Lee|a@x.org']],
    ['bare angle', '<a@x.org>', ['a@x.org']],
    ['single quotes', "'Ann Lee' <a@x.org>", ['Ann Lee|a@x.org']],
    ['escaped quote', '"Ann \\"The\\" Lee" <a@x.org>', ['Ann "The" Lee|a@x.org']],
    ['mailto link', 'mailto:a@x.org', ['a@x.org']],
    ['mailto in angle', 'Ann <mailto:a@x.org>', ['Ann|a@x.org']],
    ['group', 'Team: a@x.org, Bo <b@x.org>;', ['a@x.org', 'Bo|b@x.org']],
    ['empty group', 'undisclosed-recipients:;', []],
    ['group then more', 'Team: a@x.org; c@x.org', ['a@x.org', 'c@x.org']],
    ['same person twice', 'a@x.org, Ann <A@X.org>', ['Ann|a@x.org']],
    ['stray separators', ' ,;a@x.org,, ;', ['a@x.org']],
    ['full stop of a sentence', 'a@x.org.', ['a@x.org']],
    ['IDN and accents', 'Žofie <žofie@příklad.cz>', ['Žofie|žofie@příklad.cz']],
    ['CJK commas', 'a@x.org、b@x.org，c@x.org', ['a@x.org', 'b@x.org', 'c@x.org']],
    ['incomplete is kept', 'hana@ostrava', ['hana@ostrava']],
    ['words are kept', 'pri', ['pri']],
    ['lone quote', '"Ann <a@x.org>\nb@x.org', ['"Ann|a@x.org', 'b@x.org']],
    ['lone angle', 'Ann <a@x.org\nb@x.org', ['Ann|a@x.org', 'b@x.org']],
    ['quoted local part', '"odd one"@x.org', ['"odd one"@x.org']],
    ['nothing', ' \n ', []],
    ['header folding', '"Ann\n Lee" <a@x.org>', ['Ann Lee|a@x.org']],
    ['name with an address in it', 'boss@bank.example <evil@x.org>', ['boss@bank.example|evil@x.org']],
    ['zero width and bidi signs', '\u202ea@x.org\u200b', ['a@x.org']],
    ['line breaks never stay in a name', 'Ann\rBcc: z@x.org <a@x.org>', ['Ann', 'z@x.org|a@x.org']],
  ])('%s', (_, text, expected) => {
    expect(shown(text)).toEqual(expected)
  })

  it('stays linear on hostile input', () => {
    const started = process.cpuUsage()
    for (const char of ['"', '<', '(', ',', '@', '\\', ' ', 'a:']) parseAddresses(char.repeat(200_000))
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000)
  })

  it('reads a thousand at once', () => {
    const many = Array.from({ length: 1000 }, (_, i) => `Person ${i} <p${i}@x.org>`).join(', ')
    expect(parseAddresses(many)).toHaveLength(1000)
  })
})

describe('problemOf names what is wrong', () => {
  it.each([
    ['a@x.org', null],
    ['žofie@příklad.cz', null],
    ['pri', 'no-at'],
    ['@x.org', 'no-local-part'],
    ['a@', 'no-domain'],
    ['hana@ostrava', 'incomplete-domain'],
    ['a@x..org', 'incomplete-domain'],
    ['a@.org', 'incomplete-domain'],
    ['a b@x.org', 'odd-character'],
    [`${'a'.repeat(70)}@x.org`, 'too-long'],
  ] as const)('%s', (address, problem) => {
    expect(problemOf({ name: '', address })).toBe(problem)
  })
})
