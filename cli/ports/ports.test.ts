import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { choosePort, PortTaken, type Wish } from './choose'
import { listeningInodes, whoHolds } from './holder'

const servers: Server[] = []
const listen = (port = 0) =>
  new Promise<number>((done) => {
    const server = createServer()
    servers.push(server)
    server.listen(port, '127.0.0.1', () => done((server.address() as AddressInfo).port))
  })
afterEach(() => servers.splice(0).forEach((server) => server.close()))

const wish = (port: number, kind: Wish['kind']): Wish => ({
  host: '127.0.0.1',
  port,
  says: 'IMAP',
  key: 'imap_port',
  kind,
})

describe('choosing ports', () => {
  it('takes a port that can be had', async () => {
    const port = await listen()
    servers.splice(0).forEach((server) => server.close())
    expect(await choosePort(wish(port, 'fixed'))).toBe(port)
  })
  it('moves a demo port that is taken by 10000', async () => {
    const port = await listen(21_743)
    expect(await choosePort(wish(port, 'demo'))).toBe(port + 10_000)
  })
  it('names the port, who holds it and the key that changes it when somebody wrote it down', async () => {
    const port = await listen()
    const failed = await choosePort(wish(port, 'fixed')).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(PortTaken)
    expect((failed as Error).message).toContain(`Port ${port} (IMAP)`)
    expect((failed as Error).message).toContain(`process ${process.pid}`)
    expect((failed as Error).message).toContain('imap_port')
    expect((failed as Error).message).toContain('POSTHORN_IMAP_PORT')
  })
  it('says when the machine has no such address', async () => {
    await expect(choosePort({ ...wish(4000, 'demo'), host: '192.0.2.1' })).rejects.toThrow(
      /no address 192.0.2.1/,
    )
  })
})

describe('who holds a port', () => {
  it('reads the tables of the kernel', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1',
      '   1: 0100007F:0BB8 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 4712 1',
    ].join('\n')
    expect(listeningInodes(table, 3000)).toEqual(['4711'])
    expect(listeningInodes(table, 3001)).toEqual([])
  })
  it('finds this very process', async () => {
    expect(whoHolds(await listen())?.pid).toBe(process.pid)
  })
})
