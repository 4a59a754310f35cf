'use client'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { tellProblem } from '@/lib/client/actions'
import { call } from '@/lib/client/api'
import { useApp, usePreferences } from '@/lib/client/react'
import { allowImages, unblockSender } from '@/lib/client/senders'
import { useWords } from '@/lib/i18n/react'
import type { RuledSender, SenderRule } from '@/lib/model/contact'
import { Setting, useSave } from './setting'

const imagePolicies = ['ask', 'contacts', 'always'] as const
const receiptPolicies = ['ask', 'never', 'contacts', 'always'] as const

/** What senders may learn, and who may write. */
export function Privacy() {
  const { privacy } = useWords().settings
  const wishes = usePreferences()
  const save = useSave()
  const senders = useSenders()
  return (
    <>
      <Setting title={privacy.images} hint={privacy.imagesHint}>
        <Choice
          label={privacy.images}
          value={wishes.images}
          onChange={(images) => save({ images })}
          options={imagePolicies.map((value) => ({ value, label: privacy.imagePolicies[value] }))}
        />
      </Setting>
      <Setting title={privacy.allowed} hint={privacy.allowedHint}>
        <Senders senders={senders} rule="images" />
      </Setting>
      <Setting title={privacy.blocked} hint={privacy.blockedHint}>
        <Senders senders={senders} rule="blocked" />
      </Setting>
      <Setting title={privacy.receipts} hint={privacy.receiptsHint}>
        <Choice
          label={privacy.receipts}
          value={wishes.receipts}
          onChange={(receipts) => save({ receipts })}
          options={receiptPolicies.map((value) => ({ value, label: privacy.receiptPolicies[value] }))}
        />
      </Setting>
    </>
  )
}

interface Ruled {
  list: readonly RuledSender[] | null
  drop: (one: RuledSender) => void
}

function useSenders(): Ruled {
  const app = useApp()
  const { privacy } = useWords().settings
  const [list, setList] = useState<readonly RuledSender[] | null>(null)
  useEffect(() => {
    let current = true
    call('listSenders', {})
      .then(({ senders }) => current && setList(senders))
      .catch((problem: unknown) => current && tellProblem(app, privacy.allowed, problem))
    return () => {
      current = false
    }
  }, [app, privacy])
  const drop = (one: RuledSender) => {
    setList((now) => now?.filter((other) => other !== one) ?? null)
    void (one.rule === 'images' ? allowImages(app, one.address, 'off') : unblockSender(app, one.address))
  }
  return { list, drop }
}

function Senders({ senders: { list, drop }, rule }: { senders: Ruled; rule: SenderRule }) {
  const { privacy } = useWords().settings
  if (!list) return <p className="h-8" />
  const some = list.filter((one) => one.rule === rule)
  if (some.length === 0) return <p className="text-sm text-ink-3">{privacy.nobody[rule]}</p>
  return (
    <ul aria-label={rule === 'images' ? privacy.allowed : privacy.blocked} className="grid max-w-[520px]">
      {some.map((one) => (
        <li key={one.address} className="flex min-h-9 items-center gap-3 border-b last:border-0">
          <bdi className="min-w-0 grow wrap-anywhere">{one.address}</bdi>
          <Button size="s" kind="quiet" onClick={() => drop(one)}>
            {privacy.drop[rule]}
            <span className="sr-only"> {one.address}</span>
          </Button>
        </li>
      ))}
    </ul>
  )
}
