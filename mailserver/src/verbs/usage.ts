// What each verb takes; apart from the table of verbs, so that a verb can say it without knowing the others.
export type Run = (args: string[]) => Promise<void>

export const usages = {
  setup: 'setup DOMAIN [--hostname NAME] [--user ADDRESS] …',
  check: 'check [--dns SERVER] [--json]',
  serve: 'serve',
  user: 'user add|list|passwd|disable|enable|delete|quota|grant|revoke ADDRESS …',
  alias: 'alias list|add|remove|test ADDRESS [TARGET …]',
  domain: 'domain list|add|remove [NAME]',
  queue: 'queue list|show|flush|hold|release|delete|shape [ID|all]',
  mailq: 'mailq',
  sendmail: 'sendmail [-t] [-i] [-f SENDER] [TO …]',
  reindex: 'reindex ADDRESS',
  export: 'export --dovecot ADDRESS',
  log: 'log summary [FILE …] [--day DAY] [--top N] [--json]',
  config: 'config [--all] [--json]',
} as const

export type VerbName = keyof typeof usages
