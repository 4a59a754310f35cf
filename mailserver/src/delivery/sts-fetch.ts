// Fetches a policy as RFC 8461 section 3.3 asks: over TLS with a certificate that holds, no redirect, plain text, and
// never more than a policy can be. The address is public, or the domain could have us talk to our own network.
import { request } from 'node:https'
import { notPublic } from '../core/network'
import type { Resolver } from './mx'

const mostBytes = 64 * 1024
const longest = 10_000

const addressOf = async (host: string, resolver: Resolver): Promise<string> => {
  const [address] = (await resolver.addresses(host)).filter((each) => !notPublic.has(each))
  if (!address) throw new Error(`${host} has no public address`)
  return address
}

/** `at` is what tests put in the place of port 443 and of the authorities everybody knows. */
export const readText = (host: string, at: { address: string; port: number; ca?: string }): Promise<string> =>
  new Promise((done, fail) => {
    const path = '/.well-known/mta-sts.txt'
    const asked = request(
      { ...at, host: at.address, servername: host, headers: { host }, path },
      (answer) => {
        const { statusCode, headers } = answer
        const isText = /^text\/plain\b/i.test(headers['content-type'] ?? '')
        if (statusCode !== 200 || !isText) {
          asked.destroy(new Error(`${host} answers ${statusCode} ${headers['content-type'] ?? ''}`))
          return
        }
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk: string) => {
          text += chunk
          if (text.length > mostBytes) asked.destroy(new Error(`the policy at ${host} has no end`))
        })
        answer.once('end', () => done(text))
      },
    )
    const timer = setTimeout(() => asked.destroy(new Error(`${host} is too slow`)), longest)
    asked.once('close', () => clearTimeout(timer))
    asked.once('error', fail)
    asked.end()
  })

export const fetchPolicy =
  (resolver: Resolver) =>
  async (host: string): Promise<string> =>
    readText(host, { address: await addressOf(host, resolver), port: 443 })
