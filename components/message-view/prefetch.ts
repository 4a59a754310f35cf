'use client'
import { useEffect, useState } from 'react'
import { messageKey, type MessageAt } from '@/lib/client/cache/state'
import type { App } from '@/lib/client/app'
import { lineOf } from '@/lib/client/cursor'
import { useApp } from '@/lib/client/react'

// The messages whose frames are loaded: the open one, and its neighbours in the list.
// Invariants: three at most; one that stays keeps its place among them, for a frame that is moved loads again.

const mostFrames = 3
/** A message that is passed by on the way to another prepares nothing. */
const settled = 250

const isSame = (one: MessageAt) => (other: MessageAt) => messageKey(one) === messageKey(other)

/** The next and the previous message. */
const neighboursOf = (app: App, { account, folder, message }: MessageAt): MessageAt[] => {
  const line = lineOf(app)
  const index = line.findIndex((one) => one?.folder === folder && one.message === message)
  if (index < 0) return []
  return [line[index + 1], line[index - 1]].flatMap((one) => (one ? [{ account, ...one }] : []))
}

export function usePrepared(at: MessageAt): readonly MessageAt[] {
  const app = useApp()
  const { account, folder, message } = at
  const [stages, setStages] = useState<readonly MessageAt[]>([{ account, folder, message }])
  const known = stages.some(isSame(at))
  const shown = known ? stages : [...stages.slice(1 - mostFrames), { account, folder, message }]
  if (!known) setStages(shown)
  useEffect(() => {
    const here = { account, folder, message }
    const timer = setTimeout(() => {
      const wanted = [here, ...neighboursOf(app, here)]
      // What cannot be had now is asked for when it is opened, and told then.
      for (const next of wanted.slice(1)) void app.mail.openMessage(next).catch(() => undefined)
      setStages((now) => {
        const staying = now.filter((one) => wanted.some(isSame(one)))
        return [...staying, ...wanted.filter((one) => !staying.some(isSame(one)))]
      })
    }, settled)
    return () => clearTimeout(timer)
  }, [app, account, folder, message])
  return shown
}
