import { serveVerb } from './serve'
import { userVerb } from './user'

export interface Verb {
  summary: string
  usage: string
  run(args: string[]): Promise<void>
}

export const verbs: Record<string, Verb> = { serve: serveVerb, user: userVerb }

export const usage = (): string =>
  [
    'usage: posthorn-mail <verb>',
    '',
    ...Object.values(verbs).map(({ usage: how, summary }) => `  ${how.padEnd(52)} ${summary}`),
    '',
  ].join('\n')
