package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// envelop makes the answer of an operation that was carried out: the status
// header, the Security header, the response element.
func (c *call) envelop(rep reply) answer {
	a := answer{
		status: http.StatusOK,
		header: []*element{c.statusHeader(rep.statuses), c.securityHeader(c.server.now())},
		body:   el(c.op.Response.Space, c.responseName()),
	}
	a.body.add(rep.content...)
	if slices.ContainsFunc(rep.statuses, status.failed) && c.deviates("failure-with-500") {
		a.status = http.StatusInternalServerError
	}
	return a
}

// An operationPoint names the deviations that touch the answer of one operation
// only, and those of a batch of it; empty for none.
type operationPoint struct {
	operation string
	response  string // the response element is that of another operation
	order     string // statuses come in the reverse order
	rotated   string // the first status comes last
	single    string // a set of one status is a single status
	undone    string // a failing item undoes the whole batch, which the answer does not say
	first     string // the first item of a batch is stored only, the answer is as if all were
}

// operationPoints are those of all services.
var operationPoints = slices.Concat(personPoints[:], groupOperationPoints[:], membershipOperationPoints[:])

var personPoints = [...]operationPoint{
	{operation: "createPerson", response: "create-answered-as-update"},
	{operation: "updatePerson", response: "update-answered-as-create"},
	{operation: "replacePerson", response: "replace-answered-as-create"},
	{operation: "deletePerson", response: "delete-answered-as-create"},
	{operation: "changePersonIdentifier", response: "change-answered-as-create"},
	{operation: "createPersons", order: "creates-statuses-reversed", first: "creates-first-only", undone: "creates-rolled-back"},
	{operation: "updatePersons", order: "updates-statuses-reversed", first: "updates-first-only"},
	{operation: "replacePersons", order: "replaces-statuses-reversed", first: "replaces-first-only"},
	{operation: "deletePersons", response: "write-answered-as-create", order: "deletes-statuses-reversed", first: "deletes-first-only"},
	{operation: "readPersons", order: "reads-statuses-reversed"},
	{operation: "readPersonsForGroup", single: "group-with-single-status"},
	{operation: "changePersonsIdentifier", order: "changes-statuses-reversed", first: "changes-first-only"},
}

// responseName is the local name of the response element.
func (c *call) responseName() string {
	for _, p := range operationPoints {
		if p.operation == c.op.Name && p.response != "" && c.deviates(p.response) {
			return c.otherResponse()
		}
	}
	return c.op.Response.Local
}

// otherResponse is the response element of another operation on the same kind
// of object.
func (c *call) otherResponse() string {
	kind := strings.ToUpper(string(c.op.Kind[:1])) + string(c.op.Kind[1:])
	if c.op.Name == "create"+kind {
		return "update" + kind + "Response"
	}
	return "create" + kind + "Response"
}

// faultsOfFaults are corruptions of faults; the others touch the answer of
// replacePerson only, so that what a scenario needs first can still be made.
var faultsOfFaults = [...]string{corruptFault200, corruptNoFaultString, corruptUnqualifiedFault, corruptHeaderAndFault}

// corrupted tells the writer which fault of bytes the site makes on purpose.
func (c *call) corrupted(a answer) answer {
	if isFault(a.body) {
		for _, name := range faultsOfFaults {
			if c.deviates(name) {
				a.corrupt = name
			}
		}
		return a
	}
	for _, name := range corruptions() {
		if c.op.Name == "replacePerson" && !slices.Contains(faultsOfFaults[:], name) && c.deviates(name) {
			a.corrupt = name
		}
	}
	return a
}
