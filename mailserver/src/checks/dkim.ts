// Signs what this site sends (RFC 6376) with a key made at first start; `setup` and `check` print the record.
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Config } from '../core/config'
import type { Log } from '../core/log'
import { canonical } from '../directory/addresses'
import type { QueuedMessage } from '../queue/model'

export interface Dkim {
  /** Header lines, or nothing when this message is not ours to sign. */
  sign(message: QueuedMessage, body: () => Readable): Promise<string>
  /** Name and text of the TXT record to publish. */
  record(domain: string): { name: string; text: string }
}

const keyFile = (config: Config): string => {
  const folder = join(config.home, 'mail', 'dkim')
  const file = join(folder, `${config.dkim_selector}.pem`)
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // RFC 8301 section 3.2: at least 2048 bits; RSA because every verifier knows it.
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(`${file}.new`, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return file
}

export const openDkim = ({ config, log }: { config: Config; log: Log }): Dkim => {
  const privateKey = config.dkim ? readFileSync(keyFile(config), 'utf8') : null
  return {
    sign: async (message, body) => {
      const domain = canonical(message.sender).split('@').pop() ?? ''
      const ours = message.owner !== null && config.domains.includes(domain)
      if (!privateKey || !ours) return ''
      // Loaded when it is first needed, as in sender.ts.
      const { dkimSign } = await import('mailauth/lib/dkim/sign.js')
      const signed = await dkimSign(body(), {
        canonicalization: 'relaxed/relaxed',
        signTime: new Date(message.receivedAt),
        signatureData: [
          { signingDomain: domain, selector: config.dkim_selector, privateKey, algorithm: 'rsa-sha256' },
        ],
      } as Parameters<typeof dkimSign>[1])
      if (signed.errors.length === 0) return signed.signatures
      log.error('dkim-failed', { queue: message.id, error: String(signed.errors[0]) })
      return ''
    },
    record: (domain) => {
      const text = privateKey
        ? createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64')
        : ''
      return { name: `${config.dkim_selector}._domainkey.${domain}`, text: `v=DKIM1; k=rsa; p=${text}` }
    },
  }
}
