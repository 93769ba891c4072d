//go:build !cgo

package validate

import "errors"

// Default is the engine that New uses for an empty name: helium, because this
// program was built without cgo.
func Default() Engine { return Helium }

func newLibxml2() (engine, error) {
	return nil, errors.New("engine libxml2 is not in this program, which was built without cgo: use helium")
}
