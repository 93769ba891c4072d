package exchange

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/ledger"
)

// codes is a status: its codeMajor and its codeMinor.
type codes struct{ major, minor string }

var (
	success = codes{"success", "fullsuccess"}
	unknown = codes{"failure", "unknownobject"}
	busy    = codes{"failure", "targetisbusy"}
)

func (c codes) status() string {
	return "<b:statusInfo><b:codeMajor>" + c.major + "</b:codeMajor><b:severity>x</b:severity><b:codeMinor><b:codeMinorField><b:codeMinorName>n</b:codeMinorName><b:codeMinorValue>" +
		c.minor + "</b:codeMinorValue></b:codeMinorField></b:codeMinor></b:statusInfo>"
}

// A read that fails does not prove that a person is gone.
func TestAPersonIsGoneOnlyWhereTheAnswersSaySo(t *testing.T) {
	tests := []struct {
		name                      string
		deleted, read             codes // what is answered about the person
		nobodyDeleted, nobodyRead codes // and about a key that was never used
		pluralsFail               bool
		gone                      bool
		batchIsEnough             bool
	}{
		{name: "it was deleted and is unknown", deleted: success, read: unknown, nobodyDeleted: unknown, nobodyRead: unknown, gone: true, batchIsEnough: true},
		{name: "it was deleted and the read fails in some way", deleted: success, read: busy, nobodyDeleted: unknown, nobodyRead: unknown, gone: true, batchIsEnough: true},
		{name: "it never was", deleted: unknown, read: unknown, nobodyDeleted: unknown, nobodyRead: unknown, gone: true, batchIsEnough: true},
		{name: "it never was, and the plural operations fail", deleted: unknown, read: unknown, nobodyDeleted: unknown, nobodyRead: unknown, pluralsFail: true, gone: true},
		{name: "it was deleted, and the plural operations fail", deleted: success, read: unknown, nobodyDeleted: unknown, nobodyRead: unknown, pluralsFail: true, gone: true},
		{name: "it is busy", deleted: busy, read: busy, nobodyDeleted: unknown, nobodyRead: unknown},
		{name: "it is busy, and the plural operations fail", deleted: busy, read: busy, nobodyDeleted: unknown, nobodyRead: unknown, pluralsFail: true},
		{name: "the deletion fails and the read says unknown", deleted: busy, read: unknown, nobodyDeleted: unknown, nobodyRead: unknown},
		{name: "the deletion says unknown and the read fails", deleted: unknown, read: busy, nobodyDeleted: unknown, nobodyRead: unknown},
		{name: "it can still be read", deleted: success, read: success, nobodyDeleted: unknown, nobodyRead: unknown},
		{name: "everything can be read", deleted: success, read: success, nobodyDeleted: success, nobodyRead: success},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPeer(t)
			p.odd = func(w http.ResponseWriter, _ *http.Request, in received) bool {
				if test.pluralsFail && strings.HasSuffix(in.Operation, "s") {
					answerWith(500, "text/xml", soapFault("InternalServiceFault", "not today"))(w, nil)
					return true
				}
				var statuses string
				for _, key := range in.Keys {
					c := map[bool]codes{true: test.read, false: test.deleted}
					if key != annaKey {
						c = map[bool]codes{true: test.nobodyRead, false: test.nobodyDeleted}
					}
					statuses += c[strings.HasPrefix(in.Operation, "read")].status()
				}
				w.Header().Set("Content-Type", "text/xml")
				io.WriteString(w, soapAnswer(in.Operation, statuses, ""))
				return true
			}
			r := newRig(t, p, nil, story("s/one", step("readPerson", "read.xml")))
			left, err := r.RemoveObjects(t.Context(), "main", ledger.Person, []string{annaKey})
			var want []string
			if !test.gone {
				want = []string{annaKey}
			}
			if diff := cmp.Diff(want, left); diff != "" || err != nil {
				t.Errorf("%v (-want +got)\n%s", err, diff)
			}
			if single := len(p.requests("deletePerson")); (single == 0) != test.batchIsEnough {
				t.Errorf("%d single deletions", single)
			}
		})
	}
}
