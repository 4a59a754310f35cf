// What a verb answers: a sentence for a person, or with --json the same facts for a program.
export type Form = 'json' | 'table'

export const formOf = (args: readonly string[]): { form: Form; rest: string[] } => ({
  form: args.includes('--json') ? 'json' : 'table',
  rest: args.filter((arg) => arg !== '--json'),
})

export const say = (form: Form, facts: unknown, text: string): void =>
  void process.stdout.write(form === 'json' ? `${JSON.stringify(facts, null, 2)}\n` : text && `${text}\n`)
