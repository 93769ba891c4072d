package sandbox

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"esconform/runner/wire"
)

// A seen element is what a reader understands of a document: expanded names
// and texts, and nothing of how they were written.
type seen struct {
	Name     xml.Name
	Attrs    map[xml.Name]string
	Text     string
	Children []*seen
}

// understand reads a document with the standard library, which knows nothing
// of this package.
func understand(t *testing.T, document []byte) *seen {
	t.Helper()
	root, err := read(decodeText(document))
	if err != nil {
		t.Fatalf("the document cannot be read: %v\n%s", err, document)
	}
	return root
}

func read(text []byte) (*seen, error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	top := &seen{}
	open := []*seen{top}
	scopes := []map[string]string{{"xml": wire.NSXML}}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		last := open[len(open)-1]
		switch v := token.(type) {
		case xml.StartElement:
			scope := declared(scopes[len(scopes)-1], v.Attr)
			x := &seen{Name: v.Name, Attrs: meaningful(v.Attr, scope)}
			last.Children = append(last.Children, x)
			open, scopes = append(open, x), append(scopes, scope)
		case xml.EndElement:
			if last.Name.Local == "faultcode" {
				last.Text = expand(last.Text, scopes[len(scopes)-1])
			}
			open, scopes = open[:len(open)-1], scopes[:len(scopes)-1]
		case xml.CharData:
			last.Text += string(v)
		case xml.ProcInst:
			if v.Target != "xml" {
				return nil, errors.New("SOAP 1.1 allows no processing instruction")
			}
		}
	}
	if len(top.Children) != 1 {
		return nil, errors.New("not one root")
	}
	return top.Children[0], nil
}

func declared(outer map[string]string, attrs []xml.Attr) map[string]string {
	scope := map[string]string{}
	for p, s := range outer {
		scope[p] = s
	}
	for _, a := range attrs {
		if a.Name.Space == "xmlns" {
			scope[a.Name.Local] = a.Value
		}
	}
	return scope
}

// meaningful drops declarations and hints and expands names in values.
func meaningful(attrs []xml.Attr, scope map[string]string) map[xml.Name]string {
	kept := map[xml.Name]string{}
	for _, a := range attrs {
		switch {
		case a.Name.Space == "xmlns", a.Name.Space == "" && a.Name.Local == "xmlns":
		case a.Name == xml.Name{Space: wire.NSXsi, Local: "type"}:
			kept[a.Name] = expand(a.Value, scope)
		default:
			kept[a.Name] = a.Value
		}
	}
	return kept
}

func expand(qname string, scope map[string]string) string {
	prefix, local, _ := strings.Cut(qname, ":")
	return "{" + scope[prefix] + "}" + local
}

// decodeText returns the document as UTF-8, by its byte order mark.
func decodeText(b []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		order = binary.LittleEndian
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		order = binary.BigEndian
	default:
		return bytes.TrimPrefix(b, []byte("\uFEFF"))
	}
	units := make([]uint16, len(b)/2-1)
	for i := range units {
		units[i] = order.Uint16(b[2+2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}
