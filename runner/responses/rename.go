package responses

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"

	"esconform/runner/evidence"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// The elements whose texts are no plain values.
var (
	// userName is made up by the endpoint where a request has none (PER-OBJ-14,
	// PER-OBJ-15).
	userName = xml.Name{Space: wire.NSCommon, Local: "userIdValue"}
	// total is the number of all persons that match, of a list of persons.
	total = xml.Name{Space: wire.NSPmess, Local: "virtualCount"}
	// remark is the text of a status, which is judged without the white space around
	// it.
	remark = xml.Name{Space: wire.NSCommon, Local: "text"}
	// faultCode is a qualified name (SOAP 1.1, 4.4).
	faultCode = xml.Name{Local: "faultcode"}
)

// rename shows the texts and attributes of a document by their names. crowded says
// that other people's persons were among those that it counts.
func (v view) rename(doc *xmltree.Document, crowded bool) {
	for _, n := range doc.Nodes {
		n.Text = v.text(n, crowded)
		for i := range n.Attrs {
			n.Attrs[i].Value = v.names(n.Attrs[i].Value)
		}
	}
}

func (v view) text(n *xmltree.Node, crowded bool) string {
	switch {
	case n.Text == "":
		return ""
	case n.Name == userName && !v.sent(n.Text):
		return "{generated}"
	case n.Name == total && crowded:
		return "{count}"
	case n.Name == remark:
		return strings.TrimSpace(v.names(n.Text))
	case n.Name == faultCode:
		return qualified(n)
	}
	return v.names(n.Text)
}

// qualified shows a qualified name by what its prefix stands for.
func qualified(n *xmltree.Node) string {
	prefix, local, found := strings.Cut(strings.TrimSpace(n.Text), ":")
	if !found {
		prefix, local = "", prefix
	}
	space, known := n.Namespace(prefix)
	if !known {
		return n.Text
	}
	return wire.Name{Space: space, Local: local}.String()
}

// sent says whether a text stands in a request of the case.
func (v view) sent(text string) bool {
	escaped := []byte(xmltree.EscapeText(text))
	return slices.ContainsFunc(v.outcome.Exchanges, func(x evidence.Exchange) bool { return bytes.Contains(x.Request, escaped) })
}
