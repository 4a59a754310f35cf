import { type Kysely, type Migration, sql } from 'kysely'

// One list for every dialect, applied in order of name, all that are missing in one transaction. What has been released is
// never edited: a change is a new entry.
type Db = Kysely<unknown>

const first: Migration = {
  up: async (db: Db) => {
    await db.schema
      .createTable('sessions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('login', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('sealed_password', 'text', (column) => column.notNull())
      .addColumn('client', 'text', (column) => column.notNull())
      .addColumn('agent', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('sessions_owner').on('sessions').column('owner').execute()
    await db.schema
      .createTable('preferences')
      .addColumn('owner', 'text', (column) => column.primaryKey())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('uploads')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('size', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute()
  },
}

const jobs: Migration = {
  up: async (db: Db) => {
    await db.schema
      .createTable('jobs')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('account', 'integer', (column) => column.notNull())
      .addColumn('login', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('sealed_password', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('step', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('envelope', 'text', (column) => column.notNull())
      .addColumn('draft', 'text', (column) => column.notNull())
      .addColumn('problem', 'text')
      .addColumn('tries', 'integer', (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .addColumn('lease_until', 'bigint', (column) => column.notNull())
      .addColumn('lease_by', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('jobs_owner').on('jobs').columns(['owner', 'created_at']).execute()
    await db.schema.createIndex('jobs_due').on('jobs').columns(['state', 'due_at']).execute()
  },
}

const invitationAnswers: Migration = {
  up: async (db: Db) => {
    await db.schema
      .createTable('invitation_answers')
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('answer', 'text', (column) => column.notNull())
      .addColumn('answered_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('invitation_answers_event', ['owner', 'event'])
      .execute()
  },
}

const contactsAndSenders: Migration = {
  up: async (db: Db) => {
    await db.schema
      .createTable('contacts')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('groups', 'text', (column) => column.notNull())
      .addColumn('card', 'text', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('contacts_owner')
      .on('contacts')
      .columns(['owner', 'source', 'name'])
      .execute()
    await db.schema
      .createTable('contact_addresses')
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('contact', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('domain', 'text', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('contact_addresses_one', ['contact', 'key'])
      .execute()
    const addresses = db.schema.createIndex('contact_addresses_key').on('contact_addresses')
    await addresses.columns(['owner', 'key']).execute()
    const domains = db.schema.createIndex('contact_addresses_domain').on('contact_addresses')
    await domains.columns(['owner', 'domain']).execute()
    await db.schema
      .createTable('sender_rules')
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('rule', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('sender_rules_one', ['owner', 'rule', 'address'])
      .execute()
  },
}

const contactUses: Migration = {
  up: async (db: Db) => {
    const uses = db.schema.alterTable('contacts')
    await uses.addColumn('uses', 'integer', (column) => column.notNull().defaultTo(0)).execute()
    const usedAt = db.schema.alterTable('contacts')
    await usedAt.addColumn('used_at', 'bigint', (column) => column.notNull().defaultTo(0)).execute()
  },
}

const labels: Migration = {
  up: async (db: Db) => {
    await db.schema
      .createTable('labels')
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('keyword', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('colour', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('labels_one', ['owner', 'key'])
      .execute()
  },
}

const identitiesAndSnippets: Migration = {
  up: async (db: Db) => {
    for (const table of ['identities', 'snippets'])
      await db.schema
        .createTable(table)
        .addColumn('owner', 'text', (column) => column.primaryKey())
        .addColumn('body', 'text', (column) => column.notNull())
        .execute()
  },
}

const sessionPersons: Migration = {
  up: async (db: Db) => {
    const sessions = db.schema.alterTable('sessions')
    await sessions.addColumn('person', 'text', (column) => column.notNull().defaultTo('')).execute()
    await sql`update sessions set person = lower(address)`.execute(db)
    await db.schema.createIndex('sessions_person').on('sessions').column('person').execute()
  },
}

/** Where a row says whose it is. */
const owned = [
  ...['preferences', 'uploads', 'jobs', 'invitation_answers', 'contacts', 'sender_rules', 'labels'],
  ...['identities', 'snippets'],
]

const logins: Migration = {
  up: async (db: Db) => {
    await db.schema
      .createTable('logins')
      .addColumn('login', 'text', (column) => column.primaryKey())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('logins_person').on('logins').column('person').execute()
    await sql`insert into logins (login, person, owner, state)
      select owner, min(person), owner, 'unasked' from sessions group by owner`.execute(db)
    // Of a name without a domain nothing here says whose address it is: it is known when it signs in.
    for (const table of owned)
      await sql`insert into logins (login, person, owner, state)
        select distinct owner, lower(owner), owner, 'unasked' from ${sql.table(table)}
        where owner like '%_@_%' and owner not in (select login from logins)`.execute(db)
  },
}

export const migrations: Record<string, Migration> = {
  '0001-sessions-preferences-uploads': first,
  '0002-jobs': jobs,
  '0003-invitation-answers': invitationAnswers,
  '0004-contacts-senders': contactsAndSenders,
  '0005-contact-uses': contactUses,
  '0006-labels': labels,
  '0007-identities-snippets': identitiesAndSnippets,
  '0008-session-persons': sessionPersons,
  '0009-logins': logins,
}
