import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { challenge, iterations, judge, keysFor, readFirst, readKeys, ScramRefused, writeKeys } from './scram'

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()

describe('SCRAM-SHA-256', () => {
  // RFC 7677 section 3 gives a whole exchange; the client's nonce and ours are fixed there.
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')
  const salted = pbkdf2Sync('pencil', salt, 4096, 32, 'sha256')
  const keys = {
    iterations: 4096,
    salt,
    storedKey: createHash('sha256').update(hmac(salted, 'Client Key')).digest(),
    serverKey: hmac(salted, 'Server Key'),
  }
  const first = readFirst('n,,n=user,r=rOprNGfwEbeRWgbNEkqO')
  const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0'
  const asked = { first, keys, nonce, message: `r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096` }
  const answer = `c=biws,r=${nonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`

  test('RFC 7677 section 3: the example', () => {
    expect(first.login).toBe('user')
    expect(judge(asked, answer)).toEqual({
      right: true,
      message: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    })
  })

  test('RFC 5802 section 3: a wrong proof, another nonce and another binding are wrong', () => {
    expect(judge(asked, answer.replace('dHzb', 'eHzb'))).toEqual({ right: false })
    expect(judge(asked, answer.replace('%hv', '%hw'))).toEqual({ right: false })
    expect(judge(asked, answer.replace('biws', 'eSws'))).toEqual({ right: false })
  })

  test.each([
    '',
    'n,,',
    'n,,n=a',
    'p=tls-unique,,n=a,r=b',
    'n,a=other,n=a,r=b',
    'n,,n=a=41,r=b',
    'x,,n=a,r=b',
  ])('RFC 5802 section 7: %j is no first message we take', (message) =>
    expect(() => readFirst(message)).toThrow(ScramRefused),
  )

  test('RFC 5802 section 5.1: commas and equal signs of a name are escaped', () => {
    expect(readFirst('n,,n=a=2Cb=3Dc,r=x').login).toBe('a,b=c')
  })

  test('keys survive the directory, cost 100,000 rounds or more and differ for one password', async () => {
    const [one, two] = [await keysFor('pencil'), await keysFor('pencil')]
    expect(readKeys(writeKeys(one))).toEqual(one)
    expect(one.salt).not.toEqual(two.salt)
    expect(iterations).toBeGreaterThanOrEqual(100_000)
    expect(readKeys(null)).toBeNull()
    expect(challenge(first, one).message).toContain(`,i=${iterations}`)
  })
})
