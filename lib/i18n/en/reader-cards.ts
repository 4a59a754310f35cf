// Words of the reader's cards: bounces, invitations, mailing lists.
const retry = 'You can send it again later.'

export const bounce = {
  label: 'Delivery report',
  failed: 'Your message was not delivered',
  delayed: 'Your message has not arrived yet',
  subject: (subject: string) => `Your message: ${subject}`,
  details: 'Details',
  waiting: 'The server keeps trying; you need not send it again.',
  reasons: {
    'no-such-address': {
      why: 'This address does not exist there.',
      advice: 'Check the spelling and send it again.',
    },
    'mailbox-full': { why: 'The mailbox is full.', advice: retry },
    'mailbox-closed': { why: 'The mailbox does not take mail.', advice: 'Ask for another address.' },
    'too-large': {
      why: 'The message is too large for this mailbox.',
      advice: 'Send it with smaller attachments.',
    },
    unreachable: { why: 'The server of this address could not be reached.', advice: retry },
    content: {
      why: 'The other server could not handle the message as it was written.',
      advice: 'Send it again as plain text or without attachments.',
    },
    policy: {
      why: 'The other server refused the message by its rules.',
      advice: 'Its own answer is in the details; who runs your mail server can help.',
    },
    unknown: { why: 'The other server gave no clear reason.', advice: 'Its own answer is in the details.' },
  },
}

const everyN = (unit: string) => (interval: number) =>
  interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`

export const invitation = {
  label: 'Invitation',
  noTitle: '(no title)',
  methods: {
    request: 'Invitation',
    cancel: 'Cancelled',
    reply: 'Answer',
    counter: 'Another time proposed',
    declinecounter: 'Your proposal was not taken up',
    publish: 'Event',
  },
  organiser: (name: string) => `Organised by ${name}`,
  invitedAs: (address: string) => `You are invited as ${address}`,
  answers: {
    accepted: (name: string) => `${name} accepts`,
    tentative: (name: string) => `${name} may come`,
    declined: (name: string) => `${name} declines`,
    other: (name: string) => `${name} has not decided`,
  },
  download: 'Download .ics',
  repeats: 'repeats',
  every: { day: everyN('day'), week: everyN('week'), month: everyN('month'), year: everyN('year') },
  onDays: (days: string) => ` on ${days}`,
  onWorkdays: ' from Monday to Friday',
  onThe: (which: string, day: string) => ` on the ${which} ${day}`,
  ordinals: { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', [-1]: 'last' } as Record<number, string>,
  accept: 'Accept',
  maybe: 'Maybe',
  decline: 'Decline',
  yourAnswer: 'Your answer',
  said: {
    accepted: 'You accepted',
    tentative: 'You said maybe',
    declined: 'You declined',
    none: '',
  },
  sent: { accepted: 'Accepted', tentative: 'Answered: maybe', declined: 'Declined' },
  sentTo: (what: string, organiser: string) => `${what}. ${organiser} is told.`,
  answering: 'Answer the invitation',
  newer: {
    request: 'A later message changes this invitation.',
    cancel: 'A later message cancels this event.',
  },
  showNewer: 'Open it',
  // What the organiser reads who has no calendar: the subject and the text of the answer.
  mail: {
    subject: {
      accepted: (title: string) => `Accepted: ${title}`,
      tentative: (title: string) => `Maybe: ${title}`,
      declined: (title: string) => `Declined: ${title}`,
    },
    text: {
      accepted: (name: string, title: string) => `${name} accepts the invitation “${title}”.`,
      tentative: (name: string, title: string) => `${name} may come to “${title}”.`,
      declined: (name: string, title: string) => `${name} declines the invitation “${title}”.`,
    },
  },
  times: (count: number) => (count === 1 ? ', once' : `, ${count} times`),
  until: (date: string) => ` until ${date}`,
}

export const protection = {
  kinds: { openpgp: 'OpenPGP', smime: 'S/MIME' },
  signed: (kind: string) => `Signed with ${kind}. The signature is not checked here.`,
  encrypted: (kind: string) => `Encrypted with ${kind}. It cannot be read here yet.`,
}

export const unsubscribe = {
  action: 'Unsubscribe',
  title: 'Unsubscribe from this list?',
  asks: (host: string) => `${host} is told to send you no more of these messages.`,
  close: 'Cancel',
  done: 'Unsubscribed',
  failed: 'The list did not accept it. Its messages may hold a link to unsubscribe.',
}
