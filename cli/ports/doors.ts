/** The doors of a start, their standard ports, and the key that moves each. */
export const doors = {
  smtp: { port: 25, key: 'smtp_port', says: 'SMTP, mail from other servers' },
  submission: { port: 587, key: 'submission_port', says: 'Submission, STARTTLS' },
  smtps: { port: 465, key: 'smtps_port', says: 'Submission, TLS' },
  imap: { port: 143, key: 'imap_port', says: 'IMAP, STARTTLS' },
  imaps: { port: 993, key: 'imaps_port', says: 'IMAP, TLS' },
  pop3: { port: 110, key: 'pop3_port', says: 'POP3, STARTTLS' },
  pop3s: { port: 995, key: 'pop3s_port', says: 'POP3, TLS' },
} as const

export type Door = keyof typeof doors
export const doorNames = Object.keys(doors) as Door[]
export type Ports = Record<Door, number | 'off'>

export const environmentName = (key: string) => `POSTHORN_${key.toUpperCase()}`
