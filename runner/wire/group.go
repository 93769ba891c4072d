package wire

// Paths of the group requests.
const (
	groupKey     = "gmess:sourcedId/common:identifier"
	groupPair    = "gmess:groupIdPairSet/gmess:groupIdPair"
	groupKeySet  = "gmess:sourcedIdSet/common:identifier"
	groupKeyPair = "gmess:pairSourcedIdSet/common:identifierPair"
	parentGroup  = "gmess:group/gdata:relationship/gdata:sourceId/common:identifier"
)

// groupOperations are the 13 operations of the group service, as bound in the
// combined WSDL; changeGroupIdentifier stands there only.
func groupOperations() []Operation {
	return []Operation{
		groupWrite("createGroup"),
		groupWrites("createGroups"),
		groupWrite("updateGroup"),
		groupWrites("updateGroups"),
		groupWrite("replaceGroup"),
		groupWrites("replaceGroups"),
		group(Operation{Name: "deleteGroup", Effect: Write, Container: StatusSingle, Targets: []string{groupKey}, Empty: true}),
		group(Operation{Name: "deleteGroups", Effect: Write, Container: StatusPerItem, Targets: []string{groupKeySet}, Items: groupKeySet, Empty: true}),
		group(Operation{Name: "readGroup", Effect: Read, Container: StatusSingle, Targets: []string{groupKey}}),
		group(Operation{Name: "readGroups", Effect: Read, Container: StatusPerItem, Targets: []string{groupKeySet}, Items: groupKeySet}),
		group(Operation{Name: "readGroupsForPerson", Effect: Read, Container: StatusSetSingle, References: []string{"gmess:personSourcedId/common:identifier"}}),
		group(Operation{Name: "changeGroupIdentifier", Effect: Write, Container: StatusSingle,
			Targets: []string{groupKey}, NewKeys: []string{"gmess:newSourcedId/common:identifier"}, Empty: true}),
		group(Operation{Name: "changeGroupsIdentifier", Effect: Write, Container: StatusPerItem,
			Targets: []string{groupKeyPair + "/common:firstId"}, NewKeys: []string{groupKeyPair + "/common:secondId"}, Items: groupKeyPair, Empty: true}),
	}
}

func groupWrite(name string) Operation {
	return group(Operation{Name: name, Effect: Write, Container: StatusSingle, Empty: true,
		Targets: []string{groupKey}, References: []string{parentGroup}})
}

func groupWrites(name string) Operation {
	return group(Operation{Name: name, Effect: Write, Container: StatusPerItem, Items: groupPair, Empty: true,
		Targets: []string{groupPair + "/" + groupKey}, References: []string{groupPair + "/" + parentGroup}})
}

// group completes what all group operations have in common.
func group(o Operation) Operation {
	o.Service, o.Kind = ServiceGroup, KindGroup
	o.Action = "http://www.imsglobal.org/soap/gms/" + o.Name
	o.Request = Name{NSGmess, o.Name + "Request"}
	o.Response = Name{NSGmess, o.Name + "Response"}
	return o
}
