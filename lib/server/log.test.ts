import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withoutAddresses } from './log'

it.each([
  [
    '550 5.1.1 <bob@example.org>: Recipient address rejected',
    '550 5.1.1 <(address)>: Recipient address rejected',
  ],
  ['"odd name"@x.test and ida+tag@mail.example.org, twice', '"odd name"@x.test and (address), twice'],
  ['ünal@пример.испытание says', '(address) says'],
  ['nothing here, user @ home', 'nothing here, user @ home'],
])('%s', (said, plain) => expect(withoutAddresses(said)).toBe(plain))

it('takes no longer for a long line', () => {
  const started = performance.now()
  withoutAddresses(`${'a'.repeat(200_000)} ${'b@'.repeat(100_000)}`)
  expect(performance.now() - started).toBeLessThan(3000)
})

// What leaves the process, as an administrator reads it.
it('carries the id of its request, no address and no secret; the line of fail2ban stays as it is', () => {
  const home = mkdtempSync(join(tmpdir(), 'posthorn-log-'))
  const script = `
    import { inRequest, log, logSignInFailure } from './lib/server/log.ts'
    inRequest('r1', async () => {
      await null
      log().warn({ event: 'send-failed', answer: '550 <bob@x.test> no', password: 'p1', deep: { secret: 's1' } }, 'send failed')
      log().error({ event: 'x', err: new Error('cannot write to bob@x.test') }, 'x')
      logSignInFailure('wrong-password', 'ida@x.test', '192.0.2.1')
    })`
  const args = ['--conditions=react-server', '--import', 'tsx', '--input-type=module', '--eval', script]
  const env = { ...process.env, POSTHORN_HOME: home }
  const ran = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
  rmSync(home, { recursive: true, force: true })
  const [failed = '', broken = '', guessed = ''] = ran.stdout.split('\n')
  expect(JSON.parse(failed)).toMatchObject({
    event: 'send-failed',
    answer: '550 <(address)> no',
    request: 'r1',
  })
  expect(failed).not.toMatch(/p1|s1/)
  expect(JSON.parse(broken)).toMatchObject({ request: 'r1', err: { message: 'cannot write to (address)' } })
  expect(broken).not.toContain('bob@')
  expect(guessed).toMatch(
    /^\{"level":40,"time":"[^"]+","event":"sign-in-failed","reason":"wrong-password","user":"ida@x\.test","address":"192\.0\.2\.1","msg":"sign-in failed"\}$/,
  )
})
