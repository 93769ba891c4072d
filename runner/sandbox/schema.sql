CREATE TABLE IF NOT EXISTS site (
	id       INTEGER PRIMARY KEY,
	name     TEXT NOT NULL UNIQUE,
	username TEXT NOT NULL,
	password TEXT NOT NULL
);
-- site 0 holds the states of the endpoint as a whole
CREATE TABLE IF NOT EXISTS state (
	site  INTEGER NOT NULL,
	name  TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (site, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS person (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	site      INTEGER NOT NULL,
	key       TEXT,                          -- the syncID; NULL for persons made by hand
	user_name TEXT NOT NULL COLLATE NOCASE,
	created   INTEGER NOT NULL,              -- nanoseconds since 1970, UTC
	origin    TEXT NOT NULL,                 -- import, manual, generated
	deleted   INTEGER NOT NULL DEFAULT 0,    -- 1: in the trash
	tag       TEXT NOT NULL DEFAULT '',
	fields    TEXT NOT NULL                  -- a JSON object of texts
);
CREATE UNIQUE INDEX IF NOT EXISTS person_key ON person (site, key) WHERE key IS NOT NULL;
CREATE INDEX IF NOT EXISTS person_user_name ON person (site, user_name);
CREATE INDEX IF NOT EXISTS person_tag ON person (site, tag) WHERE tag <> '';
-- A link is two rows, one per direction: Child seen from the parent, Parent
-- seen from the child.
CREATE TABLE IF NOT EXISTS link (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	person   INTEGER NOT NULL,
	relation TEXT NOT NULL,
	other    INTEGER NOT NULL,
	tag      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS link_person ON link (person, relation, other);
CREATE INDEX IF NOT EXISTS link_other ON link (other);
-- The tree of organisations. The main organisation has no parent.
CREATE TABLE IF NOT EXISTS groups (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	site   INTEGER NOT NULL,
	key    TEXT,                          -- the syncID; NULL for groups made by hand
	parent INTEGER,
	type   TEXT NOT NULL,                 -- Unspecified, Site, School, Course, CourseGroup
	origin TEXT NOT NULL,                 -- import, manual
	tag    TEXT NOT NULL DEFAULT '',
	fields TEXT NOT NULL                  -- a JSON object of texts
);
CREATE UNIQUE INDEX IF NOT EXISTS groups_key ON groups (site, key) WHERE key IS NOT NULL;
CREATE INDEX IF NOT EXISTS groups_parent ON groups (parent);
-- A course has the key of its hierarchy. It outlives it: grp is NULL then.
CREATE TABLE IF NOT EXISTS course (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	site   INTEGER NOT NULL,
	key    TEXT,
	grp    INTEGER,
	origin TEXT NOT NULL,                 -- import, manual, template
	tag    TEXT NOT NULL DEFAULT '',
	fields TEXT NOT NULL                  -- a JSON object of texts
);
CREATE UNIQUE INDEX IF NOT EXISTS course_group ON course (grp) WHERE grp IS NOT NULL;
CREATE INDEX IF NOT EXISTS course_key ON course (site, key);
CREATE TABLE IF NOT EXISTS membership (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	site   INTEGER NOT NULL,
	key    TEXT NOT NULL DEFAULT '',         -- the syncID; empty for memberships made by hand
	person INTEGER NOT NULL,
	grp    INTEGER NOT NULL,
	role   TEXT NOT NULL DEFAULT '',         -- a role type, as a word
	marked INTEGER NOT NULL DEFAULT 0,       -- 1: the person's home organisation
	tag    TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS membership_group ON membership (grp, person);
CREATE INDEX IF NOT EXISTS membership_person ON membership (person);
CREATE INDEX IF NOT EXISTS membership_key ON membership (site, key);
