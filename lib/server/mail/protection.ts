import 'server-only'
import { askedTable } from '@/lib/model/asked'
import type { Protection } from '@/lib/model/cards'
import { ownParts } from './side-parts'
import type { Part } from './structure'

// OpenPGP (RFC 3156) and S/MIME (RFC 8551), recognised by structure and named. Nothing is verified or opened here,
// and nothing pretends that it was.

const protocols = askedTable<NonNullable<Protection>>({
  'application/pgp-signature': { kind: 'openpgp', does: 'signed' },
  'application/pgp-encrypted': { kind: 'openpgp', does: 'encrypted' },
  'application/pkcs7-signature': { kind: 'smime', does: 'signed' },
  'application/x-pkcs7-signature': { kind: 'smime', does: 'signed' },
})

const ofPart = ({ type, params, children }: Part): Protection => {
  if (type === 'multipart/signed' || type === 'multipart/encrypted') {
    const said = protocols[(params.protocol ?? '').toLowerCase()]
    return said ?? children.map((child) => protocols[child.type]).find(Boolean) ?? null
  }
  if (!/^application\/(x-)?pkcs7-mime$/.test(type)) return null
  const isSigned = (params['smime-type'] ?? '').toLowerCase() === 'signed-data'
  return { kind: 'smime', does: isSigned ? 'signed' : 'encrypted' }
}

const inline = /^\s*-----BEGIN PGP (SIGNED )?MESSAGE-----/

export const protectionOf = (structure: Part | null, texts: readonly string[]): Protection => {
  const found = structure ? ownParts(structure).map(ofPart).find(Boolean) : null
  if (found) return found
  const written = texts.map((text) => inline.exec(text)).find(Boolean)
  return written ? { kind: 'openpgp', does: written[1] ? 'signed' : 'encrypted' } : null
}
