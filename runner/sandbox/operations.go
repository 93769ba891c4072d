package sandbox

import (
	"esconform/runner/wire"
)

// A handler carries out an operation on its request element.
type handler func(c *call, request *node) (reply, *fault, error)

// handlerOf returns the code of an operation, nil for one that is not served.
func handlerOf(operation string) handler {
	for _, h := range handlers() {
		if h.operation == operation {
			return h.serve
		}
	}
	return nil
}

type operationHandler struct {
	operation string
	serve     handler
}

func handlers() []operationHandler {
	return []operationHandler{
		{"createPerson", writeOne(modeCreate)},
		{"createPersons", writeAll(modeCreate)},
		{"updatePerson", writeOne(modeUpdate)},
		{"updatePersons", writeAll(modeUpdate)},
		{"replacePerson", writeOne(modeReplace)},
		{"replacePersons", writeAll(modeReplace)},
		{"deletePerson", deleteOne},
		{"deletePersons", deleteAll},
		{"readPerson", readOne},
		{"readPersons", readSet},
		{"readPersonsForGroup", readGroup},
		{"changePersonIdentifier", changeOne},
		{"changePersonsIdentifier", changeAll},
		{"readAllPersons", readEverybody},
	}
}

// writeOne serves a singular write.
func writeOne(how mode) handler {
	return func(c *call, request *node) (reply, *fault, error) {
		m, f := c.readPersonMessage(request)
		if f != nil {
			return reply{}, f, nil
		}
		statuses, err := c.run([]item{c.writeItem(m, how)})
		return reply{statuses: statuses}, nil, err
	}
}

// writeAll serves a plural write. The whole request is read first: what cannot
// be read is a fault, and then nothing is changed.
func writeAll(how mode) handler {
	return func(c *call, request *node) (reply, *fault, error) {
		var items []item
		for _, pair := range request.child(wire.NSPmess, "personIdPairSet").all(wire.NSPmess, "personIdPair") {
			m, f := c.readPersonMessage(pair)
			if f != nil {
				return reply{}, f, nil
			}
			items = append(items, c.writeItem(m, how))
		}
		statuses, err := c.run(items)
		return reply{statuses: statuses}, nil, err
	}
}

func (c *call) writeItem(m personMessage, how mode) item {
	return func(t *tx) (status, error) { return c.writePerson(t, m, how) }
}

func deleteOne(c *call, request *node) (reply, *fault, error) {
	key := c.identifierOf(request.child(wire.NSPmess, "sourcedId"))
	statuses, err := c.run([]item{c.deleteItem(key)})
	return reply{statuses: statuses}, nil, err
}

func deleteAll(c *call, request *node) (reply, *fault, error) {
	var items []item
	for _, key := range keysOf(request) {
		items = append(items, c.deleteItem(key))
	}
	statuses, err := c.run(items)
	return reply{statuses: statuses}, nil, err
}

// keysOf returns the identifiers of a sourcedIdSet.
func keysOf(request *node) []string {
	var keys []string
	for _, id := range request.child(wire.NSPmess, "sourcedIdSet").all(wire.NSCommon, "identifier") {
		keys = append(keys, id.text)
	}
	return keys
}

func changeOne(c *call, request *node) (reply, *fault, error) {
	from := c.identifierOf(request.child(wire.NSPmess, "sourcedId"))
	to := c.identifierOf(request.child(wire.NSPmess, "newSourcedId"))
	statuses, err := c.run([]item{c.changeItem(from, to)})
	return reply{statuses: statuses}, nil, err
}

func changeAll(c *call, request *node) (reply, *fault, error) {
	var items []item
	for _, pair := range request.child(wire.NSPmess, "pairSourcedIdSet").all(wire.NSCommon, "identifierPair") {
		from := textOf(pair.child(wire.NSCommon, "firstId"))
		to := textOf(pair.child(wire.NSCommon, "secondId"))
		items = append(items, c.changeItem(from, to))
	}
	statuses, err := c.run(items)
	return reply{statuses: statuses}, nil, err
}
