'use client'
import { useMemo } from 'react'
import { tellProblem } from '@/lib/client/actions'
import { useApp, usePreferences } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

/** Which folders are folded up: a preference, so that the first page is drawn with them closed. */
export const useCollapsed = () => {
  const app = useApp()
  const words = useWords()
  const { collapsed: list } = usePreferences()
  const collapsed: ReadonlySet<string> = useMemo(() => new Set(list), [list])
  const toggle = (id: string) => {
    const next = new Set(list)
    if (!next.delete(id)) next.add(id)
    void app
      .savePreferences({ collapsed: [...next] })
      .catch((problem: unknown) => tellProblem(app, words.shell.mailboxes, problem))
  }
  return { collapsed, toggle }
}
