package validate

import (
	"fmt"
	"slices"

	"github.com/lestrrat-go/helium"
	heliumxsd "github.com/lestrrat-go/helium/xsd"

	"esconform/runner/wire"
)

// exempted is a walk that finds what the engine lets pass everywhere: attributes of
// the namespaces xml and xsi. XSD 1.0 exempts only the four of xsi that it names
// (Structures, 2.6); all others need a declaration or a wildcard.
type exempted struct {
	schema *heliumxsd.Schema
	found  *heliumFaults
}

// walk looks at an element and at all below it. assessed says whether the schemas
// speak about the element: what only a lax wildcard admits is free unless it is
// declared.
func (x *exempted) walk(e *helium.Element, assessed bool) {
	if assessed {
		x.attributes(e)
	}
	for child := range helium.Children(e) {
		if child, ok := child.(*helium.Element); ok {
			x.walk(child, assessed && !holdsAnything(e) || x.declared(child))
		}
	}
}

func (x *exempted) attributes(e *helium.Element) {
	for _, a := range e.Attributes() {
		if prefix, is := exemptedPrefix(a); is && refuses(e, prefix) {
			name := prefix + ":" + a.LocalName()
			x.found.add(fault{node: e.Line() - 2, code: CodeAttribute, message: fmt.Sprintf("Element '%s', attribute '%s': The attribute '%s' is not allowed.",
				helium.ClarkName(e.URI(), e.LocalName()), name, name)})
		}
	}
}

func (x *exempted) declared(e *helium.Element) bool {
	_, ok := x.schema.LookupElement(e.LocalName(), e.URI())
	return ok
}

// holdsAnything says whether the content of an element is a wildcard.
func holdsAnything(e *helium.Element) bool {
	switch name := (wire.Name{Space: e.URI(), Local: e.LocalName()}); name {
	case soapHeader, soapBody, security, wire.Name{Local: "detail"}:
		return true
	}
	return false
}

// refuses says whether the schemas give an element no attribute wildcard that
// admits the namespace of the prefix.
func refuses(e *helium.Element, prefix string) bool {
	switch e.URI() {
	case wire.NSBind, wire.NSCommon, wire.NSPmess, wire.NSPdata, wire.NSGmess, wire.NSGdata, wire.NSMmess, wire.NSMdata:
		return true
	case wire.NSSOAP:
		return e.LocalName() == soapFault.Local
	case "": // the children of a Fault
		return e.LocalName() == "faultcode" || e.LocalName() == "faultactor" || e.LocalName() == "faultstring" && prefix != "xml"
	}
	return false
}

// exemptedPrefix tells the namespace of an attribute that the engine lets pass
// everywhere.
func exemptedPrefix(a *helium.Attribute) (string, bool) {
	switch a.URI() {
	case wire.NSXML:
		return "xml", true
	case wire.NSXsi:
		return "xsi", !slices.Contains([]string{"type", "nil", "schemaLocation", "noNamespaceSchemaLocation"}, a.LocalName())
	}
	return "", false
}
