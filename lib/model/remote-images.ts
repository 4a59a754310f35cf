import type { Standing } from './contact'
import type { Preferences } from './preferences'

interface Grounds {
  folder: string
  policy: Preferences['images']
  standing: Standing
}

/** Whether remote images are shown unasked. Nothing in Junk calls home: the sender's name there may be anybody's. */
export const showsImages = ({ folder, policy, standing: { contact, images, mail } }: Grounds): boolean => {
  if (folder === 'junk' || mail === 'blocked') return false
  return images === 'allowed' || policy === 'always' || (policy === 'contacts' && contact.is !== 'unknown')
}
