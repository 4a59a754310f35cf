'use client'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { identities, identitiesOf, loadIdentities, saveIdentities } from '@/lib/client/identities'
import { newPress } from '@/lib/client/press'
import { useApp } from '@/lib/client/react'
import { useSignal } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import { useWords } from '@/lib/i18n/react'
import type { Identity } from '@/lib/model/identity'
import { IdentityForm } from './identity-form'
import { itemActs } from './items'

/** Whom somebody writes as: the first is the usual one. */
export function Identities() {
  const app = useApp()
  const { writing: words } = useLaterWords()
  const { settings } = useWords()
  const known = useSignal(identities, (list) => list)
  const [editing, setEditing] = useState<Identity | null>(null)
  const [asked, setAsked] = useState<'no' | 'yes'>('no')
  useEffect(() => void loadIdentities().then(() => setAsked('yes')), [])
  if (!known) return <p className="py-5 text-sm text-ink-2">{asked === 'yes' && words.failed}</p>
  const list = identitiesOf(app)
  const acts = itemActs<Identity>({
    app,
    what: settings.pages.identities,
    list: () => identitiesOf(app),
    save: async (next) => {
      await saveIdentities(next)
      const own = next.find(({ address }) => address === app.person.address)
      if (own && own.name !== app.preferences.get().displayName)
        await app.savePreferences({ displayName: own.name.slice(0, 200) })
    },
  })
  const put = async (one: Identity) => {
    if ((await acts.put(one)) === 'kept') setEditing(null)
  }
  const fresh = (): Identity => ({
    ...list[0],
    id: newPress().slice(0, 40),
    address: '',
    replyTo: null,
    bcc: null,
  })
  return (
    <section className="grid gap-4 py-5">
      <p className="text-sm text-ink-2">{words.identitiesHint}</p>
      <ul aria-label={settings.pages.identities} className="grid gap-3">
        {list.map((one, index) => (
          <li key={one.id} className="rounded-l border bg-surface p-4">
            {editing?.id === one.id ? (
              <IdentityForm identity={editing} onSave={put} onClose={() => setEditing(null)} />
            ) : (
              <Summary
                identity={one}
                place={index === 0 ? 'first' : 'later'}
                // One form at a time: another would throw away what is half written.
                onEdit={editing ? undefined : () => setEditing(one)}
                onFirst={() => void acts.first(one)}
                onRemove={
                  list.length > 1
                    ? () => void acts.remove(one, words.removed(one.name || one.address))
                    : undefined
                }
              />
            )}
          </li>
        ))}
        {editing && !list.some(({ id }) => id === editing.id) && (
          <li className="rounded-l border bg-surface p-4">
            <IdentityForm identity={editing} onSave={put} onClose={() => setEditing(null)} />
          </li>
        )}
      </ul>
      {!editing && (
        <div>
          <Button onClick={() => setEditing(fresh())}>{words.addIdentity}</Button>
        </div>
      )}
    </section>
  )
}

interface SummaryProps {
  identity: Identity
  place: 'first' | 'later'
  onEdit: (() => void) | undefined
  onFirst: () => void
  onRemove: (() => void) | undefined
}

function Summary({ identity: { name, address }, place, onEdit, onFirst, onRemove }: SummaryProps) {
  const { writing: words } = useLaterWords()
  const who = <span className="sr-only"> {name || address}</span>
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="min-w-0 grow basis-48">
        <p className="flex items-center gap-2 font-medium">
          <bdi className="truncate">{name || address}</bdi>
          {place === 'first' && (
            <span className="rounded-full bg-accent-soft px-2 py-px text-xs text-accent">{words.usual}</span>
          )}
        </p>
        {name && <bdi className="block truncate text-sm text-ink-2">{address}</bdi>}
      </div>
      {place === 'later' && (
        <Button size="s" kind="quiet" onClick={onFirst}>
          {words.makeUsual}
          {who}
        </Button>
      )}
      {onRemove && (
        <Button size="s" kind="quiet" onClick={onRemove}>
          {words.remove}
          {who}
        </Button>
      )}
      <Button size="s" disabled={!onEdit} onClick={onEdit}>
        {words.edit}
        {who}
      </Button>
    </div>
  )
}
