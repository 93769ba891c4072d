//go:build cgo

package validate

// #cgo pkg-config: libxml-2.0
// #include "libxml2.h"
import "C"

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"unsafe"

	libxsd "github.com/lestrrat-go/libxml2/xsd"

	"esconform/xsd"
)

// Default is the engine that New uses for an empty name: libxml2, because this
// program was built with cgo.
func Default() Engine { return Libxml2 }

// compiling guards the library's own one-time set-up of its built-in types, which
// is not safe for two schemas compiled at once.
var compiling sync.Mutex

// libxml2 is the engine around the C library. The compiled schema is only read
// while documents are validated, so that all goroutines share it.
type libxml2 struct{ schema *libxsd.Schema }

// newLibxml2 compiles the schemas. Because they import each other by file name
// they are written to a private folder first, which is gone when it returns.
func newLibxml2() (engine, error) {
	dir, err := os.MkdirTemp("", "esconform-xsd-")
	if err != nil {
		return nil, fmt.Errorf("unpack schemas: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := unpack(dir, xsd.Files()); err != nil {
		return nil, fmt.Errorf("unpack schemas to %s: %w", dir, err)
	}
	compiling.Lock()
	defer compiling.Unlock()
	schema, err := libxsd.ParseFromFile(filepath.Join(dir, xsd.Entry))
	if err != nil {
		return nil, fmt.Errorf("compile %s with libxml2: %w", xsd.Entry, err)
	}
	return &libxml2{schema: schema}, nil
}

// unpack writes the files of a file system without folders.
func unpack(dir string, files fs.FS) error {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		data, err := fs.ReadFile(files, e.Name())
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, e.Name()), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (l *libxml2) name() string { return "libxml2 " + C.LIBXML_DOTTED_VERSION }

func (l *libxml2) close() error {
	l.schema.Free()
	return nil
}

// check hands the document to the library in one call. libxml2's own validation
// function of the wrapper is not used: it writes messages into a buffer of 1,024
// bytes but trusts their full length, and tells neither line nor element.
func (l *libxml2) check(doc document) (result, error) {
	if len(doc.content) == 0 {
		return result{malformed: &malformed{reason: "the document is empty"}}, nil
	}
	var found C.es_result
	schema := (*C.xmlSchema)(pointer(l.schema.Pointer()))
	C.es_check(schema, (*C.char)(unsafe.Pointer(&doc.content[0])), C.int(len(doc.content)), maxFaults, &found)
	defer C.es_free(&found)
	switch {
	case found.failed != 0:
		return result{}, errors.New("the library failed, it may be out of memory")
	case found.malformed != 0:
		return result{malformed: parseFault(&found)}, nil
	}
	out := result{more: found.more != 0}
	for _, f := range unsafe.Slice(found.faults, int(found.count)) {
		message := C.GoString(&f.message[0])
		out.faults = append(out.faults, libxml2Fault(int(f.node), int(f.code), message))
	}
	return out, nil
}

// pointer turns the address that the wrapper keeps as a number back into a
// pointer. It points outside of Go's memory.
func pointer(address uintptr) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&address))
}

func parseFault(found *C.es_result) *malformed {
	if found.count == 0 {
		return &malformed{reason: "the parser does not say why"}
	}
	return &malformed{line: int(found.line), reason: C.GoString(&found.faults.message[0])}
}
