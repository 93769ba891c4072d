//go:build cgo

package validate_test

import "esconform/xsd/validate"

// single are the engines of this build that stand for themselves.
var single = []validate.Engine{validate.Libxml2, validate.Helium}
