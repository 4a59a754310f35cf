import 'server-only'
import { spawn } from 'node:child_process'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { Readable } from 'node:stream'

// What changes a password where the mail server lives: our own server's control socket, an administrator's program, or
// an administrator's address. Invariants:
// - no shell; a program is given no arguments, and what is secret goes by its standard input or a request's body;
// - time and what is read of the answer are bounded; a program that is late is ended with all it started;
// - an answer that is not understood changes nothing that we know of: 'unsure', never 'changed'.

/** As JSON: to a program one line on standard input, else the body of a POST. */
export interface PasswordChange {
  user: string
  address: string
  old: string
  new: string
  client: string
}

export type Outcome =
  | { is: 'changed' }
  | { is: 'wrong-password' }
  | { is: 'slow-down' }
  /** With the door's own sentence, for the person. */
  | { is: 'refused'; why: string }
  | { is: 'unsure'; why: string }

const usuallyWithinMs = 20_000
const mostBytes = 4096
/** What a program has said is read within this, once it has ended. */
const lastWordsMs = 500

interface Door {
  target: string
  token: string | null
  withinMs?: number
}

export const askHook = (door: Door, change: PasswordChange): Promise<Outcome> =>
  door.target.startsWith('/') ? runProgram(door, change) : post(door, change)

/** One sentence, without what could move a terminal or a page. */
const sentence = (text: string): string =>
  (text.split('\n')[0] ?? '')
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .trim()
    .slice(0, 300)

/** Its start; what is more is read and dropped, so that nobody waits for us to take it. */
const startOf = async (stream: Readable): Promise<string> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (size < mostBytes) chunks.push(chunk.subarray(0, mostBytes - size))
    size += chunk.length
  }
  return Buffer.concat(chunks).toString('utf8')
}

const byExitCode = (code: number | null, said: string): Outcome => {
  if (code === 0) return { is: 'changed' }
  if (code === 1) return { is: 'wrong-password' }
  if (code === 2) return { is: 'refused', why: sentence(said) }
  return { is: 'unsure', why: code === null ? 'the program was ended' : `the program ended with ${code}` }
}

const runProgram = async ({ target, withinMs }: Door, change: PasswordChange): Promise<Outcome> => {
  const child = spawn(target, [], {
    cwd: '/',
    // A group of its own, so that a late one is ended with all it started; none of our settings in its environment.
    detached: true,
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' } as never,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const ended = new Promise<number | null>((done, failed) => {
    child.once('error', failed)
    child.once('exit', (code) => done(code))
  })
  const end = () => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It was gone already.
    }
    child.stdout.destroy()
  }
  const late = setTimeout(end, withinMs ?? usuallyWithinMs)
  // A program that does not read what it is told ends with a code of its own.
  child.stdin.on('error', () => undefined)
  child.stdin.end(`${JSON.stringify(change)}\n`)
  try {
    const said = startOf(child.stdout).catch(() => '')
    const code = await ended
    // What it left running may hold its output open for ever.
    const impatient = setTimeout(end, lastWordsMs)
    const words = await said
    clearTimeout(impatient)
    return byExitCode(code, words)
  } catch (error) {
    return { is: 'unsure', why: (error as Error).message }
  } finally {
    clearTimeout(late)
  }
}

const reasonIn = (said: string): string => {
  try {
    const { message } = JSON.parse(said) as { message?: unknown }
    return typeof message === 'string' ? sentence(message) : ''
  } catch {
    return ''
  }
}

const byStatus = (status: number, said: string): Outcome => {
  if (status >= 200 && status < 300) return { is: 'changed' }
  if (status === 401) return { is: 'wrong-password' }
  if (status === 422) return { is: 'refused', why: reasonIn(said) }
  if (status === 429) return { is: 'slow-down' }
  return { is: 'unsure', why: `HTTP ${status}` }
}

const post = ({ target, token, withinMs }: Door, change: PasswordChange): Promise<Outcome> =>
  new Promise((done) => {
    const body = JSON.stringify(change)
    const socketPath = target.startsWith('unix:') ? target.slice('unix:'.length) : null
    const options = {
      method: 'POST',
      signal: AbortSignal.timeout(withinMs ?? usuallyWithinMs),
      headers: {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
    }
    const open = target.startsWith('https:') ? tlsRequest : plainRequest
    const request = socketPath
      ? open({ ...options, socketPath, path: '/password' })
      : open(new URL(target), options)
    const unsure = (error: Error) => done({ is: 'unsure', why: error.message })
    request.once('error', unsure)
    let heard: 'nothing' | 'answer' = 'nothing'
    // RFC 9110 section 15.2.2: what we never asked for is no answer, and no other event follows it.
    request.once('upgrade', (_, socket) => {
      socket.destroy()
      done({ is: 'unsure', why: 'HTTP 101' })
    })
    request.once('close', () => heard === 'nothing' && unsure(new Error('closed without an answer')))
    request.once('response', (response) => {
      heard = 'answer'
      startOf(response).then((said) => done(byStatus(response.statusCode ?? 0, said)), unsure)
    })
    request.end(body)
  })
