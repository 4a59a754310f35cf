// The verbs and where each is; a verb's code is loaded when it is asked for, so that `sendmail` starts as fast as
// the program it stands in for.
import { usages, type Run, type VerbName } from './usage'

const summaries: Record<VerbName, string> = {
  setup: 'makes this a mail server for a domain, and says what to publish in DNS',
  check: 'looks at DNS, doors, certificate, permissions, and for an open relay',
  serve: 'run the mail server',
  user: 'who has a mailbox here; passwords come from standard input',
  alias: 'other names that lead to people here',
  domain: 'domains whose mail is kept here',
  queue: 'what waits, why, and what to do about it',
  mailq: 'the queue, as Postfix lists it',
  sendmail: 'takes a message from standard input, as sendmail does',
  reindex: "makes a mailbox's database anew from its Maildir, with the same UIDs",
  export: 'writes what a Dovecot needs to serve the Maildir with the same UIDs and keywords',
  log: 'what went through, as pflogsumm tells',
  config: 'settings that differ from their defaults; --all shows every one',
}

export const verbs: Record<VerbName, () => Promise<Run>> = {
  setup: async () => (await import('./setup')).run,
  check: async () => (await import('./check')).run,
  serve: async () => (await import('./serve')).run,
  user: async () => (await import('./user')).run,
  alias: async () => (await import('./alias')).runAlias,
  domain: async () => (await import('./alias')).runDomain,
  queue: async () => (await import('./queue')).run,
  mailq: async () => (await import('./queue')).runMailq,
  sendmail: async () => (await import('./sendmail')).run,
  reindex: async () => (await import('./store')).runReindex,
  export: async () => (await import('./store')).runExport,
  log: async () => (await import('./log')).run,
  config: async () => (await import('./config')).run,
}

export const isVerb = (name: string): name is VerbName => Object.hasOwn(verbs, name)

export const usage = (): string => {
  const lines = Object.entries(usages).map(
    ([name, how]) => `  ${how.padEnd(58)} ${summaries[name as VerbName]}`,
  )
  return ['usage: posthorn-mail VERB', '', ...lines, ''].join('\n')
}
