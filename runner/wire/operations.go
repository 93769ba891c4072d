package wire

import "slices"

// Effect says what an operation does to the endpoint's data.
type Effect string

// The effects. ReadThatWrites is a read that may store something, such as
// readAllPersons with ConvertFromManual; it counts as a write wherever writes are
// restricted.
const (
	Read           Effect = "read"
	Write          Effect = "write"
	ReadThatWrites Effect = "read-that-writes"
)

// StatusContainer says where an operation's answer carries its status.
type StatusContainer string

// The containers: one statusInfo; a statusInfoSet with one entry per request
// item, in request order; a statusInfoSet with a single entry.
const (
	StatusSingle    StatusContainer = "statusInfo"
	StatusPerItem   StatusContainer = "statusInfoSet"
	StatusSetSingle StatusContainer = "statusInfoSet/one"
)

// The services, named as their port types.
const (
	ServicePerson         = "PersonManagementServiceSync"
	ServiceExtendedPerson = "ExtendedPersonManagementServiceSync"
	ServiceGroup          = "GroupManagementServiceSync"
	ServiceMembership     = "MembershipManagementServiceSync"
)

// Kind says what an operation's targets are.
type Kind string

// The kinds of objects.
const (
	KindPerson     Kind = "person"
	KindGroup      Kind = "group"
	KindMembership Kind = "membership"
)

// Operation describes one operation of IMS-ES. Paths use the prefixes of this
// project and are relative to the request element (the child of the Body).
type Operation struct {
	Name      string
	Service   string // port type
	Kind      Kind   // of its targets
	Action    string // SOAPAction, without quotes
	Effect    Effect
	Container StatusContainer
	Request   Name
	Response  Name
	// Targets are the paths of the keys that the operation creates, changes,
	// deletes or reads.
	Targets []string
	// NewKeys are the paths of keys that a change of identifier introduces.
	NewKeys []string
	// References are the paths of keys that the request points to without
	// changing the object: a relative, a group.
	References []string
	// Unique are the paths of values that must be unique on a site and are
	// therefore made unique to the run, such as user names.
	Unique []string
	// Items is the path of the repeated element of a plural request; empty for
	// a singular one.
	Items string
	// Empty says that a successful answer's response element has no content.
	Empty bool
}

// Plural says whether the request carries a set of items.
func (o Operation) Plural() bool { return o.Items != "" }

// Lookup returns the operation with that name.
func Lookup(name string) (Operation, bool) {
	i := slices.IndexFunc(operations, func(o Operation) bool { return o.Name == name })
	if i < 0 {
		return Operation{}, false
	}
	return operations[i], true
}

// LookupAction returns the operation with that SOAPAction (without quotes).
func LookupAction(action string) (Operation, bool) {
	i := slices.IndexFunc(operations, func(o Operation) bool { return o.Action == action })
	if i < 0 {
		return Operation{}, false
	}
	return operations[i], true
}

// LookupRequest returns the operation whose request element has that name.
func LookupRequest(name Name) (Operation, bool) {
	i := slices.IndexFunc(operations, func(o Operation) bool { return o.Request == name })
	if i < 0 {
		return Operation{}, false
	}
	return operations[i], true
}

// LookupResponse returns the operation whose response element has that name.
func LookupResponse(name Name) (Operation, bool) {
	i := slices.IndexFunc(operations, func(o Operation) bool { return o.Response == name })
	if i < 0 {
		return Operation{}, false
	}
	return operations[i], true
}

// Operations returns a copy of the table, in the order of the services.
func Operations() []Operation { return slices.Clone(operations) }

var operations = slices.Concat(personOperations(), groupOperations(), membershipOperations())
