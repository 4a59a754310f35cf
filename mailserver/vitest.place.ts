// Where the tests keep their mail: in memory where there is plenty. They wait for thousands of fsyncs otherwise, and a
// kill -9 takes from a disk no more than from memory; what fsync is for, a power cut, no test here can make.
import { existsSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'

const memory = '/dev/shm'
const plenty = 4 * 1024 ** 3

const isPlenty = (): boolean => {
  if (!existsSync(memory) || freemem() < plenty) return false
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= plenty
}

/** One folder a run, removed at its end whatever the tests leave. */
export const place = join(isPlenty() ? memory : tmpdir(), `posthorn-tests-${process.pid}`)
