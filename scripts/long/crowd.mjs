// 500 people at one web process, each with a tab open, in front of each server: see e2e/servers/crowd.ts.
// `-- crowd [people] [server]`
import { build } from '../build.mjs'
import { inVitest } from '../in-vitest.mjs'

const people = 500
const servers = ['posthorn', 'dovecot']

export const run = async ({ args: [asked = people, only] }) => {
  const named = servers.filter((server) => !only || server === only)
  await build()
  const measured = {}
  let failed = 0
  for (const server of named) {
    const wishes = { POSTHORN_CROWD: String(asked), POSTHORN_CROWD_ON: server }
    const { status, stdout } = inVitest('web/operations.integration.test.ts', wishes)
    const told = new RegExp(`^crowd on ${server}: (\\{.*\\})$`, 'm').exec(stdout)?.[1]
    if (told) measured[server] = JSON.parse(told)
    if (status !== 0 || !told) failed++
  }
  return { people: Number(asked), megabytes: measured, passed: named.length - failed, failed }
}
