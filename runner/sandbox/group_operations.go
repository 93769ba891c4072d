package sandbox

import "esconform/runner/wire"

// groupHandlers returns the table of operations of the group service.
func groupHandlers() []operationHandler {
	return []operationHandler{
		{"createGroup", writeGroupOne(modeCreate)},
		{"createGroups", writeGroupAll(modeCreate)},
		{"updateGroup", writeGroupOne(modeUpdate)},
		{"updateGroups", writeGroupAll(modeUpdate)},
		{"replaceGroup", writeGroupOne(modeReplace)},
		{"replaceGroups", writeGroupAll(modeReplace)},
		{"deleteGroup", byKey((*call).deleteGroupItem)},
		{"deleteGroups", byKeys((*call).deleteGroupItem)},
		{"readGroup", readGroupOne},
		{"readGroups", readGroupSet},
		{"readGroupsForPerson", readGroupsOfPerson},
		{"changeGroupIdentifier", changeOne((*call).changeGroupItem)},
		{"changeGroupsIdentifier", changeAll((*call).changeGroupItem)},
	}
}

// groupOperationPoints are deviations of the answer of one group operation.
var groupOperationPoints = [...]operationPoint{
	{operation: "createGroup", response: "create-group-answered-as-update"},
	{operation: "updateGroup", response: "update-group-answered-as-create"},
	{operation: "replaceGroup", response: "replace-group-answered-as-create"},
	{operation: "createGroups", order: "group-creates-statuses-reversed", first: "creates-first-group-only", undone: "group-creates-rolled-back"},
	{operation: "updateGroups", order: "group-updates-statuses-reversed", first: "updates-first-group-only"},
	{operation: "replaceGroups", order: "group-replaces-statuses-reversed", first: "replaces-first-group-only"},
	{operation: "deleteGroups", order: "group-deletes-statuses-reversed", first: "deletes-first-group-only"},
	{operation: "readGroups", rotated: "group-reads-statuses-rotated"},
	{operation: "readGroupsForPerson", single: "groups-of-person-with-single-status"},
	{operation: "changeGroupsIdentifier", rotated: "group-changes-statuses-rotated", first: "changes-first-group-only"},
}

// writeGroupOne serves a singular write.
func writeGroupOne(how mode) handler {
	return func(c *call, request *node) (reply, error) {
		statuses, err := c.run([]item{c.writeGroupItem(request, how)})
		return reply{statuses: statuses}, err
	}
}

// writeGroupAll serves a plural write: an item may build on those before it.
func writeGroupAll(how mode) handler {
	return func(c *call, request *node) (reply, error) {
		var items []item
		for _, pair := range request.child(wire.NSGmess, "groupIdPairSet").all(wire.NSGmess, "groupIdPair") {
			items = append(items, c.writeGroupItem(pair, how))
		}
		statuses, err := c.run(c.items(items))
		return reply{statuses: statuses}, err
	}
}

func (c *call) writeGroupItem(sent *node, how mode) item {
	m := c.readGroupMessage(sent)
	return func(t *tx) (status, error) { return c.writeGroup(t, m, how) }
}
