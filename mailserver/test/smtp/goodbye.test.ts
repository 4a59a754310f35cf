// RFC 5321 section 3.8: a server that must leave says 421; what a client is just handing over is taken first.
import { expect, test } from 'vitest'
import { greeted } from '../support/dialog'
import { password, startServer } from '../support/server'

const plain = Buffer.from(`\0alice@posthorn.test\0${password}`).toString('base64')

test.each(['smtp', 'submission'] as const)(
  'a message that is being handed over at %s is taken, idle clients are sent away at once',
  async (door) => {
    const server = await startServer()
    const port = server.doors[door] as number
    const idle = await greeted(port)
    const busy = await greeted(port)
    if (door === 'submission') expect(await busy.say(`AUTH PLAIN ${plain}`)).toMatch(/^235/)
    await busy.say('MAIL FROM:<alice@posthorn.test>')
    await busy.say('RCPT TO:<bob@posthorn.test>')
    expect(await busy.say('DATA')).toMatch(/^354/)
    busy.send('Subject: the last one\r\n\r\n')

    const stopped = server.stop()
    expect(await idle.reply()).toBe('421 4.3.2 server shutting down')
    await idle.closed
    // What comes right behind it at a door that closes is not heard any more.
    const behind = door === 'smtp' ? 'NOOP\r\n' : ''
    busy.send(`in the door\r\n.\r\n${behind}`)
    expect(await busy.reply()).toMatch(/^250 2\.0\.0 Ok: queued as/)
    expect(await busy.reply()).toBe(
      behind ? '421 4.3.2 Server shutting down' : '421 4.3.2 server shutting down',
    )
    await stopped
  },
)
