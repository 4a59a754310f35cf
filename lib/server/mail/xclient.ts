import 'server-only'
import { isIP } from 'node:net'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'

// XCLIENT (Postfix's XCLIENT_README): a server that was told to believe us hears from where the person came, so that its log
// and its limits know them and not the web app. It offers this only to the addresses its administrator named
// (`smtpd_authorized_xclient_hosts`, our own mail server's `xclient_hosts`); nobody else is told.

/** The library's door to commands of one's own: as a way to sign in, which this is not. */
const NAME = 'XCLIENT'

type Handler = NonNullable<ConstructorParameters<typeof SMTPConnection>[0]>['customAuth']

/** The attribute, as the protocol writes it. */
const written = (client: string): string | null => {
  const version = isIP(client)
  // A zone names a card of this machine, which is nothing to a server elsewhere.
  if (version === 0 || client.includes('%')) return null
  return version === 6 ? `IPV6:${client}` : client
}

/** For the options of the connection on which `tellClient` may be called. */
export const clientTelling = (hello: string): Handler => ({
  [NAME]: async ({ auth, sendCommand }) => {
    const { status } = await sendCommand(`XCLIENT ADDR=${auth.credentials.user}`)
    // Accepted, the session begins anew, and so does what the server offers.
    if (status === 220) await sendCommand(`EHLO ${hello}`)
  },
})

/** When the server offers it; a refusal is its right, and no reason not to send. */
export const tellClient = (connection: SMTPConnection, client: string | undefined): Promise<void> => {
  const address = client && written(client)
  const offered = String(connection.lastServerResponse || '')
  if (!address || !/^250[ -]XCLIENT\b.*\bADDR\b/im.test(offered)) return Promise.resolve()
  return new Promise((done, failed) =>
    connection.login({ method: NAME, user: address, pass: '' }, (error) => (error ? failed(error) : done())),
  )
}
