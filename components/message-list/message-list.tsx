'use client'
import { CircleAlert, WifiOff } from 'lucide-react'
import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { page } from '@/lib/client/cache/mail'
import { folderKey } from '@/lib/client/cache/state'
import type { Listing } from '@/lib/client/cache/listing'
import type { Place } from '@/lib/client/place'
import { useApp, useMail, usePreferences } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { isRole } from '@/lib/model/mailbox'
import type { ErrorCode } from '@/lib/model/errors'
import { ListHeader } from './list-header'
import { MessageGrid } from './message-grid'
import { EmptyRow } from './message-row'

const useRetry = (place: Place) => {
  const app = useApp()
  return () => {
    const { account, folder } = place
    app.mail.apply({ type: 'stale', account, folder })
    void app.mail.ensureRows({ account, folder }, 0, page)
    void app.mail.refreshMailboxes(account).catch(() => undefined)
  }
}

function Empty({ folder }: { folder: string }) {
  const { list } = useWords()
  const which = isRole(folder) ? folder : 'other'
  return (
    <EmptyState icon={<Icon name={isRole(folder) ? folder : 'folder'} />} title={list.emptyTitle[which]}>
      {list.emptyAdvice[which]}
    </EmptyState>
  )
}

function Failed({ place, problem }: { place: Place; problem: ErrorCode }) {
  const words = useWords()
  const retry = useRetry(place)
  const { title, advice } = words.errors[problem]
  return (
    <ErrorState
      icon={problem === 'connection-lost' ? <WifiOff /> : <CircleAlert />}
      title={title}
      actions={<Button onClick={retry}>{words.shell.retry}</Button>}
    >
      {advice}
    </ErrorState>
  )
}

function Waiting() {
  const { density } = usePreferences()
  const words = useWords()
  return (
    <div
      role="grid"
      aria-label={words.list.messages}
      aria-busy="true"
      className="min-h-0 grow overflow-hidden"
    >
      {Array.from({ length: 12 }, (_, index) => (
        <EmptyRow key={index} index={index} density={density} />
      ))}
    </div>
  )
}

/** Rows are there, but more could not be had: said in a line, never by an empty place. */
function PartlyFailed({ place, problem }: { place: Place; problem: ErrorCode }) {
  const words = useWords()
  const retry = useRetry(place)
  return (
    <div role="alert" className="flex shrink-0 items-center gap-2 border-t bg-sunken px-4 py-1.5 text-sm">
      <CircleAlert className="text-warn" />
      <span className="min-w-0 truncate">{words.errors[problem].title}</span>
      <Button size="s" kind="quiet" className="ms-auto text-accent" onClick={retry}>
        {words.shell.retry}
      </Button>
    </div>
  )
}

function Rows({ place, listing }: { place: Place; listing: Listing | undefined }) {
  if (listing?.problem && listing.order.length === 0)
    return <Failed place={place} problem={listing.problem} />
  if (!listing || (listing.order.length === 0 && listing.freshness === 'stale')) return <Waiting />
  if (listing.order.length === 0) return <Empty folder={place.folder} />
  return (
    <>
      <MessageGrid key={folderKey(place)} place={place} listing={listing} />
      {listing.problem && <PartlyFailed place={place} problem={listing.problem} />}
    </>
  )
}

/** The list of one folder, in each of its states. */
export function MessageList({ place, account }: { place: Place; account: ReactNode }) {
  const app = useApp()
  const { account: number, folder } = place
  const listing = useMail((state) => state.listings[folderKey(place)])
  useEffect(() => {
    void app.mail.ensureRows({ account: number, folder }, 0, page)
  }, [app, number, folder])
  const empty = listing?.order.length === 0 && listing.freshness === 'stale' && !listing.problem
  useEffect(() => {
    if (empty) void app.mail.ensureRows({ account: number, folder }, 0, page)
  }, [app, number, folder, empty])
  return (
    <>
      <ListHeader place={place} total={listing ? listing.order.length : null} account={account} />
      <Rows place={place} listing={listing} />
    </>
  )
}
