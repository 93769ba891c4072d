//go:build cgo

package contract_test

import (
	"testing"

	"esconform/xsd/validate"
)

func engines(t *testing.T) []opinion {
	return []opinion{engine(t, validate.Libxml2), engine(t, validate.Helium)}
}
