package exchange

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"esconform/runner/ledger"
	"esconform/runner/profile"
	"esconform/runner/xmltree"
)

// remover removes objects of one kind from one site.
type remover struct {
	e    *Executor
	by   removal
	kind ledger.Kind
	site *profile.Site
	// nobody is what the single operations answer about a key that was never used;
	// nil until it has been asked.
	nobody *fate
}

// fate is what was answered about one key: to its deletion, and to the read after it.
// Either is nil when no status came.
type fate struct{ deleted, read *xmltree.Node }

// gone says whether an object is certain to be gone. That a read failed proves
// nothing: an endpoint in trouble fails every read. So it must have been reported as
// deleted, or be answered for in the same way as a key that was never used.
func (f fate) gone(nobody fate) bool {
	if f.read == nil || f.deleted == nil || succeeded(f.read) {
		return false
	}
	return succeeded(f.deleted) || sameStatus(f.read, nobody.read) && sameStatus(f.deleted, nobody.deleted)
}

// sameStatus says whether two statuses have the same codes, whatever their words.
func sameStatus(a, b *xmltree.Node) bool {
	return a != nil && b != nil && statusText(a, "codeMajor") == statusText(b, "codeMajor") &&
		statusText(a, "severity") == statusText(b, "severity") && slices.Equal(minorCodes(a), minorCodes(b))
}

// minorCodes returns the texts of a status's codeMinor: names and values.
func minorCodes(status *xmltree.Node) []string {
	var all []string
	for _, n := range status.Children {
		if n.Name.Local != "codeMinor" {
			continue
		}
		for _, field := range n.Children {
			for _, text := range field.Children {
				all = append(all, strings.TrimSpace(text.Text))
			}
		}
	}
	return all
}

// neverUsed returns a key that nobody has.
func neverUsed() string { return "ec" + newToken() + "-nobody" }

// batch deletes objects with one request and looks at them with another, both of
// which name a key that was never used too. It returns the keys of those that are not
// certain to be gone; the error says that the endpoint cannot be reached.
func (r *remover) batch(ctx context.Context, keys []string) (doubtful []string, err error) {
	all := append(slices.Clone(keys), neverUsed())
	x, m, err := r.e.ask(ctx, r.by.deleteAll, r.site, false, all...)
	if err == nil && gone(x) {
		err = fmt.Errorf("delete %ss of site %s: %s", r.kind, r.site.Name, x.Transport.Message)
	}
	if err != nil {
		return nil, err
	}
	deleted := m.statuses()
	_, m, err = r.e.ask(ctx, r.by.readAll, r.site, false, all...)
	read := m.statuses()
	if err != nil || len(deleted) != len(all) || len(read) != len(all) {
		return keys, nil
	}
	nobody := fate{deleted[len(keys)], read[len(keys)]}
	for i, key := range keys {
		if !(fate{deleted[i], read[i]}).gone(nobody) {
			doubtful = append(doubtful, key)
		}
	}
	return doubtful, nil
}

// one deletes one object and says whether it is gone.
func (r *remover) one(ctx context.Context, key string) (bool, error) {
	f, err := r.fate(ctx, key)
	if err != nil || f.gone(fate{}) {
		return err == nil, err
	}
	if succeeded(f.read) {
		return false, nil
	}
	if r.nobody == nil {
		nobody, err := r.fate(ctx, neverUsed())
		if err != nil {
			return false, err
		}
		r.nobody = &nobody
	}
	return f.gone(*r.nobody), nil
}

// fate deletes one object, reads it and returns what was answered. It is an error
// when the read is answered without a status.
func (r *remover) fate(ctx context.Context, key string) (f fate, err error) {
	_, m, err := r.e.ask(ctx, r.by.deleteOne, r.site, false, key)
	if err != nil {
		return f, err
	}
	if all := m.statuses(); len(all) > 0 {
		f.deleted = all[0]
	}
	x, m, err := r.e.ask(ctx, r.by.readOne, r.site, false, key)
	switch {
	case err != nil:
		return f, err
	case x.Transport != nil:
		return f, fmt.Errorf("read back a %s of site %s: %s", r.kind, r.site.Name, x.Transport.Message)
	case m.fault() != nil || len(m.statuses()) == 0:
		return f, fmt.Errorf("read back a %s of site %s: %s", r.kind, r.site.Name, whatAnswered(x, m))
	}
	f.read = m.statuses()[0]
	return f, nil
}
