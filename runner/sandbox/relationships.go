package sandbox

// Texts of the page "Creating parent/child relationships".
const (
	textPortalOff = "Parent portal is disabled for the customer, a new Child relationship could not be created."
)

func textUnknownChild(key string) string {
	return "relationship/sourceId/identifier '" + key + "' does not exist in itslearning"
}

func textCircular(key string) string {
	return "Parent cannot have the same synchronization key as child " + key + ", a new Child relationship could not be created"
}

func textRelation(relation string) string {
	return "relationship/relation '" + relation + "' is not supported, only 'Child' can be written"
}

// writeRelationships carries out what a message says about relationships.
// createPerson and updatePerson add and never delete; replacePerson deletes the
// links to children first, also when the message has none. With the parent
// portal off, by either switch, nothing about relationships is written.
func (c *call) writeRelationships(t *tx, p person, m personMessage, how mode, st *status) error {
	if !c.portalOpen() {
		if len(m.relationships) > 0 {
			st.warn(minorLink, textPortalOff)
		}
		return nil
	}
	if how == modeReplace {
		if err := t.removeChildLinks(p.id); err != nil {
			return err
		}
	}
	for _, r := range m.relationships {
		if err := c.writeRelationship(t, p, r, st); err != nil {
			return err
		}
		if st.failed() {
			return nil
		}
	}
	return nil
}

// writeRelationship adds one link, or says why it cannot be: the relation is
// not Child, the child is the parent itself, there is no such child.
func (c *call) writeRelationship(t *tx, p person, r relationship, st *status) error {
	switch {
	case r.relation != relationChild:
		st.warn(minorUnknownWord, textRelation(r.relation))
		return nil
	case r.key == p.key:
		st.fail(minorInvalid, textCircular(r.key))
		return nil
	}
	child, found, err := t.personByKey(c.site.id, r.key)
	if err != nil {
		return err
	}
	if !found || child.deleted {
		st.warn(minorUnknown, textUnknownChild(r.key))
		return nil
	}
	linked, err := t.linked(p.id, relationChild, child.id)
	if err != nil || linked {
		return err
	}
	_, err = t.addLink(p.id, child.id, "")
	return err
}
