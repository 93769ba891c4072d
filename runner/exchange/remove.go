package exchange

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"esconform/runner/evidence"
	"esconform/runner/ledger"
)

// removeBatch is how many objects one request of the cleanup names, beside the one
// that never was.
const removeBatch = 999

// The executor removes what a ledger lists.
var _ ledger.Remover = (*Executor)(nil)

// removal names the operations that remove objects of a kind and look for them.
type removal struct{ deleteAll, readAll, deleteOne, readOne string }

var removals = map[ledger.Kind]removal{
	ledger.Person:     {"deletePersons", "readPersons", "deletePerson", "readPerson"},
	ledger.Group:      {"deleteGroups", "readGroups", "deleteGroup", "readGroup"},
	ledger.Membership: {"deleteMemberships", "readMemberships", "deleteMembership", "readMembership"},
}

// RemoveObjects deletes objects of a kind from a site, in the order of their keys,
// and returns the keys of those that are not known to be gone. An endpoint that
// deviates may report a deletion and do nothing, so every key is read; what is not gone
// is deleted once more on its own. The error joins what went wrong with single
// requests; keys that could not be looked at count as left.
func (e *Executor) RemoveObjects(ctx context.Context, site string, kind ledger.Kind, keys []string) (left []string, err error) {
	at, err := e.site(site)
	if err != nil {
		return keys, err
	}
	by, known := removals[kind]
	if !known {
		return keys, fmt.Errorf("nothing removes a %s", kind)
	}
	r := remover{e: e, by: by, kind: kind, site: at}
	for batch := range slices.Chunk(keys, removeBatch) {
		doubtful, failed := r.batch(ctx, batch)
		if failed != nil {
			left, err = slices.Concat(left, batch), errors.Join(err, failed)
			continue
		}
		for _, key := range doubtful {
			isGone, failed := r.one(ctx, key)
			if !isGone {
				left = append(left, key)
			}
			err = errors.Join(err, failed)
		}
	}
	if kind == ledger.Group {
		err = errors.Join(err, e.removeCourses(ctx, site, keys))
	}
	return left, err
}

// removeCourses removes what deleted groups leave: a course stays when its group is
// gone, and no operation deletes it (page deleteGroup), but the control interface
// does. Without one it is residue, which scenarios declare.
func (e *Executor) removeCourses(ctx context.Context, site string, keys []string) error {
	if e.control == nil {
		return nil
	}
	for _, key := range keys {
		if err := e.control.removeCourse(ctx, site, key); err != nil {
			return fmt.Errorf("remove what groups of site %s have left: %s", site, e.secrets.redactText(err.Error()))
		}
	}
	return nil
}

// gone says whether the endpoint cannot be reached at all; asking for each object
// on its own would only take time.
func gone(x evidence.Exchange) bool {
	return x.Transport != nil && (x.Transport.Kind == evidence.FaultConnect || x.Transport.Kind == evidence.FaultTimeout || x.Transport.Kind == evidence.FaultCancelled)
}

func whatAnswered(x evidence.Exchange, m message) string {
	if fault := m.fault(); fault != nil {
		code, text := faultCode(fault)
		return fmt.Sprintf("the fault %s: %s", shown(code), shown(text))
	}
	return fmt.Sprintf("HTTP %d without a status", x.Status)
}

// RemoveTag removes what was made through the control interface with a tag.
func (e *Executor) RemoveTag(ctx context.Context, site, tag string) error {
	if e.control == nil {
		return fmt.Errorf("remove tag %s: there is no control interface", tag)
	}
	if err := e.control.removeTag(ctx, site, tag); err != nil {
		return errors.New(e.secrets.redactText(err.Error()))
	}
	return nil
}

// RestoreState switches a state back; without a site it is the endpoint's.
func (e *Executor) RestoreState(ctx context.Context, site, state, value string) error {
	return e.setState(ctx, site, state, value)
}

// cleanup removes what the case made, also after a failure or an interrupt, with
// time of its own. What is left stays in the ledger, so that the cleanup at the end
// of the run tries again and reports it.
func (c *caseRun) cleanup(ctx context.Context) {
	for _, e := range c.late.Entries() {
		c.made.Remove(e)
	}
	made := c.made.Entries()
	if len(made) == 0 {
		return
	}
	fresh, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.e.options.CleanupTimeout)
	defer cancel()
	left, err := ledger.CleanupEntries(fresh, c.e.options.Ledger, c.e, made)
	for _, sentence := range left {
		c.e.options.Logf("%s: %s", c.item.Case.ID(), sentence)
	}
	if err != nil {
		c.e.options.Logf("%s: cleanup: %v", c.item.Case.ID(), err)
	}
}
