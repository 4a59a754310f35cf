import { ContactsPage } from '@/components/contacts/contacts-page'

export default function Contacts() {
  return <ContactsPage />
}
