'use client'
import { useCallback, useEffect } from 'react'
import { Funnel } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { EmptyState } from '@/components/ui/states'
import { page } from '@/lib/client/cache/mail'
import { folderKey } from '@/lib/client/cache/state'
import { headOf } from '@/lib/client/cache/threads'
import type { Listing } from '@/lib/client/cache/listing'
import type { Place } from '@/lib/client/place'
import { useApp, useMail } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { isRole } from '@/lib/model/folder-id'
import type { MessageId } from '@/lib/model/message-id'
import { viewKey } from '@/lib/model/view'
import { DropFiles } from './drop-files'
import { ListHeader } from './list-header'
import { MessageGrid } from './message-grid'
import { PullToRefresh } from './pull'
import { Failed, PartlyFailed, Waiting } from './states'
import { useView } from './view-menu'

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

/** The folder has mail, but nothing of what is asked for. */
function NoMatch({ place }: { place: Place }) {
  const { list } = useWords()
  const { look } = useView(place)
  return (
    <EmptyState
      icon={<Funnel />}
      title={list.noneMatch}
      actions={<Button onClick={() => look({ filter: 'all' })}>{list.showAll}</Button>}
    />
  )
}

function FolderGrid({ place, listing }: { place: Place; listing: Listing }) {
  const app = useApp()
  const { account, folder } = place
  const placeOf = useCallback((message: MessageId) => ({ account, folder, message }), [account, folder])
  const ensure = useCallback(
    (from: number, to: number) => app.mail.ensureRows({ account, folder }, from, to),
    [app, account, folder],
  )
  const { view } = useView(place)
  const name = `${folderKey(place)} ${viewKey(view)}`
  const line = {
    name,
    listing,
    open: place.message && headOf(listing, place.message),
    placeOf,
    ensure,
    sort: view.sort,
  }
  return <MessageGrid line={{ ...line, ticks: 'offered' }} />
}

function Rows({ place, listing }: { place: Place; listing: Listing | undefined }) {
  const retry = useRetry(place)
  const { view } = useView(place)
  if (listing?.problem && listing.order.length === 0)
    return <Failed problem={listing.problem} retry={retry} />
  if (!listing || (listing.order.length === 0 && listing.freshness === 'stale')) return <Waiting />
  if (listing.order.length === 0)
    return view.filter === 'all' ? <Empty folder={place.folder} /> : <NoMatch place={place} />
  return (
    <>
      <FolderGrid key={`${folderKey(place)} ${viewKey(view)}`} place={place} listing={listing} />
      {listing.problem && <PartlyFailed problem={listing.problem} retry={retry} />}
    </>
  )
}

/** The list of one folder, in each of its states. */
export function MessageList({ place, account }: { place: Place; account: ReactNode }) {
  const app = useApp()
  const { account: number, folder } = place
  const listing = useMail((state) => state.listings[folderKey(place)])
  // Rows that stand there are asked for again where they are looked at, by the grid.
  const empty = !listing || (listing.order.length === 0 && listing.freshness === 'stale' && !listing.problem)
  useEffect(() => {
    if (empty) void app.mail.ensureRows({ account: number, folder }, 0, page)
  }, [app, number, folder, empty])
  return (
    <>
      <ListHeader place={place} total={listing ? listing.order.length : null} account={account} />
      <PullToRefresh>
        <DropFiles place={place}>
          <Rows place={place} listing={listing} />
        </DropFiles>
      </PullToRefresh>
    </>
  )
}
