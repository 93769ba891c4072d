package sandbox

import "context"

// Anchors: what exists on sites from the start.
const (
	anchorRootGroup    = "rootGroup"    // the main organisation, on every site
	anchorParentGroup  = "parentGroup"  // a group, on the three given sites
	anchorLinkedParent = "linkedParent" // a person with a child, on portal-off
	anchorTag          = "anchor"
)

// seed makes the anchors that are not there yet, and switches the parent portal
// of the site portal-off off.
func (s *Server) seed(ctx context.Context) error {
	for _, name := range [...]string{SiteMain, SiteOther, SitePortalOff} {
		at := s.siteNamed(name)
		at.anchors[anchorParentGroup] = "anchor-parent-group"
		if err := s.store.do(ctx, func(t *tx) error { return t.seedGroup(at.id, "anchor-parent-group") }); err != nil {
			return err
		}
	}
	off := s.siteNamed(SitePortalOff)
	off.anchors[anchorLinkedParent] = "anchor-linked-parent"
	if err := s.store.do(ctx, func(t *tx) error { return t.seedFamily(off.id, s) }); err != nil {
		return err
	}
	_, err := s.switchStates(ctx, off, ScopeSite, map[string]string{StateParentPortal: stateDisabled})
	return err
}

func (t *tx) seedGroup(site int64, key string) error {
	if _, known, err := t.groupByKey(site, key); known || err != nil {
		return err
	}
	root, _, err := t.rootGroup(site)
	if err != nil {
		return err
	}
	_, err = t.insertGroup(group{site: site, key: key, parent: root.id, orgType: typeUnspecified, origin: originImport, tag: anchorTag, fields: fields{fieldTitle: "Parent group"}})
	return err
}

// rootKey is the key of the main organisation. It was not made by an import but
// has a syncID nevertheless (Hierarchies).
const rootKey = "anchor-root-group"

// seedRoot makes the main organisation of a site that has none.
func (t *tx) seedRoot(site int64) error {
	if _, known, err := t.rootGroup(site); known || err != nil {
		return err
	}
	_, err := t.insertGroup(group{site: site, key: rootKey, orgType: typeSite, origin: originManual, tag: anchorTag, fields: fields{fieldTitle: "Main organisation"}})
	return err
}

func (t *tx) seedFamily(site int64, s *Server) error {
	if _, known, err := t.personByKey(site, "anchor-linked-parent"); known || err != nil {
		return err
	}
	var ids [2]int64
	for i, p := range [...]person{
		{key: "anchor-linked-parent", fields: fields{fieldFirst: "Linked", fieldLast: "Parent", fieldRole: "Carer", fieldUserName: "anchor.linked.parent"}},
		{key: "anchor-linked-child", fields: fields{fieldFirst: "Linked", fieldLast: "Child", fieldRole: "Student", fieldUserName: "anchor.linked.child"}},
	} {
		p.site, p.created, p.origin, p.tag = site, s.now(), originImport, anchorTag
		var err error
		if ids[i], err = t.insertPerson(p); err != nil {
			return err
		}
	}
	_, err := t.addLink(ids[0], ids[1], anchorTag)
	return err
}
