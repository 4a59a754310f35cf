import type { ErrorCode } from '@/lib/model/errors'

/** What happened (`title`) and what to do about it (`advice`). Never a code alone. */
export interface ProblemWords {
  title: string
  advice: string
}

export const errors: Record<ErrorCode, ProblemWords> = {
  'signed-out': { title: 'You are signed out', advice: 'Sign in again to go on. Nothing was lost.' },
  'wrong-password': {
    title: 'Email address or password is not right',
    advice: 'Check both and try again.',
  },
  'too-many-tries': {
    title: 'Too many tries',
    advice: 'Signing in is held back for a short while. Wait a minute, then try again.',
  },
  'bad-request': { title: 'That could not be understood', advice: 'Reload the page and try again.' },
  'forged-request': {
    title: 'The request did not come from this page',
    advice: 'Reload the page and try again.',
  },
  'not-found': { title: 'Not found', advice: 'It may have been moved or deleted.' },
  'message-gone': {
    title: 'This message is no longer here',
    advice: 'It was moved or deleted, perhaps by another program.',
  },
  'mailbox-gone': { title: 'This folder no longer exists', advice: 'It was renamed or deleted.' },
  'mailbox-changed': {
    title: 'This folder has changed on the server',
    advice: 'It is being read again. Try once more.',
  },
  'folder-exists': {
    title: 'There is a folder of that name already',
    advice: 'Choose another name.',
  },
  'folder-name': {
    title: 'A folder cannot have that name',
    advice: 'Choose another name.',
  },
  'not-allowed': {
    title: 'You are not allowed to do that here',
    advice: 'Whoever shares this folder decides what may be done with it. Nothing was changed.',
  },
  'label-exists': { title: 'There is a label of that name already', advice: 'Choose another name.' },
  'label-name': {
    title: 'A label cannot have that name',
    advice: 'Mail servers keep only short names: try fewer or plainer letters.',
  },
  'labels-refused': {
    title: 'This mail server keeps no more labels in this folder',
    advice: 'Nothing was changed. Labels it knows already can still be used.',
  },
  'too-large': { title: 'That is too large', advice: 'The server does not take this much at once.' },
  'over-quota': {
    title: 'Your mailbox is full',
    advice: 'Delete something, empty Trash, and try again.',
  },
  'refused-by-server': {
    title: 'The mail server refused',
    advice: 'Nothing was changed.',
  },
  'server-unreachable': {
    title: 'The mail server cannot be reached',
    advice: 'It may be down or restarting. Nothing was changed; try again in a moment.',
  },
  'server-slow': {
    title: 'The mail server is taking too long',
    advice: 'Nothing was changed as far as we know; try again in a moment.',
  },
  'connection-lost': {
    title: 'No connection',
    advice: 'Check your network. What you see is kept and goes on when the connection is back.',
  },
  'no-expunge': {
    title: 'Marked as deleted, not removed',
    advice: 'This server cannot remove single messages without removing others too.',
  },
  'draft-changed': {
    title: 'This draft was changed elsewhere',
    advice: 'Choose in its window which version goes on. Both were kept.',
  },
  'already-sent': { title: 'Already sent', advice: 'It left before it could be stopped.' },
  'recipients-refused': {
    title: 'The server refused a recipient',
    advice: 'Your message is kept. Correct the address and send it again.',
  },
  'address-needs-utf8': {
    title: 'The mail server cannot send to letters beyond a to z before the @',
    advice: 'Ask for another address of the person, or take the address out.',
  },
  'sender-refused': {
    title: 'The server does not let you write from this address',
    advice: 'Your message is kept. Choose another sender under From, and send it again.',
  },
  'submission-refused': {
    title: 'Not sent: the server refused the message',
    advice: 'Your message is kept in Drafts.',
  },
  'submission-unreachable': {
    title: 'Not sent yet: the outgoing server cannot be reached',
    advice: 'Your message is kept and will be tried again.',
  },
  'password-refused': {
    title: 'The new password was not accepted',
    advice: 'Choose another one. The old one still holds.',
  },
  'password-unsure': {
    title: 'Nobody answered whether the password was changed',
    advice:
      'Sign in again with the new one; if that fails, the old one still holds. Nothing else was changed.',
  },
  'no-room': {
    title: 'The web server has no room left',
    advice:
      'Nothing was changed, and nothing that was kept is lost. Tell whoever runs it; what you write stays in this browser.',
  },
  'server-untrusted': {
    title: 'The mail server cannot be trusted',
    advice:
      'Its certificate has run out or is not its own, so no password was sent. Whoever runs it must renew it; nothing was changed.',
  },
  'too-busy': { title: 'The server is busy', advice: 'Try again in a moment.' },
  'too-many-requests': {
    title: 'That was more than one person may ask for at once',
    advice: 'Wait a minute, then try again. Nothing was lost.',
  },
  internal: {
    title: 'This did not work because of a fault in Posthorn',
    advice: 'Nothing was changed. The log on the server says more.',
  },
}
