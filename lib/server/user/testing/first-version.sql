-- A database as the first version left it (step 0001 alone), with somebody's data in it. Never edited: it is what
-- lib/server/user/upgrade.test.ts and web/operations.integration.test.ts bring up to date.
CREATE TABLE "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
CREATE TABLE "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
CREATE TABLE "sessions" ("id" text primary key, "owner" text not null, "login" text not null, "address" text not null, "name" text not null, "sealed_password" text not null, "client" text not null, "agent" text not null, "created_at" bigint not null, "used_at" bigint not null);
CREATE INDEX "sessions_owner" on "sessions" ("owner");
CREATE TABLE "preferences" ("owner" text primary key, "body" text not null);
CREATE TABLE "uploads" ("id" text primary key, "owner" text not null, "name" text not null, "type" text not null, "size" bigint not null, "created_at" bigint not null);
INSERT INTO "kysely_migration" VALUES('0001-sessions-preferences-uploads','2026-01-05T09:00:00.000Z');
INSERT INTO "kysely_migration_lock" VALUES('migration_lock',0);
INSERT INTO "sessions" VALUES('c2Vzc2lvbi1vZi1hbGljZQ','alice@posthorn.test','alice@posthorn.test','alice@posthorn.test','','sealed','192.0.2.4','Mozilla/5.0',1767603600000,4102444800000);
INSERT INTO "preferences" VALUES('alice@posthorn.test','{"theme":"dark","density":"compact","displayName":"Alice Žižková"}');
INSERT INTO "uploads" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','alice@posthorn.test','plan.pdf','application/pdf',12,1767603600000);
