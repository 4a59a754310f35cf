// What a verb answers: a sentence for a person, or with --json the same facts for a program. What others wrote (replies of
// servers, addresses) is shown without what a terminal would obey.
export type Form = 'json' | 'table'

export const formOf = (args: readonly string[]): { form: Form; rest: string[] } => ({
  form: args.includes('--json') ? 'json' : 'table',
  rest: args.filter((arg) => arg !== '--json'),
})

/** Control characters but tab and line end, and those that turn the direction of writing (UAX 9). */
const obeyed = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`

export const say = (form: Form, facts: unknown, text: string): void =>
  void process.stdout.write(
    form === 'json'
      ? `${JSON.stringify(facts, null, 2).replace(obeyed, escaped)}\n`
      : text && `${text.replace(obeyed, '·')}\n`,
  )
