package sandbox

import (
	"maps"
	"strings"
)

// A mode is which of the three writes is carried out.
type mode string

const (
	modeCreate  mode = "create"
	modeUpdate  mode = "update"
	modeReplace mode = "replace"
)

const textInserted = "Object did not exist, has been inserted instead"

// writePerson carries out one item of a create, update or replace: it is
// checked, put together, stored, and then linked.
func (c *call) writePerson(t *tx, m personMessage, how mode) (status, error) {
	if m.key == "" && c.deviates("missing-key-accepted") {
		return success(), nil
	}
	if st, err := c.checkMessage(&m); err != nil || st.failed() {
		return st, err
	}
	old, known, err := c.writtenPerson(t, m.key, how)
	if err != nil {
		return status{}, err
	}
	live := known && !old.deleted
	incomplete, err := c.checkMandatory(m, live, known, how)
	if err != nil {
		return status{}, err
	}
	if incomplete.failed() && !c.deviates("incomplete-person-stored") {
		return incomplete, nil
	}
	p := c.compose(old, known, m, how)
	st, err := c.checkUserName(t, &p)
	if err != nil || st.failed() {
		return st, err
	}
	if live {
		c.noteKnown(how, &st)
	} else {
		c.noteUnknown(how, &st)
	}
	if st.failed() {
		return st, nil
	}
	if p.id, err = c.storePerson(t, p, known); err != nil {
		return status{}, err
	}
	if err := c.writeRelationships(t, p, m, how, &st); err != nil {
		return status{}, err
	}
	if incomplete.failed() {
		st, st.keep = incomplete, true
	}
	return st, c.storeElsewhere(t, p)
}

// noteUnknown says what became of a key that nobody had: only replacePerson is
// documented to remark on it.
func (c *call) noteUnknown(how mode, st *status) {
	plural := c.op.Plural()
	switch how {
	case modeCreate:
		if !plural && c.deviates("create-needs-known-person") {
			st.fail(minorUnknown, "The 'sourcedId/identifier' has to be known before")
			return
		}
		st.lose = !plural && c.deviates("created-person-lost") || plural && c.deviates("batch-created-persons-lost")
	case modeUpdate:
		switch {
		case plural && c.deviates("updates-refuse-unknown"),
			!plural && c.deviates("update-refuses-unknown"):
			st.fail(minorUnknown, "The person does not exist in itslearning")
			return
		}
		if c.reads(readingUpdateRemarks) {
			st.warn(minorInserted, textInserted)
		}
		st.lose = !plural && c.deviates("update-of-unknown-lost") || plural && c.deviates("updates-of-unknown-lost")
	case modeReplace:
		c.noteInserted(st)
	}
}

// noteInserted is the documented remark of a replace that inserts.
func (c *call) noteInserted(st *status) {
	text, value := textInserted, minorInserted
	switch {
	case c.op.Plural() && c.deviates("replaces-refuse-unknown"),
		!c.op.Plural() && c.deviates("replace-refuses-unknown"),
		!c.op.Plural() && c.deviates("replace-needs-known-person"):
		st.fail(minorUnknown, "The person does not exist in itslearning")
		return
	case c.deviates("insert-unreported"):
		return
	case c.deviates("insert-with-other-text"):
		text = "Object did not exist and was inserted instead"
	case c.deviates("insert-with-other-code"):
		value = "unknownobject"
	}
	st.warn(value, text)
	st.lose = c.deviates("insert-reported-not-done") || c.op.Plural() && c.deviates("batch-insert-not-done")
}

// noteKnown says what became of a key that somebody has: nothing remarkable.
func (c *call) noteKnown(how mode, st *status) {
	plural := c.op.Plural()
	switch how {
	case modeCreate:
		switch {
		case !plural && c.deviates("create-refuses-known"):
			st.fail(minorKeyInUse, "The 'sourcedId/identifier' is already in use")
		case !plural && c.deviates("create-ignores-known"),
			plural && c.deviates("creates-ignore-known"):
			st.lose = true
		case c.reads(readingCreateRemarks):
			st.warn("objectupdatedinstead", "Object did exist, has been updated instead")
		}
	case modeReplace:
		if !plural && c.deviates("replace-of-known-remarked") {
			st.warn("objectreplaced", "Object did exist, has been replaced")
		}
	}
}

// compose makes the person as it is to be stored. Whoever is written through a
// service comes from an import from then on (readAllPersons).
func (c *call) compose(old person, known bool, m personMessage, how mode) person {
	p := old
	if !known {
		p = person{site: c.site.id, key: m.key, created: c.server.now(), origin: originImport, fields: fields{}}
	}
	base := maps.Clone(p.fields)
	if known && how == modeReplace {
		base = c.wiped(base, m)
		if c.deviates("replace-resets-created") {
			p.created = c.server.now()
		}
	}
	if known && how == modeUpdate && c.wipesOnUpdate() {
		base = fields{fieldUserName: base[fieldUserName], fieldFirst: base[fieldFirst], fieldLast: base[fieldLast], fieldRole: base[fieldRole]}
	}
	if old.deleted && how == modeCreate && c.deviates("restored-without-data") {
		base = fields{fieldUserName: base[fieldUserName], fieldFirst: base[fieldFirst], fieldLast: base[fieldLast], fieldRole: base[fieldRole]}
	}
	if known && how == modeUpdate && m.fields[fieldRole] == "" && c.deviates("update-resets-profile") {
		base[fieldRole] = defaultRole
		if old.fields[fieldRole] == defaultRole {
			base[fieldRole] = "Guest"
		}
	}
	p.fields = c.merged(base, m.fields)
	if known && how == modeReplace && c.replacesNothing() {
		p.fields[fieldFirst], p.fields[fieldLast] = old.fields[fieldFirst], old.fields[fieldLast]
	}
	if known && old.origin != originImport && !c.deviates("import-not-marked") {
		p.origin = originImport
	}
	p.deleted = old.deleted && c.staysInTrash(how)
	return p
}

func (c *call) wipesOnUpdate() bool {
	if c.op.Plural() {
		return c.deviates("updates-wipe")
	}
	return c.deviates("update-wipes")
}

func (c *call) replacesNothing() bool {
	if c.op.Plural() {
		return c.deviates("replaces-keep-names")
	}
	return c.deviates("replace-keeps-names")
}

// staysInTrash: a write with the key of a person in the trash restores it
// (Deleting Users).
func (c *call) staysInTrash(how mode) bool {
	switch how {
	case modeCreate:
		return c.deviates("create-does-not-restore")
	case modeUpdate:
		return c.deviates("update-does-not-restore")
	}
	return false
}

// wiped empties what a replace overwrites with nothing. An imported cloud
// account is disabled (replacePerson, "Fields that will be overwritten"). What
// no message can carry is kept.
func (c *call) wiped(f fields, m personMessage) fields {
	if f[fieldCloudAccount] != "" && f[fieldCloudImported] == "true" {
		f[fieldCloudDisabled] = "true"
	}
	for _, rule := range fieldRules {
		_, sent := m.fields[rule.name]
		if sent || f[rule.name] == "" {
			continue
		}
		if rule.wiped && !c.deviates(rule.keeps) && !(c.op.Plural() && c.deviates("replaces-keep-fields")) ||
			rule.unlisted && c.reads(readingReplaceEmpties) {
			delete(f, rule.name)
		}
	}
	return f
}

// merged writes the fields of a message over those of a person and keeps the
// rest (updatePerson). An empty text empties a field, unless it is required.
func (c *call) merged(base, sent fields) fields {
	for _, rule := range fieldRules {
		text, ok := sent[rule.name]
		if !ok || text == "" && rule.required {
			continue
		}
		if rule.name == fieldEmail && text == "" && base[fieldEmail] != "" && c.deviates("empty-email-ignored") {
			continue
		}
		if rule.name == fieldExternal {
			text = flagText(text)
		}
		if text != "" && rule.loses != "" && c.deviates(rule.loses) {
			continue
		}
		base.set(rule.name, c.storedText(rule, text))
	}
	return base
}

// storedText is the text of a field as it is kept: as it was sent.
func (c *call) storedText(rule fieldRule, text string) string {
	switch {
	case !isASCII(text) && c.deviates("non-ascii-lost"):
		return asASCII(text)
	case hasNonBMP(text) && c.deviates("rare-characters-lost"):
		return withoutNonBMP(text)
	case strings.ContainsAny(text, `&<>"'`) && c.deviates("markup-escaped-twice"):
		return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	case rule.name == fieldBirthDate && text != "" && c.deviates("birthday-shifted"):
		return dayAfter(text)
	case (rule.name == fieldFirst || rule.name == fieldLast) && len([]rune(text)) > 40 && c.deviates("long-names-cut"):
		return string([]rune(text)[:40])
	}
	return text
}

func (c *call) storePerson(t *tx, p person, known bool) (int64, error) {
	if known {
		return p.id, t.updatePerson(p)
	}
	return t.insertPerson(p)
}

// storeElsewhere does nothing: what is written on a site is on that site only.
func (c *call) storeElsewhere(t *tx, p person) error {
	if !c.deviates("stored-on-all-sites") {
		return nil
	}
	for _, other := range c.server.others(c.site) {
		_, known, err := t.personByKey(other, p.key)
		if err != nil {
			return err
		}
		if known {
			continue
		}
		copied := p
		copied.site = other
		if _, err := t.insertPerson(copied); err != nil {
			return err
		}
	}
	return nil
}
