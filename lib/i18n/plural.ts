/** The forms of a word by CLDR's categories; `#` stands for the number. What a language does not tell apart is left out. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

const known = new Map<string, ReturnType<typeof made>>()

/** How a language counts. Making it costs more than using it a thousand times. */
export const counting = (locale: string): ReturnType<typeof made> => {
  const counts = known.get(locale) ?? made(locale)
  known.set(locale, counts)
  return counts
}

const made = (locale: string) => {
  const rules = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  const number = (value: number): string => numbers.format(value)
  return {
    number,
    many: (count: number, forms: Forms): string =>
      (forms[rules.select(count)] ?? forms.other).replace('#', number(count)),
  }
}
