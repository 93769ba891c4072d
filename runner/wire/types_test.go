package wire_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
	"esconform/xsd"
)

// The table says what the schemas declare, no more and no less; xsi:nil is declared
// by XML Schema itself, and times of a Timestamp by WS-Security Utility.
func TestTypesAreThoseOfTheSchemas(t *testing.T) {
	declared := map[string]wire.ValueType{"xsi:nil": wire.Boolean, "wsu:Created": wire.DateTime, "wsu:Expires": wire.DateTime}
	found := map[string]wire.ValueType{}
	for name := range declared {
		n, err := wire.ParseName(name)
		if err != nil {
			t.Fatal(err)
		}
		found[name] = wire.TypeOf(n)
	}
	types := map[string]wire.ValueType{"xs:boolean": wire.Boolean, "xs:date": wire.Date, "xs:dateTime": wire.DateTime}
	files, err := fs.Glob(xsd.Files(), "*.xsd")
	if err != nil || len(files) == 0 {
		t.Fatalf("the schemas: %v, %v", files, err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(xsd.Files(), file)
		if err != nil {
			t.Fatal(err)
		}
		target := ""
		for d := xml.NewDecoder(bytes.NewReader(data)); ; {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			attrs := map[string]string{}
			for _, a := range start.Attr {
				attrs[a.Name.Local] = a.Value
			}
			if start.Name.Local == "schema" {
				target = attrs["targetNamespace"]
			}
			if start.Name.Local != "element" {
				continue
			}
			n := wire.Name{Space: target, Local: attrs["name"]}
			if want := types[attrs["type"]]; want != wire.Text {
				declared[n.String()] = want
			}
			if got := wire.TypeOf(n); got != wire.Text {
				found[n.String()] = got
			}
		}
	}
	if diff := cmp.Diff(declared, found); diff != "" {
		t.Errorf("types (-declared +found):\n%s", diff)
	}
}
