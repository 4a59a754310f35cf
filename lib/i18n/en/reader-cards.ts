// Words of the reader's cards: bounces, invitations, and who really sent a message.
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
  methods: { request: 'Invitation', cancel: 'Cancelled', reply: 'Answer', publish: 'Event' },
  organiser: (name: string) => `Organised by ${name}`,
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
  times: (count: number) => (count === 1 ? ', once' : `, ${count} times`),
  until: (date: string) => ` until ${date}`,
}

export const trust = {
  verified: 'Verified',
  verifiedWhy: (domain: string) => `Your mail server confirms that this was sent by ${domain}.`,
  pretends: (address: string) => `The sender calls itself ${address}, but that is not its address.`,
}

export const unsubscribe = {
  action: 'Unsubscribe',
  title: 'Unsubscribe from this list?',
  asks: (host: string) => `${host} is told to send you no more of these messages.`,
  close: 'Cancel',
  done: 'Unsubscribed',
  failed: 'The list did not accept it. Its messages may hold a link to unsubscribe.',
}
