package exchange

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"esconform/runner/evidence"
	"esconform/runner/ledger"
	"esconform/runner/profile"
)

// removeBatch is how many objects one request of the cleanup names.
const removeBatch = 1000

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
// and returns the keys that can still be read afterwards. An endpoint that deviates
// may report a deletion and do nothing, so every key is read; what is still there is
// deleted once more on its own. The error joins what went wrong with single
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
	for batch := range slices.Chunk(keys, removeBatch) {
		x, _, failed := e.ask(ctx, by.deleteAll, at, false, batch...)
		if failed == nil && gone(x) {
			failed = fmt.Errorf("delete %ss of site %s: %s", kind, site, x.Transport.Message)
		}
		if failed != nil {
			left, err = slices.Concat(left, batch), errors.Join(err, failed)
			continue
		}
		for _, key := range e.readable(ctx, by, at, batch) {
			still, failed := e.removeOne(ctx, by, kind, at, key)
			if still {
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

// readable returns the keys that can be read, or about which nothing certain came
// back.
func (e *Executor) readable(ctx context.Context, by removal, site *profile.Site, keys []string) []string {
	_, m, err := e.ask(ctx, by.readAll, site, false, keys...)
	statuses := m.statuses()
	if err != nil || m.fault() != nil || len(statuses) != len(keys) {
		return keys
	}
	var alive []string
	for i, key := range keys {
		if succeeded(statuses[i]) {
			alive = append(alive, key)
		}
	}
	return alive
}

// removeOne deletes one object and looks whether it is gone.
func (e *Executor) removeOne(ctx context.Context, by removal, kind ledger.Kind, site *profile.Site, key string) (still bool, err error) {
	if _, _, err := e.ask(ctx, by.deleteOne, site, false, key); err != nil {
		return true, err
	}
	x, m, err := e.ask(ctx, by.readOne, site, false, key)
	switch {
	case err != nil:
		return true, err
	case x.Transport != nil:
		return true, fmt.Errorf("read back a %s of site %s: %s", kind, site.Name, x.Transport.Message)
	case m.fault() != nil || len(m.statuses()) == 0:
		return true, fmt.Errorf("read back a %s of site %s: %s", kind, site.Name, whatAnswered(x, m))
	}
	return succeeded(m.statuses()[0]), nil
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
