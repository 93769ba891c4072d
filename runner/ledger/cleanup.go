package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Remover removes things from the endpoint. The exchange implements it.
type Remover interface {
	// RemoveObjects deletes objects of a kind from a site, in the order of their
	// keys, and returns the keys that can still be read afterwards. Keys that never
	// existed count as removed.
	RemoveObjects(ctx context.Context, site string, kind Kind, keys []string) (left []string, err error)
	// RemoveTag removes all that carries a tag, through the control interface.
	RemoveTag(ctx context.Context, site, tag string) error
	// RestoreState switches a state back to a value; without a site it is the
	// endpoint's.
	RestoreState(ctx context.Context, site, state, value string) error
}

// Cleanup removes all that is still there and records it. States come first, the
// latest switch first, because they concern other people; then what control made,
// which may point to the rest; then memberships, groups and persons, the latest first,
// so that a group goes before its parent. An object whose key does not look like one of
// a run is left alone, and so is what has no key. It may be repeated: what is removed already
// is not touched again. Residue says in sentences what is still there; the
// error says what went wrong on the way.
func Cleanup(ctx context.Context, l *Ledger, r Remover) (residue []string, err error) {
	return CleanupEntries(ctx, l, r, l.Open())
}

// CleanupEntries does what Cleanup does for some of the open entries.
func CleanupEntries(ctx context.Context, l *Ledger, r Remover, entries []Entry) (residue []string, err error) {
	c := cleaner{ledger: l, remover: r}
	c.states(ctx, entries)
	c.tags(ctx, entries)
	c.keyless(entries)
	entries = c.refused(entries)
	for _, kind := range []Kind{Membership, Group, Person} {
		c.objects(ctx, kind, entries)
	}
	return c.residue, errors.Join(c.errs...)
}

type cleaner struct {
	ledger  *Ledger
	remover Remover
	residue []string
	errs    []error
}

func (c *cleaner) states(ctx context.Context, entries []Entry) {
	for _, e := range slices.Backward(entries) {
		if e.Kind != State {
			continue
		}
		if err := c.remover.RestoreState(ctx, e.Site, e.Key, e.From); err != nil {
			c.fail(fmt.Sprintf("the state %s of %s was switched and could not be set back to %s (%s)", e.Key, whose(e.Site), e.From, e.Scenario), err)
			continue
		}
		c.removed(ctx, e)
	}
}

func (c *cleaner) tags(ctx context.Context, entries []Entry) {
	for _, e := range entries {
		if e.Kind != Tag {
			continue
		}
		if err := c.remover.RemoveTag(ctx, e.Site, e.Key); err != nil {
			c.fail(fmt.Sprintf("the objects with the tag %s on site %s could not be removed (%s)", e.Key, e.Site, e.Scenario), err)
			continue
		}
		c.removed(ctx, e)
	}
}

// keyless says what is left because nothing can name it.
func (c *cleaner) keyless(entries []Entry) {
	for _, e := range entries {
		if e.Kind == Keyless {
			c.residue = append(c.residue, fmt.Sprintf("a %s without syncID on site %s, made by %s", e.From, e.Site, e.Scenario))
		}
	}
}

// refused returns the entries without the objects whose keys are not those of a run.
func (c *cleaner) refused(entries []Entry) []Entry {
	return slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool {
		object := e.Kind == Person || e.Kind == Group || e.Kind == Membership
		if !object || e.mayBeRemoved() {
			return false
		}
		c.fail(fmt.Sprintf("the %s %q on site %s was not removed: its key is not one of a run (%s)", e.Kind, e.Key, e.Site, e.Scenario),
			fmt.Errorf("remove a %s of site %s: %q is no key of a run", e.Kind, e.Site, e.Key))
		return true
	})
}

// objects removes the objects of one kind, site by site, the latest first.
func (c *cleaner) objects(ctx context.Context, kind Kind, entries []Entry) {
	var sites []string
	bySite := map[string][]Entry{}
	for _, e := range slices.Backward(entries) {
		if e.Kind != kind {
			continue
		}
		if bySite[e.Site] == nil {
			sites = append(sites, e.Site)
		}
		bySite[e.Site] = append(bySite[e.Site], e)
	}
	for _, site := range sites {
		keys := make([]string, len(bySite[site]))
		for i, e := range bySite[site] {
			keys[i] = e.Key
		}
		left, err := c.remover.RemoveObjects(ctx, site, kind, keys)
		if err != nil {
			c.errs = append(c.errs, err)
		}
		var gone []Entry
		for _, e := range bySite[site] {
			if slices.Contains(left, e.Key) {
				c.residue = append(c.residue, fmt.Sprintf("the %s %s on site %s could not be removed (%s)", kind, e.Key, site, e.Scenario))
			} else {
				gone = append(gone, e)
			}
		}
		c.removed(ctx, gone...)
	}
}

func (c *cleaner) fail(sentence string, err error) {
	c.residue = append(c.residue, sentence)
	c.errs = append(c.errs, err)
}

func (c *cleaner) removed(ctx context.Context, entries ...Entry) {
	if len(entries) == 0 {
		return
	}
	if err := c.ledger.Removed(ctx, entries...); err != nil {
		c.errs = append(c.errs, err)
	}
}

// whose names the owner of a state.
func whose(site string) string {
	if site == "" {
		return "the endpoint"
	}
	return "site " + site
}
