// One line of JSON per event on stdout. Never a password, a subject or a body.
export type Fields = Record<string, string | number | boolean | null | undefined>
export type Level = 'debug' | 'info' | 'warn' | 'error'

export interface Log {
  debug(event: string, fields?: Fields): void
  info(event: string, fields?: Fields): void
  warn(event: string, fields?: Fields): void
  error(event: string, fields?: Fields): void
  child(fields: Fields): Log
}

const weight: Record<Level, number> = { debug: 10, info: 20, warn: 30, error: 40 }

export const createLog = (least: Level, write: (line: string) => void, base: Fields = {}): Log => {
  const at =
    (level: Level) =>
    (event: string, fields: Fields = {}) => {
      if (weight[level] < weight[least]) return
      write(JSON.stringify({ time: new Date().toISOString(), level, event, ...base, ...fields }))
    }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => createLog(least, write, { ...base, ...fields }),
  }
}
