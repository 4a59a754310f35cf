import { MailPage } from '@/components/shell/mail-page'

/** The hits are asked for by the browser: the page stands at once, however long the mail server looks. */
export default function SearchPage() {
  return <MailPage seed={{}} />
}
