package wire

// Paths of the person requests.
const (
	personKey     = "pmess:sourcedId/common:identifier"
	personPair    = "pmess:personIdPairSet/pmess:personIdPair"
	personKeySet  = "pmess:sourcedIdSet/common:identifier"
	personKeyPair = "pmess:pairSourcedIdSet/common:identifierPair"
	relative      = "pmess:person/pdata:extension/common:relationship/common:sourceId/common:identifier"
	userName      = "pmess:person/pdata:userId/common:userIdValue"
)

// personOperations are the 13 operations of the person service and the one of
// the extended person service, as declared in their WSDLs.
func personOperations() []Operation {
	return []Operation{
		personWrite("createPerson"),
		personWrites("createPersons"),
		personWrite("updatePerson"),
		personWrites("updatePersons"),
		personWrite("replacePerson"),
		personWrites("replacePersons"),
		person(Operation{Name: "deletePerson", Effect: Write, Container: StatusSingle, Targets: []string{personKey}, Empty: true}),
		person(Operation{Name: "deletePersons", Effect: Write, Container: StatusPerItem, Targets: []string{personKeySet}, Items: personKeySet, Empty: true}),
		person(Operation{Name: "readPerson", Effect: Read, Container: StatusSingle, Targets: []string{personKey}}),
		person(Operation{Name: "readPersons", Effect: Read, Container: StatusPerItem, Targets: []string{personKeySet}, Items: personKeySet}),
		person(Operation{Name: "readPersonsForGroup", Effect: Read, Container: StatusSetSingle, References: []string{"pmess:groupSourcedId/common:identifier"}}),
		person(Operation{Name: "changePersonIdentifier", Effect: Write, Container: StatusSingle,
			Targets: []string{personKey}, NewKeys: []string{"pmess:newSourcedId/common:identifier"}, Empty: true}),
		person(Operation{Name: "changePersonsIdentifier", Effect: Write, Container: StatusPerItem,
			Targets: []string{personKeyPair + "/common:firstId"}, NewKeys: []string{personKeyPair + "/common:secondId"}, Items: personKeyPair, Empty: true}),
		person(Operation{Name: "readAllPersons", Service: ServiceExtendedPerson, Effect: ReadThatWrites, Container: StatusSingle}),
	}
}

func personWrite(name string) Operation {
	return person(Operation{Name: name, Effect: Write, Container: StatusSingle, Empty: true,
		Targets: []string{personKey}, References: []string{relative}, Unique: []string{userName}})
}

func personWrites(name string) Operation {
	return person(Operation{Name: name, Effect: Write, Container: StatusPerItem, Items: personPair, Empty: true,
		Targets: []string{personPair + "/" + personKey}, References: []string{personPair + "/" + relative}, Unique: []string{personPair + "/" + userName}})
}

// person completes what all person operations have in common.
func person(o Operation) Operation {
	if o.Service == "" {
		o.Service = ServicePerson
	}
	o.Kind = KindPerson
	o.Action = "http://www.imsglobal.org/soap/pms/" + o.Name
	o.Request = Name{NSPmess, o.Name + "Request"}
	o.Response = Name{NSPmess, o.Name + "Response"}
	return o
}
