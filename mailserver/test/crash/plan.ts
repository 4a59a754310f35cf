// What the killed child and its judge share.
export interface Holding {
  token: string
  box: string
  uid: number
}

export type Step =
  | { kind: 'deliver' | 'append' | 'flag' | 'expunge'; token: string; box: string; uid: number }
  | { kind: 'move'; token: string; from: string; box: string; uid: number }

/** The body repeats the token, so that a torn or mixed file shows. */
export const bytesOf = (token: string, size: number): Buffer =>
  Buffer.from(
    `Message-ID: <${token}@crash.test>\r\nSubject: ${token}\r\n\r\n${`${token}\r\n`.repeat(Math.ceil(size / (token.length + 2)))}end of ${token}\r\n`,
  )

export const tokenOf = (bytes: Buffer): string | null => {
  const text = bytes.toString()
  const token = /^Message-ID: <(.+)@crash\.test>\r\n/.exec(text)?.[1]
  if (!token || !text.endsWith(`end of ${token}\r\n`)) return null
  const body = text.slice(text.indexOf('\r\n\r\n') + 4).split('\r\n')
  return body.slice(0, -2).every((line) => line === token) ? token : null
}
