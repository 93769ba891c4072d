package contract_test

import (
	"fmt"
	"testing"

	"esconform/runner/wire"
	"esconform/xsd/contract"
	"esconform/xsd/validate"
)

// opinion is one way to judge an envelope.
type opinion struct {
	name  string
	judge func(root wire.Name, envelope []byte) (complaints []string, err error)
}

func engine(t *testing.T, name validate.Engine) opinion {
	v, err := validate.New(name, 10)
	if err != nil {
		t.Fatalf("open validator: %v", err)
	}
	t.Cleanup(func() { _ = v.Close() })
	return opinion{v.Name(), func(root wire.Name, envelope []byte) ([]string, error) {
		violations, err := v.Validate(root, envelope)
		var complaints []string
		for _, v := range violations {
			complaints = append(complaints, fmt.Sprintf("element %d: %s", v.Node, v.Message))
		}
		return complaints, err
	}}
}

func table() opinion {
	checker := contract.NewChecker()
	return opinion{"the table itself", func(_ wire.Name, envelope []byte) ([]string, error) {
		breaches, err := checker.Check(envelope)
		var complaints []string
		for _, b := range breaches {
			complaints = append(complaints, b.Path+" "+b.Reason)
		}
		return complaints, err
	}}
}

// TestSchemasKeepTheContract derives envelopes from every row of the table, and
// asks the schemas, through both engines, and the table's own check about them.
// A name that is misspelt in the schemas or in the table shows here.
func TestSchemasKeepTheContract(t *testing.T) {
	opinions := append(engines(t), table())
	judged := 0
	for _, row := range contract.Rows() {
		for _, d := range derive(row) {
			for _, o := range opinions {
				complaints, err := o.judge(message(row.Root), d.envelope)
				if err != nil {
					t.Errorf("%s, %s: %s: %v", row.Path, d.what, o.name, err)
				}
				if valid := len(complaints) == 0; valid != d.valid {
					t.Errorf("%s, %s: %s takes it for valid: %t, the table says %t: %v\n%s", row.Path, d.what, o.name, valid, d.valid, complaints, d.envelope)
				}
				judged++
			}
		}
	}
	if judged < 60000 {
		t.Errorf("only %d judgements were made, the table has lost rows", judged)
	}
}
