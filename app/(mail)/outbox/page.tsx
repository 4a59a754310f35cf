import { OutboxPage } from '@/components/composer/outbox-page'

export default function Outbox() {
  return <OutboxPage />
}
