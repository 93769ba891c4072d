//go:build !race

package runner_test

import (
	"strings"
	"testing"

	"esconform/runner/sandbox"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
	"esconform/xsd/contract"
)

// TestMatrixAnswersKeepTheContract holds every answer of the sandbox, in every
// scenario, against the table that was transcribed from the dossier on its own: a
// name that schemas, sandbox and fixtures misspell alike is found here.
func TestMatrixAnswersKeepTheContract(t *testing.T) {
	r := newRig(t)
	answers := map[string]int{}
	for id, j := range r.run(t, r.sandbox(t, sandbox.Options{}), nil) {
		for _, e := range j.outcome.Exchanges {
			d, err := xmltree.Parse(e.Response, "", xmltree.Limits{})
			if err != nil {
				continue // judged elsewhere: a WSDL, or no XML at all
			}
			breaches, err := contract.Check(d.UTF8)
			if err != nil {
				t.Errorf("%s step %d: %v", id, e.Step+1, err)
			}
			for _, b := range breaches {
				if strings.HasSuffix(b.Path, "/pdata:institutionRoleType") {
					continue // the value is the site's own (PRO-09)
				}
				t.Errorf("%s step %d: %s: %s", id, e.Step+1, b.Path, b.Reason)
			}
			answers[e.Operation]++
		}
	}
	for _, o := range wire.Operations() {
		if answers[o.Name] == 0 {
			t.Errorf("no answer to %s was held against the contract", o.Name)
		}
	}
}
