// What a client says that has an access token: OAUTHBEARER (RFC 7628 section 3.1) and XOAUTH2, which came before it.
export interface TokenWish {
  login: string
  token: string
}

const fieldsOf = (text: string): Map<string, string> =>
  new Map(
    text.split('\x01').flatMap((field) => {
      const at = field.indexOf('=')
      return at < 0 ? [] : [[field.slice(0, at).toLowerCase(), field.slice(at + 1)] as const]
    }),
  )

const tokenOf = (auth: string | undefined): string | null => /^bearer +(\S+)$/i.exec(auth ?? '')?.[1] ?? null

/** `user=…^Aauth=Bearer …^A^A` */
export const readXoauth2 = (text: string): TokenWish | null => {
  const fields = fieldsOf(text)
  const token = tokenOf(fields.get('auth'))
  const login = fields.get('user')
  return token && login ? { login, token } : null
}

/** `n,a=user,^Ahost=…^Aauth=Bearer …^A^A`; in the name `,` and `=` are written `=2C` and `=3D` (RFC 5801 section 4). */
export const readBearer = (text: string): TokenWish | null => {
  const [, name, rest] = /^[ny],a=([^,]*),\x01(.*)$/s.exec(text) ?? []
  const token = tokenOf(fieldsOf(rest ?? '').get('auth'))
  const login = name?.replace(/=2C/g, ',').replace(/=3D/g, '=')
  return token && login ? { login, token } : null
}

/** What a refusal says to the client before it is one. */
export const tokenRefused = JSON.stringify({ status: 'invalid_token', schemes: 'bearer', scope: 'mail' })
