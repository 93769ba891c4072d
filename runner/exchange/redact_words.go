package exchange

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"esconform/fixtures"
	"esconform/xsd"
)

// usual are texts of HTTP and XML that answers hold and no schema does.
const usual = `<?xml version="1.0" encoding="utf-8" standalone="yes"?>
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation
text/xml; charset="utf-8"; charset=utf-8 application/xml application/soap+xml application/xop+xml multipart/related
http://schemas.xmlsoap.org/soap/envelope/ keep-alive no-cache text/html; charset=UTF-8`

// vocabulary is what correct answers are made of: the names and values of the schemas,
// and the documented messages. It is read once; the files are in the program, so that
// reading them does not fail for a reason of this machine.
var vocabulary = sync.OnceValue(func() string {
	var all strings.Builder
	all.WriteString(usual)
	for _, files := range []fs.FS{xsd.Files(), fixtures.Files()} {
		err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || path.Ext(name) != ".xml" && path.Ext(name) != ".xsd" {
				return err
			}
			text, err := fs.ReadFile(files, name)
			all.WriteByte('\n')
			all.Write(bytes.TrimSpace(text))
			return err
		})
		if err != nil {
			panic(fmt.Sprintf("read the files in the program: %v", err))
		}
	}
	return all.String()
})

// isWord says whether a secret is part of what correct answers are made of, such as the
// password "identifier". Were it replaced wherever it stands, the endpoint would be said
// to answer what it did not, and to break rules that it keeps. Like a short one it is
// redacted where it is known to be a secret.
func isWord(secret string) bool { return strings.Contains(vocabulary(), secret) }
