// Package xsd holds the schemas of what travels on the wire: SOAP 1.1, the parts
// of WS-Security in use, and IMS Enterprise Services. They are written by hand
// from the vendor's documented element trees, one file per namespace, and import
// each other by file name.
package xsd

import (
	"embed"
	"io/fs"
)

// Entry is the file that imports all others. It is what a validator compiles.
const Entry = "all.xsd"

//go:embed *.xsd
var files embed.FS

// Files returns the schemas, one file per namespace, without folders.
func Files() fs.FS { return files }
