package sandbox

import (
	"slices"

	"esconform/runner/wire"
)

// A handler carries out an operation on its request element. A fault is
// returned as an error.
type handler func(c *call, request *node) (reply, error)

// An operationHandler is a row of the table of operations.
type operationHandler struct {
	operation string
	serve     handler
}

// operationHandlers returns the table of operations that are served.
func operationHandlers() []operationHandler {
	return slices.Concat(personHandlers(), groupHandlers(), membershipHandlers())
}

// personHandlers returns the table of operations of the person services.
func personHandlers() []operationHandler {
	return []operationHandler{
		{"createPerson", writeOne(modeCreate)},
		{"createPersons", writeAll(modeCreate)},
		{"updatePerson", writeOne(modeUpdate)},
		{"updatePersons", writeAll(modeUpdate)},
		{"replacePerson", writeOne(modeReplace)},
		{"replacePersons", writeAll(modeReplace)},
		{"deletePerson", byKey((*call).deleteItem)},
		{"deletePersons", byKeys((*call).deleteItem)},
		{"readPerson", readOne},
		{"readPersons", readSet},
		{"readPersonsForGroup", readPersonsOfGroup},
		{"changePersonIdentifier", changeOne((*call).changeItem)},
		{"changePersonsIdentifier", changeAll((*call).changeItem)},
		{"readAllPersons", readEverybody},
	}
}

// handlerOf returns the code of an operation, nil for one that is not served.
func handlerOf(operation string) handler {
	for _, h := range operationHandlers() {
		if h.operation == operation {
			return h.serve
		}
	}
	return nil
}

// writeOne serves a singular write.
func writeOne(how mode) handler {
	return func(c *call, request *node) (reply, error) {
		m, err := c.readPersonMessage(request)
		if err != nil {
			return reply{}, err
		}
		statuses, err := c.run([]item{c.writeItem(m, how)})
		return reply{statuses: statuses}, err
	}
}

// writeAll serves a plural write. The whole request is read first: what cannot
// be read is a fault, and then nothing is changed.
func writeAll(how mode) handler {
	return func(c *call, request *node) (reply, error) {
		var items []item
		for _, pair := range request.child(wire.NSPmess, "personIdPairSet").all(wire.NSPmess, "personIdPair") {
			m, err := c.readPersonMessage(pair)
			if err != nil {
				return reply{}, err
			}
			items = append(items, c.writeItem(m, how))
		}
		statuses, err := c.run(c.items(items))
		return reply{statuses: c.onItsItem(statuses)}, err
	}
}

// onItsItem leaves each remark on the item that it is about.
func (c *call) onItsItem(statuses []status) []status {
	i := slices.IndexFunc(statuses, status.warned)
	if i > 0 && c.deviates("warning-on-first-item") {
		statuses[0], statuses[i] = statuses[i], statuses[0]
	}
	return statuses
}

func (c *call) writeItem(m personMessage, how mode) item {
	return func(t *tx) (status, error) { return c.writePerson(t, m, how) }
}

// items returns what a plural request asks for: every item.
func (c *call) items(items []item) []item {
	for _, p := range operationPoints {
		if p.operation == c.op.Name && p.first != "" && len(items) > 1 && c.deviates(p.first) {
			for i := 1; i < len(items); i++ {
				items[i] = items[i].lost()
			}
		}
	}
	return items
}

// lost carries an item out and undoes it, whatever it says.
func (it item) lost() item {
	return func(t *tx) (status, error) {
		st, err := it(t)
		st.lose = true
		return st, err
	}
}

// byKey serves an operation on one sourcedId.
func byKey(carryOut func(c *call, key string) item) handler {
	return func(c *call, request *node) (reply, error) {
		key := identifierOf(request.child(request.name.Space, "sourcedId"))
		statuses, err := c.run([]item{carryOut(c, key)})
		return reply{statuses: statuses}, err
	}
}

// byKeys serves an operation on each identifier of a sourcedIdSet.
func byKeys(carryOut func(c *call, key string) item) handler {
	return func(c *call, request *node) (reply, error) {
		var items []item
		for _, key := range keysOf(request) {
			items = append(items, carryOut(c, key))
		}
		statuses, err := c.run(c.items(items))
		return reply{statuses: statuses}, err
	}
}

// keysOf returns the identifiers of a sourcedIdSet.
func keysOf(request *node) []string {
	var keys []string
	for _, id := range request.child(request.name.Space, "sourcedIdSet").all(wire.NSCommon, "identifier") {
		keys = append(keys, id.text)
	}
	return keys
}

// changeOne serves a change of one identifier.
func changeOne(carryOut func(c *call, from, to string) item) handler {
	return func(c *call, request *node) (reply, error) {
		from := identifierOf(request.child(request.name.Space, "sourcedId"))
		to := identifierOf(request.child(request.name.Space, "newSourcedId"))
		statuses, err := c.run([]item{carryOut(c, from, to)})
		return reply{statuses: statuses}, err
	}
}

// changeAll serves a change of several identifiers.
func changeAll(carryOut func(c *call, from, to string) item) handler {
	return func(c *call, request *node) (reply, error) {
		var items []item
		for _, pair := range request.child(request.name.Space, "pairSourcedIdSet").all(wire.NSCommon, "identifierPair") {
			from := textOf(pair.child(wire.NSCommon, "firstId"))
			to := textOf(pair.child(wire.NSCommon, "secondId"))
			items = append(items, carryOut(c, from, to))
		}
		statuses, err := c.run(c.items(items))
		return reply{statuses: statuses}, err
	}
}
