import type { FolderId } from './folder-id'
import type { Preferences } from './preferences'
import type { ListView } from './view'

// What a page sends of a choice. Of what is kept by folder it names those folders alone: two devices that know different
// lists do not overwrite each other's.

/** Folders whose view or fold is remembered. */
export const mostFolders = 500

export interface PreferencesChange extends Partial<Omit<Preferences, 'views' | 'collapsed'>> {
  /** null: as usual again. */
  views?: Record<FolderId, ListView | null> | undefined
  collapsed?: Record<FolderId, 'folded' | 'open'> | undefined
}

type Pair<T> = [FolderId, T]

const viewsFrom = (before: Preferences['views'], wanted: Preferences['views']): Pair<ListView | null>[] => [
  ...Object.entries(wanted).filter(([id, view]) => JSON.stringify(before[id]) !== JSON.stringify(view)),
  ...Object.keys(before).flatMap((id): Pair<null>[] => (id in wanted ? [] : [[id, null]])),
]

const foldsFrom = (before: readonly FolderId[], wanted: readonly FolderId[]): Pair<'folded' | 'open'>[] => {
  const [was, is] = [new Set(before), new Set(wanted)]
  return [
    ...wanted.flatMap((id): Pair<'folded'>[] => (was.has(id) ? [] : [[id, 'folded']])),
    ...before.flatMap((id): Pair<'open'>[] => (is.has(id) ? [] : [[id, 'open']])),
  ]
}

/** What is chosen, beside what was known when it was chosen. */
export const changeFrom = (
  before: Preferences,
  { views, collapsed, ...rest }: Partial<Preferences>,
): PreferencesChange => ({
  ...rest,
  ...(views && { views: Object.fromEntries(viewsFrom(before.views, views)) }),
  ...(collapsed && { collapsed: Object.fromEntries(foldsFrom(before.collapsed, collapsed)) }),
})

/** Those chosen last are kept when there are too many. */
const newest = <T>(all: readonly T[]): T[] => all.slice(-mostFolders)

export const withChange = (
  now: Preferences,
  { views = {}, collapsed = {}, ...rest }: PreferencesChange,
): Preferences => {
  const seen = Object.entries(views)
  const folds = Object.entries(collapsed)
  const named = (of: readonly (readonly [FolderId, unknown])[]) => new Set(of.map(([id]) => id))
  const [looked, folded] = [named(seen), named(folds)]
  return {
    ...now,
    ...rest,
    views: Object.fromEntries(
      newest([
        ...Object.entries(now.views).filter(([id]) => !looked.has(id)),
        ...seen.flatMap(([id, view]): Pair<ListView>[] => (view ? [[id, view]] : [])),
      ]),
    ),
    collapsed: newest([
      ...now.collapsed.filter((id) => !folded.has(id)),
      ...folds.flatMap(([id, state]) => (state === 'folded' ? [id] : [])),
    ]),
  }
}
