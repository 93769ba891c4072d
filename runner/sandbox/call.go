package sandbox

import (
	"context"

	"esconform/runner/wire"
)

// A call is one request on its way through the endpoint.
type call struct {
	ctx       context.Context
	server    *Server
	site      *site
	behaviour *behaviour
	env       *envelope
	op        wire.Operation
}

// A reply is what an operation says: statuses in the order of the items, and
// the content of the response element.
type reply struct {
	statuses []status
	content  []*element
}

// An item carries out one item of a request inside the request's transaction.
type item func(t *tx) (status, error)

// run carries out items one after the other. An item that fails changes
// nothing; the others are not touched by that (ruling 20).
func (c *call) run(items []item) ([]status, error) {
	statuses := make([]status, len(items))
	err := c.server.store.do(c.ctx, func(t *tx) error {
		for i, it := range items {
			st, err := c.runItem(t, it)
			if err != nil {
				return err
			}
			statuses[i] = st
		}
		return nil
	})
	return statuses, err
}

func (c *call) runItem(t *tx, it item) (status, error) {
	var st status
	err := t.item(func(t *tx) error {
		var err error
		if st, err = it(t); err != nil {
			return err
		}
		if st.failed() {
			return errUndo
		}
		return nil
	})
	return st, err
}

// portalOpen says whether both parent portal settings are on.
func (c *call) portalOpen() bool {
	return c.site.state(StateParentPortal) == stateEnabled && c.server.endpoint.state(StateParentPortalGlobal) == stateEnabled
}
