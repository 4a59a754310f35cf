import type { Address } from './address'
import type { ContactDetails, NewContact } from './contact'

export const noDetails: ContactDetails = {
  organisation: '',
  title: '',
  phones: [],
  birthday: '',
  note: '',
  rest: '',
}

/** Somebody of whom no more is known. */
export const plainContact = ({ name, address }: Address): NewContact => ({
  name,
  addresses: [address],
  groups: [],
  details: noDetails,
  source: 'added',
})
