import { beforeEach, describe, expect, it } from 'vitest'
import { asText, count, countRequest, gauge } from './metrics'
import { once } from './once'

const forget = () =>
  Object.values(once<Record<string, Map<string, unknown>>>('metrics', () => ({}))).forEach((map) =>
    map.clear(),
  )

describe('what Prometheus is told', () => {
  beforeEach(() => {
    asText()
    forget()
  })

  it('is its text format, with a type before each family and one line a value', () => {
    count('signIns', 'ok')
    count('signIns', 'ok')
    countRequest({ kind: 'api', method: 'GET', status: 204, seconds: 0.03 })
    countRequest({ kind: 'api', method: 'GET', status: 200, seconds: 3 })
    gauge('posthorn_test', 'A test.', () => 7)
    const lines = asText(['more 1']).split('\n')
    expect(lines).toContain('posthorn_web_sign_ins_total{outcome="ok"} 2')
    const about = lines.filter((line) => line.startsWith('posthorn_web_request_seconds'))
    const labels = 'kind="api",method="GET",status="2xx"'
    expect(about).toContain(`posthorn_web_request_seconds_bucket{${labels},le="0.02"} 0`)
    expect(about).toContain(`posthorn_web_request_seconds_bucket{${labels},le="0.05"} 1`)
    expect(about).toContain(`posthorn_web_request_seconds_bucket{${labels},le="+Inf"} 2`)
    expect(about).toContain(`posthorn_web_request_seconds_count{${labels}} 2`)
    expect(lines).toContain('# TYPE posthorn_test gauge')
    expect(lines).toEqual(expect.arrayContaining(['posthorn_test 7', 'more 1']))
    for (const line of lines) expect(line).toMatch(/^(|# (HELP|TYPE) .+|[a-z_]+(\{[^{}]*\})? [\d.e+-]+)$/)
    const typed = lines.filter((line) => line.startsWith('# TYPE ')).map((line) => line.split(' ')[2])
    expect(new Set(typed).size).toBe(typed.length)
  })

  it('has no label that a stranger chooses', () => {
    countRequest({ kind: 'page', method: 'x"} evil 1\n', status: 200, seconds: 1 })
    expect(asText()).not.toContain('evil')
    expect(asText()).toContain('method="other"')
  })
})
