// Words about who writes: the sender's card, and what makes one suspicious.
export const sender = {
  card: (name: string) => `About ${name}`,
  contact: 'In your contacts',
  collected: 'You have written to this address',
  blockedMark: 'Blocked',
  add: 'Add to contacts',
  added: (name: string) => `${name} is in your contacts`,
  remove: 'Remove from contacts',
  removed: (name: string) => `${name} was removed from your contacts`,
  write: 'Write a message',
  find: 'Find mail from this sender',
  copy: 'Copy address',
  copied: 'Address copied',
  images: 'Always show images',
  imagesStop: 'Stop showing images',
  imagesOn: (address: string) => `Images from ${address} are always shown`,
  imagesOff: (address: string) => `Images from ${address} are blocked`,
  block: 'Block sender',
  blocked: (address: string) => `Blocked. New mail from ${address} goes to Junk.`,
  blockedNote: (address: string) => `You blocked ${address}. Its new mail goes to Junk.`,
  unblock: 'Unblock sender',
  unblocked: (address: string) => `${address} is no longer blocked`,
}

export const trust = {
  verified: 'Verified',
  verifiedWhy: (domain: string) => `Your mail server confirms that this was sent by ${domain}.`,
  pretends: (address: string) => `The sender calls itself ${address}, but that is not its address.`,
  like: (domain: string, known: string) =>
    `This was sent from ${domain}, which looks like ${known} but is another domain.`,
  strange: (domain: string) =>
    `The sender’s address uses letters that look like others. It is really ${domain}.`,
  answersTo: (address: string) => `Answers go to ${address}, not to the sender.`,
  first: 'First message',
  firstWhy: 'Your inbox and archive hold no earlier mail from this address.',
}

export const link = {
  warning: (host: string, said: string) => `Leads to ${host}, not to ${said}`,
  title: (host: string) => `This link leads to ${host}`,
  asks: (said: string) => `Its text says ${said}. Open it only if you trust where it really goes:`,
  open: (host: string) => `Open ${host}`,
  stay: 'Stay here',
  close: 'Cancel',
}

export const receipt = {
  asks: 'The sender asks to be told that you read this.',
  asksFor: (addresses: string) => `You are asked to tell ${addresses} that you read this.`,
  send: 'Send receipt',
  refuse: 'Don’t send',
  sent: 'The receipt is sent',
  sentBySetting: (addresses: string) => `${addresses} is told that you read this, as you chose in settings.`,
  answering: 'Answer the sender’s wish for a receipt',
  label: 'Read receipt',
  outcomes: {
    read: (who: string) => `${who} has opened your message`,
    deleted: (who: string) => `${who} deleted your message without opening it`,
    refused: (who: string) => `${who} does not say whether your message was opened`,
    handled: (who: string) => `${who} has handled your message`,
  },
  subject: (subject: string) => `Your message: ${subject}`,
  meaning: 'It was shown on a screen. That it was read or understood, a receipt cannot tell.',
  // What the other side reads.
  mail: {
    subject: (subject: string) => `Read: ${subject || '(no subject)'}`,
    text: (who: string, subject: string) =>
      `Your message${subject ? ` “${subject}”` : ''} to ${who} was shown on a screen.\n\nThis does not say that it was read or understood.\n`,
  },
}
