// What `posthorn-mail VERB --help` says: every action and option of one verb. A test holds that each is there.
import { usages, type VerbName } from './usage'

const json = '  --json                          the same facts for a program'

const details: Record<VerbName, readonly string[]> = {
  setup: [
    '  --hostname NAME                 name of this server (default: mail.DOMAIN)',
    '  --user ADDRESS                  first user, who also reads postmaster; the password is a line of standard input',
    "  --name NAME                     that user's name",
    '  --certificate FILE --key FILE   PEM files of an authority; without them one of our own is made',
    '  --relay HOST[:PORT]             send everything through this host',
    '  --relay-user NAME               sign in there; the password is the next line of standard input',
    '  --listen ADDRESS                address of the doors (default: every address of this machine)',
    '  --address ADDRESS               public address, for the DNS records; may be given twice',
    json,
  ],
  check: ['  --dns SERVER                    ask this name server', json],
  serve: ['  SIGTERM finishes what is under way, SIGHUP reads the certificate again'],
  user: [
    '  add ADDRESS [NAME …]            the password is a line of standard input',
    '  list',
    '  passwd ADDRESS                  the password is a line of standard input',
    '  disable ADDRESS                 no more signing in; mail is still taken',
    '  enable ADDRESS',
    '  delete ADDRESS                  the mailbox stays on disk',
    '  quota ADDRESS [SIZE|none]       500M, 2G; without a size the one in force',
    '  grant ADDRESS SENDER            may also write as SENDER: an address, or @example.org',
    '  revoke ADDRESS SENDER',
    json,
  ],
  alias: [
    '  list',
    '  add ADDRESS TARGET [TARGET …]   @example.org stands for every address of a domain',
    '  remove ADDRESS [TARGET]',
    '  test ADDRESS                    where mail for it would go now, followed to the end',
    json,
  ],
  domain: ['  list', '  add NAME', '  remove NAME', json],
  queue: [
    '  list                            what waits, why, and for whom',
    '  show ID                         everything known of one message',
    '  flush [ID]                      try now',
    '  hold ID|all                     try no more',
    '  release ID|all                  try again',
    '  delete ID|all                   nobody is told',
    "  shape                           recipient domains by age in minutes, in qshape's columns",
    json,
  ],
  mailq: [json],
  sendmail: [
    '  -t                              recipients from To, Cc and Bcc',
    '  -i, -oi                         a line with a dot alone does not end the message',
    '  -f SENDER, -r SENDER            envelope sender; <> for none',
    '  -F NAME                         name of the sender, where the message has no From',
    '  other options of sendmail(8) are read and passed over',
    json,
  ],
  reindex: ['  the server must not be running', json],
  export: ['  --dovecot                       the server must not be running', json],
  log: [
    '  FILE …                          - is standard input; without one, what `npx posthorn start` keeps',
    '  --day DAY                       today, yesterday, or 2026-01-31',
    '  --top N                         rows of each table (default: 10)',
    json,
  ],
  config: ['  --all                           also what is at its default', json],
}

export const helpOn = (name: VerbName): string =>
  [`usage: posthorn-mail ${usages[name]}`, ...details[name], ''].join('\n')
