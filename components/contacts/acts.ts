'use client'
import { tellProblem } from '@/lib/client/actions'
import { addPerson, changePerson, removePerson } from '@/lib/client/contacts'
import { useApp } from '@/lib/client/react'
import { useLaterWords } from '@/lib/i18n/later'
import type { Contact, FullContact, NewContact } from '@/lib/model/contact'
import { shownPerson } from './sort'

/** What can be done to a contact; `show` opens one by id, or none. */
export function useContactActs(show: (id: string | null) => void) {
  const app = useApp()
  const words = useLaterWords().contacts
  const add = async (wanted: NewContact): Promise<void> => {
    try {
      const { id } = await addPerson(wanted)
      show(id)
      app.notify({ tone: 'plain', text: words.added(shownPerson(wanted)) })
    } catch (problem) {
      tellProblem(app, words.add, problem)
    }
  }
  const change = async (id: string, to: NewContact): Promise<FullContact | null> => {
    try {
      const changed = await changePerson(id, to)
      app.notify({ tone: 'plain', text: words.saved(shownPerson(to)) })
      return changed
    } catch (problem) {
      tellProblem(app, words.edit, problem)
      return null
    }
  }
  const remove = async (one: Pick<Contact, 'id' | 'name' | 'addresses'>): Promise<void> => {
    const text = words.removed(shownPerson(one))
    try {
      const gone = await removePerson(one.id)
      show(null)
      if (!gone) return
      const undo = async () => {
        try {
          const { id } = await addPerson(gone)
          show(id)
        } catch (problem) {
          tellProblem(app, words.add, problem)
        }
      }
      app.notify({ tone: 'plain', text, undo: app.undo.push({ text, undo }) })
    } catch (problem) {
      tellProblem(app, words.remove, problem)
    }
  }
  return { add, change, remove }
}
