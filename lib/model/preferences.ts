import { z } from 'zod/mini'
import { folderId } from './mailbox'
import { savedSearch } from './search/saved'
import { swipeActions } from './swipe-action'
import { listView } from './list-view'
import { mostFolders, type PreferencesChange } from './preferences-change'

export const preferences = z.object({
  theme: z._default(z.enum(['system', 'light', 'dark']), 'system'),
  /** Of the interface; `system` is what the browser asks for. */
  language: z._default(z.enum(['system', 'en', 'de', 'ja', 'ar']), 'system'),
  density: z._default(z.enum(['comfortable', 'cosy', 'compact']), 'comfortable'),
  undoSeconds: z._default(z.number().check(z.minimum(0), z.maximum(60)), 10),
  /** How a new message begins, and where an answer stands. */
  format: z._default(z.enum(['rich', 'plain']), 'rich'),
  answers: z._default(z.enum(['above', 'below']), 'above'),
  signaturePlace: z._default(z.enum(['above', 'below']), 'above'),
  /** Of what is written, in pixels. */
  fontSize: z._default(z.enum(['13', '14', '16', '18']), '14'),
  shortcuts: z._default(z.boolean(), true),
  displayName: z._default(z.string().check(z.maxLength(200)), ''),
  /** Whose remote images are shown without asking, beside the senders that were allowed one by one. */
  images: z._default(z.enum(['ask', 'contacts', 'always']), 'ask'),
  /** Whether a sender who asks is told that a message was read (RFC 8098 section 2.1). */
  receipts: z._default(z.enum(['ask', 'never', 'contacts', 'always']), 'ask'),
  /** Pane widths in pixels; null until the person has dragged. */
  listWidth: z._default(z.nullable(z.number()), null),
  /** Where a message opens: beside the list, below it, or in its place. */
  layout: z._default(z.enum(['right', 'below', 'off']), 'right'),
  listHeight: z._default(z.nullable(z.number()), null),
  /** Which message opens when the open one has left the list. */
  afterwards: z._default(z.enum(['next', 'previous', 'list']), 'next'),
  swipeLeft: z._default(z.enum(swipeActions), 'archive'),
  swipeRight: z._default(z.enum(swipeActions), 'delete'),
  /** New mail is told outside of the page, where the browser was allowed to. */
  desktopNotes: z._default(z.boolean(), false),
  sound: z._default(z.boolean(), false),
  /** Folders that are folded up in the rail. */
  collapsed: z._default(z.array(folderId).check(z.maxLength(mostFolders)), []),
  savedSearches: z._default(z.array(savedSearch).check(z.maxLength(100)), []),
  /** How each folder's list is looked at, where it is not as usual. */
  views: z._default(
    z.record(folderId, listView).check(z.refine((views) => Object.keys(views).length <= mostFolders)),
    {},
  ),
})
export type Preferences = z.infer<typeof preferences>

const few = z.refine((byFolder) => Object.keys(byFolder as object).length <= mostFolders)

/** Some of them, as they were chosen: what is not named is left out, not given its default (as `z.partial` would). */
export const preferencesChange = z.object({
  ...Object.fromEntries(
    Object.entries(preferences.shape).map(([name, { _zod }]) => [name, z.optional(_zod.def.innerType)]),
  ),
  views: z.optional(z.record(folderId, z.nullable(listView)).check(few)),
  collapsed: z.optional(z.record(folderId, z.enum(['folded', 'open'])).check(few)),
}) as unknown as z.ZodMiniType<PreferencesChange>

export const defaultPreferences: Preferences = preferences.parse({})
