package sandbox

import (
	"bytes"
	_ "embed"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"text/template"

	"esconform/runner/wire"
)

// Namespaces of the descriptions. The combined service has one of its own,
// spelt as the vendor spells it, and its bindings are in WCF's default one.
const (
	combinedNamespace = "http://www.itslearning.com/intergation/imses/v1p0"
	bindingNamespace  = "http://tempuri.org/"
)

// abstractNamespace returns the namespace in which the messages and port types
// of an operation are described. It is that of the operation's messages with
// another ending, in all areas alike; the extended person service shares that
// of the person service.
func abstractNamespace(o wire.Operation) string {
	return strings.NewReplacer("/xsd/", "/wsdl/", "MessSchema_", "AbstractSync_").Replace(o.Request.Space)
}

// replyAction returns the wsaw:Action of an operation's answer.
func replyAction(o wire.Operation) string {
	return abstractNamespace(o) + "/" + o.Service + "/" + o.Response.Local
}

// A wsdlDocument is one document of a description: what the template writes.
// Lists that are empty are left out.
type wsdlDocument struct {
	Name          string // of the service; empty in a part that describes none
	Namespace     string
	Prefixes      []wsdlPrefix
	Policies      []wsdlService
	Imports       []wsdlImport
	Schemas       []wsdlSchema
	Embedded      bool // schemas stand in the document itself
	Messages      []wsdlMessage
	PortTypes     []wsdlService
	Bindings      []wsdlService
	Address       string // where the service is; empty in a part that describes none
	BindingPrefix string
	Ports         []wsdlService
}

type (
	wsdlPrefix  struct{ Prefix, Namespace string }
	wsdlImport  struct{ Namespace, Location string }
	wsdlMessage struct{ Name, Prefix, Header string }
	// A wsdlService is a port type with its operations. Prefix is the one of its
	// messages and port type in the document.
	wsdlService struct {
		Name, Prefix, Namespace string
		Operations              []wire.Operation
	}
)

// servicesOf returns what is behind a path: one service, or all for the
// combined one, in the order of the table of operations.
func servicesOf(service string) []wsdlService {
	var list []wsdlService
	for _, o := range wire.Operations() {
		if service != wire.CombinedPort && o.Service != service {
			continue
		}
		if n := len(list); n == 0 || list[n-1].Name != o.Service {
			list = append(list, wsdlService{Name: o.Service, Prefix: "tns", Namespace: abstractNamespace(o)})
		}
		last := &list[len(list)-1]
		last.Operations = append(last.Operations, o)
	}
	return list
}

// messagesOf returns the messages of services and the prefixes of their
// elements.
func messagesOf(services []wsdlService) (messages []wsdlMessage, prefixes []wsdlPrefix) {
	prefixes = []wsdlPrefix{{"bind", wire.NSBind}}
	for _, s := range services {
		for _, o := range s.Operations {
			// Every namespace of the table of operations has a prefix.
			p, _ := wire.Prefix(o.Request.Space)
			if prefixes[len(prefixes)-1].Prefix != p {
				prefixes = append(prefixes, wsdlPrefix{p, o.Request.Space})
			}
			messages = append(messages,
				wsdlMessage{o.Request.Local, p, "syncRequestHeaderInfo"},
				wsdlMessage{o.Response.Local, p, "syncResponseHeaderInfo"})
		}
	}
	return messages, prefixes
}

// describeWhole is the description of a service in one document, with schemas
// inside (embedded) or imported. As WCF does for ?singleWsdl, the one document
// has the namespace of the service.
func describeWhole(service, address string, embedded bool) (wsdlDocument, error) {
	services := servicesOf(service)
	namespace := combinedNamespace
	if service != wire.CombinedPort {
		namespace = services[0].Namespace
	}
	schemas, err := schemasOf(services, address)
	d := wsdlDocument{
		Name: service, Namespace: namespace, Policies: services, Schemas: schemas, Embedded: embedded,
		PortTypes: services, Bindings: services, Address: address, BindingPrefix: "tns", Ports: services,
	}
	d.Messages, d.Prefixes = messagesOf(services)
	return d, err
}

// describeCombined is a part of the description of the combined service: the
// service itself (""), its bindings ("wsdl1"), or the messages and port types
// of one abstract namespace ("wsdl0", "wsdl2", "wsdl3"). ok is false for a
// part that does not exist.
func describeCombined(part, address string) (d wsdlDocument, ok bool, err error) {
	services := servicesOf(wire.CombinedPort)
	switch part {
	case "":
		return wsdlDocument{
			Name: wire.CombinedPort, Namespace: combinedNamespace, Prefixes: []wsdlPrefix{{"i0", bindingNamespace}},
			Imports: []wsdlImport{{bindingNamespace, address + "?wsdl=wsdl1"}},
			Address: address, BindingPrefix: "i0", Ports: services,
		}, true, nil
	case "wsdl1":
		return describeBindings(services, address), true, nil
	}
	for i, namespace := range abstractNamespaces(services) {
		if abstractPart(i) != part {
			continue
		}
		var own []wsdlService
		for _, s := range services {
			if s.Namespace == namespace {
				own = append(own, s)
			}
		}
		d = wsdlDocument{Namespace: namespace, PortTypes: own}
		d.Messages, d.Prefixes = messagesOf(own)
		d.Schemas, err = partOfSchemas(services, own, address)
		return d, true, err
	}
	return d, false, nil
}

// describeBindings is the part with bindings and policies, which imports the
// abstract parts.
func describeBindings(services []wsdlService, address string) wsdlDocument {
	d := wsdlDocument{Namespace: bindingNamespace, Policies: services}
	for i, namespace := range abstractNamespaces(services) {
		prefix := "i" + strconv.Itoa(i)
		d.Prefixes = append(d.Prefixes, wsdlPrefix{prefix, namespace})
		d.Imports = append(d.Imports, wsdlImport{namespace, address + "?wsdl=" + abstractPart(i)})
		for _, s := range services {
			if s.Namespace == namespace {
				s.Prefix = prefix
				d.Bindings = append(d.Bindings, s)
			}
		}
	}
	return d
}

func abstractNamespaces(services []wsdlService) []string {
	var list []string
	for _, s := range services {
		if len(list) == 0 || list[len(list)-1] != s.Namespace {
			list = append(list, s.Namespace)
		}
	}
	return list
}

// abstractPart names the part with the i-th abstract namespace. The vendor's
// numbers are 0, 2 and 3 (wire contract, 1): 1 is the part with the bindings.
func abstractPart(i int) string {
	if i > 0 {
		i++
	}
	return "wsdl" + strconv.Itoa(i)
}

//go:embed wsdl.xml.tmpl
var wsdlTemplate string

// text writes the document.
func (d wsdlDocument) text() ([]byte, error) {
	functions := template.FuncMap{
		"xml":   func(s string) string { return string(appendAttribute(nil, s)) },
		"reply": replyAction,
	}
	t, err := template.New("wsdl").Funcs(functions).Parse(wsdlTemplate)
	if err != nil {
		return nil, fmt.Errorf("parse the template of descriptions: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, d); err != nil {
		return nil, fmt.Errorf("describe %s: %w", d.Namespace, err)
	}
	return b.Bytes(), nil
}

// metadata says whether a request asks for a description rather than for an
// operation, and whether for all of it in one document.
func metadata(r *http.Request) (single, ok bool) {
	kind, _ := metadataPart(r)
	return kind == "singlewsdl", kind != "" && (r.Method == http.MethodGet || r.Method == http.MethodHead)
}

// metadataPart returns which parameter asks for a description, in lower case,
// and its value. The names of the parameters are read without regard to case,
// as WCF does.
func metadataPart(r *http.Request) (kind, part string) {
	query := r.URL.Query()
	for _, kind := range []string{"singlewsdl", "wsdl", "xsd"} {
		for key, values := range query {
			if strings.EqualFold(key, kind) {
				return kind, values[0]
			}
		}
	}
	return "", ""
}

// serveWSDL answers ?wsdl and ?singleWsdl of a service (a port type's name or
// wire.CombinedPort), and ?wsdl=wsdl0 and ?xsd=xsd0 for the parts that the
// first imports. All addresses in it are those that the request came to; finish
// has the last word on the document.
func serveWSDL(w http.ResponseWriter, r *http.Request, service string, single bool, finish func([]byte) []byte) {
	text, ok, err := describe(service, requestAddress(r), r, single)
	switch {
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	case !ok:
		http.NotFound(w, r)
	default:
		text = finish(text)
		w.Header().Set("Content-Type", "text/xml; charset=UTF-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(text)))
		_, _ = w.Write(text)
	}
}

func describe(service, address string, r *http.Request, single bool) (text []byte, ok bool, err error) {
	if len(servicesOf(service)) == 0 {
		return nil, false, nil
	}
	kind, part := metadataPart(r)
	var d wsdlDocument
	switch {
	case kind == "xsd":
		return schemaPart(service, address, part)
	case single:
		d, err = describeWhole(service, address, true)
		ok = true
	case service == wire.CombinedPort:
		d, ok, err = describeCombined(part, address)
	case part == "":
		d, err = describeWhole(service, address, false)
		ok = true
	}
	if err != nil || !ok {
		return nil, ok, err
	}
	text, err = d.text()
	return text, true, err
}

// requestAddress returns the address of a service as the request named it; its
// path may name a site.
func requestAddress(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host + r.URL.EscapedPath()
}
