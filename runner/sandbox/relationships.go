package sandbox

// Texts of the page "Creating parent/child relationships".
const textPortalOff = "Parent portal is disabled for the customer, a new Child relationship could not be created."

func textUnknownChild(key string) string {
	return "relationship/sourceId/identifier '" + key + "' does not exist in itslearning"
}

func textCircular(key string) string {
	return "Parent cannot have the same synchronization key as child " + key + ", a new Child relationship could not be created"
}

func textRelation(relation string) string {
	return "relationship/relation '" + relation + "' is not supported, only 'Child' can be written"
}

// A linking is what a message says about relationships, on its way.
type linking struct {
	*call
	tx     *tx
	parent person
	status *status
	bad    bool    // one of the relationships was refused
	block  bool    // and the others with it, on purpose
	added  []int64 // children that were linked
}

// writeRelationships carries out what a message says about relationships.
// createPerson and updatePerson add and never delete; replacePerson deletes the
// links to children first, also when the message has none. With the parent
// portal off, by either switch, nothing about relationships is written.
func (c *call) writeRelationships(t *tx, p person, m personMessage, how mode, st *status) error {
	l := &linking{call: c, tx: t, parent: p, status: st}
	if !c.portalOpen() && !l.portalIgnored(m) {
		return nil
	}
	if err := l.removeOld(m, how); err != nil {
		return err
	}
	if how == modeReplace && c.deviates("replace-adds-no-links") {
		return nil
	}
	for _, r := range m.relationships {
		if err := l.write(r); err != nil {
			return err
		}
		if st.failed() && !st.keep {
			return nil
		}
	}
	if l.bad {
		return l.afterBad()
	}
	return nil
}

// portalIgnored says that a message with relationships cannot be followed
// because the parent portal is off. Only on purpose is it followed all the
// same.
func (l *linking) portalIgnored(m personMessage) bool {
	switch {
	case len(m.relationships) == 0:
		return false
	case !l.portalOfSite() && l.deviates("site-switch-ignored"), l.portalOfSite() && l.deviates("global-switch-ignored"):
		return true
	}
	text, ignored := textPortalOff, false
	switch {
	case l.portalOfSite():
		ignored = l.deviates("global-switch-reported-only")
		if l.reads(readingGlobalText) {
			text = "The parent portal is disabled, relationships were not changed."
		}
	case l.deviates("portal-with-other-text"):
		text = "Parent portal is disabled, a new Child relationship could not be created."
	default:
		ignored = l.deviates("site-switch-reported-only")
	}
	l.refuse(minorLink, text)
	if l.deviates("portal-off-person-lost") {
		l.status.lose = true
	}
	return ignored
}

// removeOld removes what a replace removes: the links to children, never those
// to parents.
func (l *linking) removeOld(m personMessage, how mode) error {
	listed := len(m.relationships) > 0
	removes := how == modeReplace
	switch {
	case removes && listed && !l.op.Plural() && l.deviates("replace-keeps-links"),
		removes && listed && l.op.Plural() && l.deviates("replaces-keep-links"),
		removes && !listed && l.deviates("replace-without-links-keeps-links"):
		removes = false
	case how == modeCreate && listed && l.deviates("create-replaces-links"),
		how == modeCreate && !listed && l.deviates("create-without-links-deletes-links"),
		how == modeUpdate && listed && l.deviates("update-replaces-links"):
		removes = true
	}
	if how == modeReplace && l.deviates("replace-deletes-parents") {
		if err := l.tx.removeParentLinks(l.parent.id); err != nil {
			return err
		}
	}
	if !removes {
		return nil
	}
	return l.tx.removeChildLinks(l.parent.id)
}

// write adds one link, or says why it cannot be: the relation is not Child, the
// child is the parent itself, there is no such child. Whatever is refused, the
// person and the other links are stored.
func (l *linking) write(r relationship) error {
	if r.relation != relationChild {
		if l.reads(readingEnumerationFault) && !isRelation(r.relation) {
			return faultDeserialization("relation '" + r.relation + "' is not in the enumeration")
		}
		l.refuse(minorUnknownWord, textRelation(r.relation))
		l.block = l.block || l.deviates("bad-link-blocks-links")
		if !l.deviates("any-relation-linked") {
			return nil
		}
	}
	if r.key == l.parent.key {
		return l.refuseCircular(r)
	}
	child, found, err := l.tx.personByKey(l.site.id, r.key)
	if err != nil {
		return err
	}
	if !found || child.deleted {
		child, found, err = l.elsewhere(l.tx, r.key, "other-sites-linked")
	}
	if err != nil {
		return err
	}
	if !found {
		l.refuseUnknown(r)
		return nil
	}
	if circle, err := l.tx.linked(child.id, relationChild, l.parent.id); err != nil || circle && l.reads(readingMutualRefused) {
		l.refuse(minorInvalid, textCircular(r.key))
		return err
	}
	return l.link(child.id)
}

// isRelation says whether the schema knows a relation.
func isRelation(relation string) bool {
	switch relation {
	case "KnownAs", relationParent, relationChild, "1", "2", "3":
		return true
	}
	return false
}

// refuse reports a relationship that is not stored, as a warning.
func (l *linking) refuse(code, text string) {
	l.bad = true
	switch {
	case l.deviates("refused-link-unreported"):
	case l.deviates("refused-link-fails"):
		l.status.fail(code, text)
		l.status.keep = true
	default:
		l.status.warn(code, text)
	}
}

// refuseUnknown reports a child that nobody is, by the key that was sent.
func (l *linking) refuseUnknown(r relationship) {
	key := r.key
	l.block = l.block || l.deviates("unknown-child-blocks-links")
	switch {
	case l.deviates("documented-key-in-text"):
		key = "Child3" // the key of the documented sample, whatever was sent
	case l.deviates("unknown-child-with-other-text"):
		l.refuse(minorUnknown, "The child '"+key+"' does not exist in itslearning")
		return
	}
	l.refuse(minorUnknown, textUnknownChild(key))
}

// refuseCircular reports a person that would be its own child: an error, and
// nothing is changed. By other readings it is a warning like the others, or an
// error beside a person that is stored.
func (l *linking) refuseCircular(r relationship) error {
	text := textCircular(r.key)
	if l.deviates("circular-with-other-text") {
		text = "A person cannot be its own child"
	}
	if l.reads(readingCircularWarning) {
		l.refuse(minorInvalid, text)
	} else if !l.deviates("circular-unreported") {
		l.status.fail(minorInvalid, text)
		l.status.keep = l.reads(readingCircularStored)
	}
	if l.deviates("circular-linked") {
		l.status.keep = true
		return l.link(l.parent.id)
	}
	return nil
}

// link stores a link once, seen from both sides.
func (l *linking) link(child int64) error {
	have, err := l.tx.linked(l.parent.id, relationChild, child)
	if err != nil || have && !l.deviates("links-twice") {
		return err
	}
	if l.op.Plural() && l.deviates("batch-adds-no-links") || l.op.Name == "updatePerson" && l.deviates("update-adds-no-links") {
		return nil
	}
	if l.deviates("children-do-not-know-parents") {
		_, err = l.tx.addDirection(l.parent.id, relationChild, child, "")
		return err
	}
	if l.deviates("parents-do-not-know-children") {
		_, err = l.tx.addDirection(child, relationParent, l.parent.id, "")
		return err
	}
	l.added = append(l.added, child)
	_, err = l.tx.addLink(l.parent.id, child, "")
	return err
}

// afterBad is where a refused relationship changes nothing about the rest.
func (l *linking) afterBad() error {
	if l.status.warned() && l.deviates("warned-person-lost") {
		l.status.lose = true
	}
	if !l.block {
		return nil
	}
	for _, child := range l.added {
		if err := l.tx.removeLink(l.parent.id, child); err != nil {
			return err
		}
	}
	return nil
}
