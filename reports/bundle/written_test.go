package bundle_test

import (
	"bytes"
	"strings"
	"testing"

	"esconform/reports/bundle"
)

// Who holds the key signs what he likes. What he signs must still say one thing: to a
// program that reads it, and to whoever opens the file.
func TestASignedFileSaysOneThingToEveryReader(t *testing.T) {
	key := newKey(t)
	whole := open(t, smallRun(t, key))
	const form = "it is not written as esconform does"
	for _, tt := range []struct{ name, entry, old, new string }{
		{"a verdict twice", bundle.ReportEntry, `{`, `{"verdict": "conformant",`},
		{"a verdict in another case", bundle.ReportEntry, `"verdict": "failed"`, `"verdict": "passed", "Verdict": "failed"`},
		{"only in another case", bundle.ReportEntry, `"verdict": "not conformant"`, `"VERDICT": "not conformant"`},
		{"white space in the report", bundle.ReportEntry, "{\n", "{\n\n"},
		{"a result twice", bundle.EventsEntry, `"verdict":"failed"`, `"verdict":"passed","verdict":"failed"`},
		{"a result in another case", bundle.EventsEntry, `"verdict":"failed"`, `"Verdict":"failed"`},
		{"the challenge twice", bundle.EventsEntry, `"engine":`, `"challenge":"of somebody else","challenge":"","engine":`},
		{"an empty field of the footer", bundle.EventsEntry, `"complete":true`, `"complete":false,"complete":true`},
		{"a response twice", bundle.EvidenceEntry, `"response":"`, `"response":"all is well","response":"`},
		{"a response in two forms", bundle.EvidenceEntry, `"response":"`, `"responseBase64":"YWxsIGlzIHdlbGw=","response":"`},
		{"what the evidence does not have", bundle.EvidenceEntry, `{"case":`, `{"note":"witnessed","case":`},
		{"another way to write a text", bundle.EvidenceEntry, `{"case":"i`, `{"case":"\u0069`},
		{"an address twice", bundle.ProfileEntry, `"secureUrl"`, `"secureURL": "https://example.org", "secureUrl"`},
		{"the name of the profile twice", bundle.ProfileEntry, `"name":`, `"name": "another", "name":`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changed := bytes.Replace(whole[tt.entry], []byte(tt.old), []byte(tt.new), 1)
			if bytes.Equal(changed, whole[tt.entry]) {
				t.Fatalf("%s holds no %s", tt.entry, tt.old)
			}
			data := must[[]byte](t)(bundle.Forge(with(whole, bundle.Contents{tt.entry: changed}), key))
			_, err := bundle.Verify("run.zip", data, public(key))
			if err == nil || !strings.HasPrefix(err.Error(), "run.zip: "+tt.entry) || !strings.Contains(err.Error(), form) {
				t.Errorf("error %v", err)
			}
		})
	}
}
