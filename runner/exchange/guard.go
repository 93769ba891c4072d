package exchange

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"esconform/runner/ledger"
	"esconform/runner/plan"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// refusal says why the guard rail does not let a request pass. Nothing was sent.
type refusal struct{ reason string }

// Error says why the request was refused.
func (r *refusal) Error() string { return "refused before it was sent: " + r.reason }

func refuse(format string, args ...any) error { return &refusal{fmt.Sprintf(format, args...)} }

// guard is the guard rail: it looks at every request before it is sent.
type guard struct {
	keys     keyring
	readOnly bool
	sandbox  bool
	start    time.Time // of the run, by the endpoint's clock
}

// check refuses a request that could touch what is not the run's own, and says what
// it has found out about the others.
func (g guard) check(t *template, f *filling, step scenario.Step) (p passed, err error) {
	if err := checkHeaders(step.HTTP); err != nil {
		return p, err
	}
	p.effect, p.creates = effectOf(t, step), creates(t, step)
	if p.effect == wire.ReadThatWrites && listsEverybody(t, step) {
		if p.effect, err = g.readAll(t, f); err != nil {
			return p, err
		}
	}
	if p.effect != wire.Read && g.readOnly {
		return p, refuse("%s writes, and the run is read-only", step.Operation)
	}
	for _, use := range t.keys {
		one := func() error { return g.use(&p, f, use) }
		if use.inItem {
			err = f.eachItem(one)
		} else {
			err = one()
		}
		if err != nil {
			return p, err
		}
	}
	return p, nil
}

// checkBare refuses a plain HTTP request that could change something in a run that is
// read-only. Only the safe methods of HTTP are reads (RFC 9110, 9.2.1).
func (g guard) checkBare(method string, h scenario.HTTP) (p passed, err error) {
	if err := checkHeaders(h); err != nil {
		return p, err
	}
	p.effect = wire.Write
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		p.effect = wire.Read
	}
	if p.effect != wire.Read && g.readOnly {
		return p, refuse("the method %s may write, and the run is read-only", method)
	}
	return p, nil
}

// checkHeaders refuses headers that say what a request does and to whom it goes:
// the guard rail would look at another request than the endpoint.
func checkHeaders(h scenario.HTTP) error {
	for name := range h.Headers {
		for _, ours := range []string{"SOAPAction", "Content-Type", "Host"} {
			if strings.EqualFold(strings.TrimSpace(name), ours) {
				return refuse("it sets the header %s, which has a place of its own in a step", ours)
			}
		}
	}
	return nil
}

// use checks one place of an identifier and notes what is stored or asked for there.
func (g guard) use(p *passed, f *filling, use keyUse) error {
	key, err := f.text(use.parts)
	if err != nil {
		return err
	}
	if err := g.key(*p, use, key); err != nil {
		return err
	}
	made := g.keys.own[key] || g.keys.mine(key) && (use.role == roleNew || p.creates && use.role == roleTarget)
	if p.effect == wire.Write && made {
		p.stores = append(p.stores, stored{use.kind, key})
	}
	if use.role == roleTarget {
		// A membership without a key goes with its person and its group.
		if p.creates && key == "" && use.kind != ledger.Membership {
			p.keyless = append(p.keyless, keyless{use.kind, p.targets})
		}
		p.targets++
	}
	if use.role == roleReference && p.asked == "" {
		p.asked = key
	}
	return nil
}

// key checks one identifier. An empty one names nobody's object when something is
// created or read; but what is changed or deleted by it could be anybody's that has
// no key, so that is done on the sandbox only.
func (g guard) key(p passed, use keyUse, key string) error {
	switch {
	case key == "":
		if p.effect != wire.Write || p.creates || use.role == roleReference || g.sandbox {
			return nil
		}
		return refuse("it would change or delete what has no key, at %s; that is done on the sandbox only", use.path)
	case g.keys.anchors[key]:
		if p.effect == wire.ReadThatWrites && !g.sandbox {
			return refuse("it would give keys to memberships of an anchor, at %s; that is done on the sandbox only", use.path)
		}
		if p.effect == wire.Read || use.role == roleReference {
			return nil
		}
		return refuse("it would write to an anchor, at %s", use.path)
	case g.keys.mine(key), g.keys.known(key) && (p.effect == wire.Read || use.role == roleReference):
		return nil
	case g.keys.known(key):
		return refuse("it would write to %q, which was captured from an answer to a read, at %s", shown(key), use.path)
	case p.effect != wire.Read && use.role != roleReference:
		return refuse("it would write to %q, which is no key of this run, at %s", shown(key), use.path)
	}
	return refuse("it names %q, which is neither a key of this run nor an anchor, at %s", shown(key), use.path)
}

// readAll checks readAllPersons: with ConvertFromManual it changes the persons of
// everybody, and without a bound it lists them.
func (g guard) readAll(t *template, f *filling) (wire.Effect, error) {
	convert, err := f.text(t.convert)
	if err != nil {
		return wire.ReadThatWrites, err
	}
	if convert != "" && convert != "false" && convert != "0" {
		if !g.sandbox {
			return wire.ReadThatWrites, refuse("ConvertFromManual would change persons that are not the run's; that is done on the sandbox only")
		}
		return wire.ReadThatWrites, nil
	}
	if g.sandbox {
		return wire.Read, nil
	}
	text, err := f.text(t.createdFrom)
	if err != nil {
		return wire.Read, err
	}
	from, err := time.Parse(time.RFC3339, text)
	if err != nil || from.Before(g.start.Truncate(time.Second)) {
		return wire.Read, refuse("readAllPersons would list persons that are not the run's; CreatedFrom is {run-start} or later off the sandbox")
	}
	return wire.Read, nil
}

// listsEverybody says whether an endpoint could read readAllPersons out of a request.
// The other reads that write are about one person, or one group, which they name.
func listsEverybody(t *template, step scenario.Step) bool {
	all, _ := wire.Lookup("readAllPersons")
	return step.Operation == all.Name || t.root == all.Request || strings.TrimSpace(step.HTTP.Action) == all.Action
}

// possible are the operations that an endpoint could read out of a request: from what
// the step says, from its Body, or from its SOAPAction.
func possible(t *template, step scenario.Step) []wire.Operation {
	var all []wire.Operation
	add := func(op wire.Operation, ok bool) {
		if ok {
			all = append(all, op)
		}
	}
	add(wire.Lookup(step.Operation))
	add(wire.LookupRequest(t.root))
	add(wire.LookupAction(strings.TrimSpace(step.HTTP.Action)))
	return all
}

// effectOf returns the strongest effect that an endpoint could read out of a request.
func effectOf(t *template, step scenario.Step) wire.Effect {
	effect := wire.Write // what is not known may write
	strength := map[wire.Effect]int{wire.Read: 1, wire.ReadThatWrites: 2, wire.Write: 3}
	known := 0
	for _, op := range possible(t, step) {
		if strength[op.Effect] > known {
			known, effect = strength[op.Effect], op.Effect
		}
	}
	return effect
}

// creates says whether a request can only be read as one that creates.
func creates(t *template, step scenario.Step) bool {
	all := possible(t, step)
	return len(all) > 0 && !slices.ContainsFunc(all, func(op wire.Operation) bool { return !strings.HasPrefix(op.Name, "create") })
}

// writes says whether a step is a write by its operation.
func writes(step scenario.Step) bool {
	op, known := wire.Lookup(step.Operation)
	return known && op.Effect == wire.Write
}

// newGuard returns the guard rail of a case.
func newGuard(p plan.Plan, keys keyring, readOnly bool, start time.Time) guard {
	return guard{keys: keys, readOnly: readOnly, sandbox: p.Target.Control != nil, start: start}
}
