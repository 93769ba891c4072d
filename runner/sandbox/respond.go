package sandbox

import (
	"net/http"
	"slices"
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

// operationPoints are deviations that touch the answer of one operation only.
var operationPoints = [...]struct{ operation, response, order string }{
	{"createPerson", "create-answered-as-update", ""},
	{"updatePerson", "update-answered-as-create", ""},
	{"replacePerson", "replace-answered-as-create", ""},
	{"deletePerson", "delete-answered-as-create", ""},
	{"changePersonIdentifier", "change-answered-as-create", ""},
	{"createPersons", "", "creates-statuses-reversed"},
	{"updatePersons", "", "updates-statuses-reversed"},
	{"replacePersons", "", "replaces-statuses-reversed"},
	{"deletePersons", "write-answered-as-create", "deletes-statuses-reversed"},
	{"readPersons", "", "reads-statuses-reversed"},
	{"changePersonsIdentifier", "", "changes-statuses-reversed"},
}

// responseName is the local name of the response element.
func (c *call) responseName() string {
	for _, p := range operationPoints {
		if p.operation == c.op.Name && p.response != "" && c.deviates(p.response) {
			if c.op.Name == "createPerson" {
				return "updatePersonResponse"
			}
			return "createPersonResponse"
		}
	}
	return c.op.Response.Local
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
