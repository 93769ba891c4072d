package sandbox

import (
	"context"
	"slices"

	"esconform/runner/wire"
)

// A call is one request on its way through the endpoint.
type call struct {
	ctx        context.Context
	server     *Server
	site       *site
	behaviour  *behaviour
	env        *envelope
	op         wire.Operation
	bare       bool    // over TLS, without a client certificate
	madeGroups []int64 // groups that the request has made so far
}

// A reply is what an operation says: statuses in the order of the items, and
// the content of the response element.
type reply struct {
	statuses []status
	content  []*element
}

// enter makes a site the one that the call is about.
func (c *call) enter(at *site) { c.site, c.behaviour = at, at.doing.Load() }

// deviates says whether the site breaks a rule on purpose, and records that a
// request has come to where the rule is applied.
func (c *call) deviates(name string) bool {
	i, known := c.server.points[name]
	if !known {
		return false
	}
	if !c.site.reached[i].Load() {
		c.site.reached[i].Store(true)
	}
	return c.behaviour.deviations[i]
}

// reads says whether the site follows a documented reading other than the usual
// one.
func (c *call) reads(name string) bool { return slices.Contains(c.behaviour.dialect, name) }

// An item carries out one item of a request inside the request's transaction.
type item func(t *tx) (status, error)

// run carries out items one after the other. An item that fails changes
// nothing; the others are not touched by that (ruling 20). A fault undoes the
// whole request.
func (c *call) run(items []item) ([]status, error) {
	if len(items) == 0 && c.op.Plural() && c.deviates("empty-batch-with-a-status") {
		return []status{failure(minorInvalid, "The request has no items")}, nil
	}
	statuses := make([]status, len(items))
	err := c.server.store.do(c.ctx, func(t *tx) error {
		stopped, failed := false, false
		for i, it := range items {
			if stopped {
				statuses[i] = failure(minorInvalid, "The item was not processed")
				continue
			}
			st, err := c.runItem(t, it)
			if err != nil {
				return err
			}
			statuses[i] = st
			failed = failed || st.failed()
			stopped = st.failed() && i+1 < len(items) && c.deviates("batch-stops-at-failure")
		}
		if failed && len(items) > 1 && c.deviates("batch-fails-together") {
			for i := range statuses {
				statuses[i] = failure(minorInvalid, "The batch was not processed")
			}
			return errUndo
		}
		if failed && len(items) > 1 && (c.deviates("batch-rolled-back") || c.undoneOnPurpose()) {
			return errUndo
		}
		return nil
	})
	return statuses, err
}

// undoneOnPurpose says whether a failing item undoes the batch of this
// operation.
func (c *call) undoneOnPurpose() bool {
	for _, p := range operationPoints {
		if p.operation == c.op.Name && p.undone != "" && c.deviates(p.undone) {
			return true
		}
	}
	return false
}

func (c *call) runItem(t *tx, it item) (status, error) {
	var st status
	err := t.item(func(t *tx) error {
		var err error
		if st, err = it(t); err != nil {
			return err
		}
		if st.failed() && !st.keep || st.lose {
			return errUndo
		}
		return nil
	})
	return st, err
}

// portalOpen says whether relationships can be written and read at all: both
// parent portal settings must be on.
func (c *call) portalOpen() bool { return c.portalOfSite() && c.portalOfEndpoint() }

func (c *call) portalOfSite() bool { return c.site.state(StateParentPortal) == stateEnabled }

func (c *call) portalOfEndpoint() bool {
	return c.server.endpoint.state(StateParentPortalGlobal) == stateEnabled
}
