export { readPreferences, writePreferences } from '../user/preferences'
