import { MailPage } from '@/components/shell/mail-page'

export default function FolderPage() {
  return <MailPage seed={{}} />
}
