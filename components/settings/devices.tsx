'use client'
import { Monitor, Smartphone } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '@/components/ui/button'
import { deviceOf } from '@/lib/client/agent'
import { devices, endDevice, endOtherDevices, loadDevices, type SignedIn } from '@/lib/client/devices'
import { fullTime } from '@/lib/client/dates'
import { useApp, useClock } from '@/lib/client/react'
import { useSignal } from '@/lib/client/signal'
import { type LaterWords, useLaterWords } from '@/lib/i18n/later'
import { Setting } from './setting'

const nameOf = (words: LaterWords['account'], { agent }: SignedIn): string => {
  const { browser, system } = deviceOf(agent)
  return browser || system
    ? words.device(browser ?? words.unknownBrowser, system ?? words.unknownSystem)
    : words.unknownBrowser
}

/** The one that asks first, then by their last use. */
export function Devices() {
  const app = useApp()
  const { account: words } = useLaterWords()
  const known = useSignal(devices, (list) => list)
  useEffect(() => void loadDevices(app, words.devices), [app, words])
  const others = known?.filter(({ current }) => !current) ?? []
  const ordered = [...(known?.filter(({ current }) => current) ?? []), ...others]
  return (
    <Setting title={words.devices} hint={words.devicesHint}>
      <ul aria-label={words.devices} className="grid min-h-16">
        {ordered.map((one) => (
          <DeviceRow key={one.id} one={one} />
        ))}
      </ul>
      {known && others.length === 0 && <p className="text-sm text-ink-3">{words.alone}</p>}
      {others.length > 0 && (
        <Button
          className="justify-self-start"
          onClick={() =>
            void endOtherDevices(app, { what: words.signOutOthers, done: words.othersSignedOut })
          }
        >
          {words.signOutOthers}
        </Button>
      )}
    </Setting>
  )
}

function DeviceRow({ one }: { one: SignedIn }) {
  const app = useApp()
  const clock = useClock()
  const { account: words } = useLaterWords()
  const name = nameOf(words, one)
  const when = [words.since(fullTime(one.createdAt, clock)), words.used(fullTime(one.usedAt, clock))]
  return (
    <li className="flex items-center gap-3 border-b py-3 last:border-0">
      <span className="text-ink-3" aria-hidden="true">
        {deviceOf(one.agent).kind === 'phone' ? <Smartphone /> : <Monitor />}
      </span>
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2.5">
          <bdi className="font-medium">{name}</bdi>
          {one.current && (
            <span className="rounded-full bg-accent-soft px-2 text-xs font-medium text-accent">
              {words.thisOne}
            </span>
          )}
        </p>
        <p className="text-sm wrap-anywhere text-ink-2">
          {[words.from(one.client), ...(one.current ? when.slice(0, 1) : when)].join(' · ')}
        </p>
      </div>
      {!one.current && (
        <Button
          size="s"
          onClick={() => void endDevice(app, one, { what: words.signOut, done: words.signedOut(name) })}
        >
          {words.signOut}
          <bdi className="sr-only">
            {' '}
            {name}, {words.from(one.client)}
          </bdi>
        </Button>
      )}
    </li>
  )
}
