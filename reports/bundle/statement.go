package bundle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	testresult "github.com/in-toto/attestation/go/predicates/test_result/v0"
	intoto "github.com/in-toto/attestation/go/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"esconform/reports"
)

// predicateType is the type of the predicate (in-toto attestation, test-result v0.1).
const predicateType = "https://in-toto.io/attestation/test-result/v0.1"

// The results of a test run that the predicate knows.
const (
	resultPassed = "PASSED"
	resultWarned = "WARNED"
	resultFailed = "FAILED"
)

// newStatement makes the statement about a run: its subjects are the product under
// test, by the digest of profile.json, and the manifest.
func newStatement(r run, profile, manifest []byte, c claims) ([]byte, error) {
	predicate, err := toStruct(newPredicate(r.report, profile, c))
	if err != nil {
		return nil, fmt.Errorf("make the statement: %w", err)
	}
	s := &intoto.Statement{
		Type: intoto.StatementTypeUri,
		Subject: []*intoto.ResourceDescriptor{
			resource(product(r.report.Target), digest(profile)),
			resource(ManifestEntry, digest(manifest)),
		},
		PredicateType: predicateType,
		Predicate:     predicate,
	}
	if err := s.Validate(); err != nil {
		return nil, fmt.Errorf("make the statement: %w", err)
	}
	return canonical(s)
}

// product names what was tested.
func product(t reports.Target) string {
	name := strings.Join(strings.Fields(strings.Join([]string{t.Vendor, t.Product, t.Version}, " ")), " ")
	if name == "" {
		return t.URL
	}
	return name + " at " + t.URL
}

// newPredicate says what the run found, in the predicate's words. It knows passed,
// warned and failed tests only, so:
//   - a case that was skipped, did not run or ended in an error is in no list, because
//     it says nothing about the product;
//   - a known failure is a failed test: it was expected, and failed;
//   - a case that passed although it is listed as a known failure is a failed test,
//     because the run counts it as one;
//   - the run has passed only when it is conformant, and has failed when it is
//     inconclusive.
func newPredicate(r reports.Report, profile []byte, c claims) *testresult.TestResult {
	p := &testresult.TestResult{
		Result: resultFailed,
		Configuration: []*intoto.ResourceDescriptor{
			resource(ProfileEntry, digest(profile)),
			resource("suite "+c.suite.Version, c.suite.SHA256),
			resource("esconform "+c.binary.Version, c.binary.SHA256),
		},
	}
	for _, s := range r.Scenarios {
		switch s.Verdict {
		case reports.Passed:
			p.PassedTests = append(p.PassedTests, s.ID)
		case reports.Warned:
			p.WarnedTests = append(p.WarnedTests, s.ID)
		case reports.Failed, reports.KnownFailure, reports.UnexpectedPass:
			p.FailedTests = append(p.FailedTests, s.ID)
		}
	}
	switch {
	case len(p.FailedTests) > 0:
	case r.Verdict == reports.Conformant:
		p.Result = resultPassed
	case r.Verdict == reports.ConformantWithWarnings:
		p.Result = resultWarned
	}
	return p
}

func resource(name, sha256 string) *intoto.ResourceDescriptor {
	return &intoto.ResourceDescriptor{Name: name, Digest: map[string]string{"sha256": sha256}}
}

// toStruct turns a predicate into the generic form that a statement holds.
func toStruct(m proto.Message) (*structpb.Struct, error) {
	text, err := protojson.Marshal(m)
	if err != nil {
		return nil, err
	}
	s := &structpb.Struct{}
	return s, protojson.Unmarshal(text, s)
}

// canonical gives the JSON of a message with its fields in the order of their names
// and no white space; protojson varies both on purpose.
func canonical(m proto.Message) ([]byte, error) {
	text, err := protojson.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("encode the statement: %w", err)
	}
	return compact(text)
}

// compact writes JSON in the one form that statements have.
func compact(text []byte) ([]byte, error) {
	var value any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return nil, fmt.Errorf("encode the statement: %w", err)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil, fmt.Errorf("encode the statement: %w", err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}
