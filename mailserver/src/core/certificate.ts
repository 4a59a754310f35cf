// A self-signed certificate, so that a first start needs neither openssl nor an authority.
import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isIP, isIPv4 } from 'node:net'
import { bits, integer, octets, oid, sequence, set, tagged, time, utf8, yes } from './der'

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'))

const addressBytes = (address: string): Buffer => {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  const [head = '', tail] = address.split('::')
  const groups = (text: string | undefined) =>
    text ? text.split(':').map((group) => parseInt(group, 16)) : []
  const left = groups(head)
  const right = groups(tail)
  const all = [...left, ...Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0), ...right]
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]))
}

// RFC 5280 section 4.2.1.6: [2] dNSName, [7] iPAddress.
const alternativeNames = (names: readonly string[]): Buffer =>
  sequence(
    ...names.map((name) =>
      isIP(name) ? tagged(0x87, addressBytes(name)) : tagged(0x82, Buffer.from(name, 'ascii')),
    ),
  )

const extension = (id: string, value: Buffer, critical: Buffer = Buffer.alloc(0)): Buffer =>
  sequence(oid(id), critical, octets(value))

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replace(/(.{64})(?=.)/g, '$1\n')}\n-----END ${label}-----\n`

export interface KeyAndCertificate {
  key: string
  certificate: string
}

/** Valid from an hour ago (clocks differ) for ten years, for these names and addresses. */
export const selfSigned = (names: readonly [string, ...string[]], now = new Date()): KeyAndCertificate => {
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const name = sequence(set(sequence(oid('2.5.4.3'), utf8(names[0]))))
  const until = new Date(now)
  until.setUTCFullYear(until.getUTCFullYear() + 10)
  const extensions = sequence(
    extension('2.5.29.19', sequence(), yes),
    extension('2.5.29.15', tagged(0x03, Buffer.from([7, 0x80])), yes),
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', alternativeNames(names)),
  )
  const toBeSigned = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x4d]), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    sequence(time(new Date(now.getTime() - 3_600_000)), time(until)),
    name,
    pair.publicKey,
    tagged(0xa3, extensions),
  )
  const signature = sign('sha256', toBeSigned, createPrivateKey(pair.privateKey))
  const certificate = pem('CERTIFICATE', sequence(toBeSigned, ecdsaWithSha256, bits(signature)))
  return { key: pair.privateKey, certificate }
}
