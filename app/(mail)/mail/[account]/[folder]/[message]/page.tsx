import { MailPage } from '@/components/shell/mail-page'

export default function MessagePage() {
  return <MailPage seed={{}} />
}
