// Will other programs accept the certificate: its name, its days, who signed it?
import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { certificateFiles } from '../../core/tls'
import type { Finding, Inspected } from './finding'

const area = 'certificate'
const day = 86_400_000
const soon = 14

/** PEM files hold the chain behind the certificate itself. */
const chainOf = (pem: string): X509Certificate[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map(
    (each) => new X509Certificate(each),
  )

const isTrusted = (chain: readonly X509Certificate[]): boolean => {
  const last = chain.at(-1)
  const links = chain.every((each, at) => at === chain.length - 1 || each.checkIssued(chain[at + 1] ?? each))
  if (!last || !links) return false
  return rootCertificates.some((pem) => {
    const root = new X509Certificate(pem)
    return last.issuer === root.subject && last.verify(root.publicKey)
  })
}

const daysOf = (own: X509Certificate, now: Date): Finding => {
  const left = Math.floor((Date.parse(own.validTo) - now.getTime()) / day)
  const until = new Date(own.validTo).toISOString().slice(0, 10)
  const mend = 'renew it; the new files are taken up within a minute'
  if (left < 0) return { area, state: 'wrong', says: `the certificate ended on ${until}`, mend }
  if (left < soon)
    return { area, state: 'warning', says: `the certificate ends on ${until}, in ${left} days`, mend }
  return { area, state: 'ok', says: `the certificate is valid until ${until}` }
}

export const inspectCertificate = async ({ config, now }: Inspected): Promise<Finding[]> => {
  const { cert } = certificateFiles(config)
  if (!existsSync(cert) && !config.tls_certificate)
    return [{ area, state: 'unknown', says: 'there is no certificate yet: the first start makes one' }]
  const chain = chainOf(readFileSync(cert, 'utf8'))
  const [own] = chain
  if (!own)
    return [{ area, state: 'wrong', says: `${cert} holds no certificate`, mend: 'see tls_certificate' }]
  const named = own.checkHost(config.mail_hostname) !== undefined
  return [
    daysOf(own, now),
    named
      ? { area, state: 'ok', says: `the certificate names ${config.mail_hostname}` }
      : {
          area,
          state: 'wrong',
          says: `the certificate does not name ${config.mail_hostname}, but ${own.subjectAltName ?? own.subject}`,
          mend: 'get one for the name of this server, or correct mail_hostname',
        },
    isTrusted(chain)
      ? { area, state: 'ok', says: 'the certificate is signed by an authority that everybody knows' }
      : {
          area,
          state: 'warning',
          says: 'the certificate is signed by nobody that mail programs know; people will be warned',
          mend: 'set tls_certificate and tls_key to files of an authority, such as those certbot keeps',
        },
  ]
}
