//go:build !cgo

package validate_test

import (
	"strings"
	"testing"

	"esconform/xsd/validate"
)

// single are the engines of this build that stand for themselves.
var single = []validate.Engine{validate.Helium}

func TestWithoutCgoHeliumIsTheDefault(t *testing.T) {
	if got := validate.Default(); got != validate.Helium {
		t.Errorf("the default engine is %q, want %q", got, validate.Helium)
	}
	for _, engine := range []validate.Engine{validate.Libxml2, validate.Both} {
		if _, err := validate.New(engine, 1); err == nil || !strings.Contains(err.Error(), "without cgo") {
			t.Errorf("engine %s: error is %v, it must say that the program was built without cgo", engine, err)
		}
	}
}
