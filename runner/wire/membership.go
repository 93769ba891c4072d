package wire

// Paths of the membership requests.
const (
	membershipKey     = "mmess:sourcedId/common:identifier"
	membershipPair    = "mmess:membershipIdPairSet/mmess:membershipIdPair"
	membershipKeySet  = "mmess:sourcedIdSet/common:identifier"
	membershipKeyPair = "mmess:pairSourcedIdSet/common:identifierPair"
	memberGroup       = "mmess:membership/mdata:groupSourcedId/common:identifier"
	memberPerson      = "mmess:membership/mdata:member/mdata:memberSourcedId/common:identifier"
)

// membershipOperations are the 14 operations of the membership service, as declared
// in its WSDL.
func membershipOperations() []Operation {
	return []Operation{
		membershipWrite("createMembership"),
		membershipWrites("createMemberships"),
		membershipWrite("updateMembership"),
		membershipWrites("updateMemberships"),
		membershipWrite("replaceMembership"),
		membershipWrites("replaceMemberships"),
		membership(Operation{Name: "deleteMembership", Effect: Write, Container: StatusSingle, Targets: []string{membershipKey}, Empty: true}),
		membership(Operation{Name: "deleteMemberships", Effect: Write, Container: StatusPerItem, Targets: []string{membershipKeySet}, Items: membershipKeySet, Empty: true}),
		membership(Operation{Name: "readMembership", Effect: Read, Container: StatusSingle, Targets: []string{membershipKey}}),
		membership(Operation{Name: "readMemberships", Effect: Read, Container: StatusPerItem, Targets: []string{membershipKeySet}, Items: membershipKeySet}),
		// The two reads below give a key to a membership that has none (page
		// readMembershipsForPerson), so that they write on sites with such ones.
		membership(Operation{Name: "readMembershipsForPerson", Effect: ReadThatWrites, Container: StatusSetSingle, References: []string{"mmess:personSourcedId/common:identifier"}}),
		membership(Operation{Name: "readMembershipsForGroup", Effect: ReadThatWrites, Container: StatusSetSingle, References: []string{"mmess:groupSourcedId/common:identifier"}}),
		membership(Operation{Name: "changeMembershipIdentifier", Effect: Write, Container: StatusSingle,
			Targets: []string{membershipKey}, NewKeys: []string{"mmess:newSourcedId/common:identifier"}, Empty: true}),
		membership(Operation{Name: "changeMembershipsIdentifier", Effect: Write, Container: StatusPerItem,
			Targets: []string{membershipKeyPair + "/common:firstId"}, NewKeys: []string{membershipKeyPair + "/common:secondId"}, Items: membershipKeyPair, Empty: true}),
	}
}

func membershipWrite(name string) Operation {
	return membership(Operation{Name: name, Effect: Write, Container: StatusSingle, Empty: true,
		Targets: []string{membershipKey}, References: []string{memberGroup, memberPerson}})
}

func membershipWrites(name string) Operation {
	return membership(Operation{Name: name, Effect: Write, Container: StatusPerItem, Items: membershipPair, Empty: true,
		Targets: []string{membershipPair + "/" + membershipKey}, References: []string{membershipPair + "/" + memberGroup, membershipPair + "/" + memberPerson}})
}

// membership completes what all membership operations have in common.
func membership(o Operation) Operation {
	o.Service, o.Kind = ServiceMembership, KindMembership
	o.Action = "http://www.imsglobal.org/soap/mms/" + o.Name
	o.Request = Name{NSMmess, o.Name + "Request"}
	o.Response = Name{NSMmess, o.Name + "Response"}
	return o
}
