package sandbox

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"esconform/runner/wire"
	"esconform/xsd"

	"github.com/google/go-cmp/cmp"
)

const (
	wsdlSpace   = "http://schemas.xmlsoap.org/wsdl/"
	soapSpace   = "http://schemas.xmlsoap.org/wsdl/soap/"
	policySpace = "http://schemas.xmlsoap.org/ws/2004/09/policy"
	personSpace = "http://www.imsglobal.org/services/pms/wsdl/imsPersonManAbstractSync_v1p0"

	groupSpace      = "http://www.imsglobal.org/services/gms/wsdl/imsGroupManAbstractSync_v1p0"
	membershipSpace = "http://www.imsglobal.org/services/mms/wsdl/imsMemberManAbstractSync_v1p0"
)

// A description is everything that a client finds by following the imports of
// a WSDL: names as "{namespace}local".
type description struct {
	Root      string              // namespace of the first document
	Service   string              // name of the service
	Ports     map[string]string   // port: binding
	Addresses []string            // of the ports, each once
	Bindings  map[string]string   // binding: port type
	PortTypes map[string][]string // port type: operations
	Messages  map[string]string   // message: element of its part
	Actions   map[string]string   // operation: SOAPAction
	Replies   map[string]string   // operation: wsaw:Action of its output
	Policies  []string            // names of the bindings whose policy is complete
	Schemas   []string            // namespaces in the order of appearance
	elements  []string            // global elements of the schemas
	documents []string            // where it was read from
}

func serveDescriptions(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		service := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, wire.PathPrefix), ".svc")
		single, ok := metadata(r)
		if !ok {
			http.Error(w, "no description was asked for", http.StatusTeapot)
			return
		}
		serveWSDL(w, r, service, single, bytes.Clone)
	}))
	t.Cleanup(server.Close)
	return server
}

// follow reads a document and everything that it imports.
func (d *description) follow(t *testing.T, server *httptest.Server, url string) {
	t.Helper()
	if slices.Contains(d.documents, url) {
		return
	}
	d.documents = append(d.documents, url)
	response, err := server.Client().Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "text/xml; charset=UTF-8" {
		t.Fatalf("%s is answered with %s, %s", url, response.Status, response.Header.Get("Content-Type"))
	}
	// WSDL refers to things by qualified names in attributes.
	decoder := xml.NewDecoder(response.Body)
	var root qnode
	if err := decoder.Decode(&root); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	d.take(t, server, &root, nil, root.attr("targetNamespace"))
}

// A qnode is an element with everything that a reader of WSDL needs.
type qnode struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []*qnode   `xml:",any"`
}

func (n *qnode) attr(local string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == local && a.Name.Space != "xmlns" {
			return a.Value
		}
	}
	return ""
}

// expanded returns a qualified name in an attribute as "{namespace}local".
func expanded(qname string, above []*qnode) string {
	prefix, local, _ := strings.Cut(qname, ":")
	for _, n := range slices.Backward(above) {
		for _, a := range n.Attrs {
			if a.Name.Space == "xmlns" && a.Name.Local == prefix {
				return "{" + a.Value + "}" + local
			}
		}
	}
	return "unbound " + qname
}

func (d *description) take(t *testing.T, server *httptest.Server, n *qnode, above []*qnode, target string) {
	parent := ""
	if len(above) > 0 {
		parent = above[len(above)-1].attr("name")
	}
	above = append(slices.Clone(above), n)
	own := "{" + target + "}" + n.attr("name")
	switch n.XMLName {
	case xml.Name{Space: wsdlSpace, Local: "service"}:
		d.Service = own
	case xml.Name{Space: wsdlSpace, Local: "port"}:
		d.Ports[n.attr("name")] = expanded(n.attr("binding"), above)
	case xml.Name{Space: soapSpace, Local: "address"}:
		if !slices.Contains(d.Addresses, n.attr("location")) {
			d.Addresses = append(d.Addresses, n.attr("location"))
		}
	case xml.Name{Space: wsdlSpace, Local: "binding"}:
		d.Bindings[own] = expanded(n.attr("type"), above)
	case xml.Name{Space: wsdlSpace, Local: "portType"}:
		for _, o := range n.Children {
			d.PortTypes[own] = append(d.PortTypes[own], o.attr("name"))
			d.Replies[o.attr("name")] = o.Children[1].attr("Action")
		}
	case xml.Name{Space: wsdlSpace, Local: "message"}:
		d.Messages[own] = expanded(n.Children[0].attr("element"), append(above, n.Children[0]))
	case xml.Name{Space: soapSpace, Local: "operation"}:
		d.Actions[parent] = n.attr("soapAction")
	case xml.Name{Space: policySpace, Local: "Policy"}:
		if id := n.attr("Id"); id != "" && completePolicy(n) {
			d.Policies = append(d.Policies, strings.TrimSuffix(id, "_policy"))
		}
	case xml.Name{Space: wire.NSXsd, Local: "schema"}:
		target = n.attr("targetNamespace")
		if !strings.HasSuffix(target, "/Imports") {
			d.Schemas = append(d.Schemas, target)
		}
		for _, c := range n.Children {
			if c.XMLName.Local == "element" {
				d.elements = append(d.elements, "{"+target+"}"+c.attr("name"))
			}
		}
	case xml.Name{Space: wsdlSpace, Local: "import"}:
		d.follow(t, server, n.attr("location"))
	case xml.Name{Space: wire.NSXsd, Local: "import"}:
		if at := n.attr("schemaLocation"); at != "" {
			d.follow(t, server, at)
		}
	}
	for _, c := range n.Children {
		d.take(t, server, c, above, target)
	}
}

// completePolicy says whether a policy asks for what the documentation lists.
func completePolicy(n *qnode) bool {
	var found []string
	var walk func(*qnode)
	walk = func(n *qnode) {
		found = append(found, n.XMLName.Local)
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(n)
	for _, want := range []string{"TransportBinding", "HttpsToken", "Basic256", "Lax", "IncludeTimestamp", "SignedSupportingTokens", "UsernameToken", "WssUsernameToken10", "Wss10"} {
		if !slices.Contains(found, want) {
			return false
		}
	}
	return true
}

func readDescription(t *testing.T, server *httptest.Server, service, query string) description {
	t.Helper()
	d := description{
		Ports: map[string]string{}, Bindings: map[string]string{}, PortTypes: map[string][]string{},
		Messages: map[string]string{}, Actions: map[string]string{}, Replies: map[string]string{},
	}
	d.follow(t, server, server.URL+wire.ServicePath(service)+query)
	d.Root = strings.TrimSuffix(strings.TrimPrefix(d.Service, "{"), "}"+service)
	slices.Sort(d.Schemas)
	return d
}

// An area is what the documentation says about the namespaces of a service.
type area struct{ soap, abstract, mess, data string }

// areaOf returns the area of a service.
func areaOf(service string) area {
	switch service {
	case wire.ServiceGroup:
		return area{"gms", groupSpace, wire.NSGmess, wire.NSGdata}
	case wire.ServiceMembership:
		return area{"mms", membershipSpace, wire.NSMmess, wire.NSMdata}
	}
	return area{"pms", personSpace, wire.NSPmess, wire.NSPdata}
}

// wanted is the description of a service according to the documentation: root is
// the namespace of the service, abstract that of all messages and port types,
// empty where each area has its own, concrete that of the bindings.
func wanted(service, root, abstract, concrete, address string) description {
	d := description{
		Root: root, Service: "{" + root + "}" + service, Addresses: []string{address},
		Ports: map[string]string{}, Bindings: map[string]string{}, PortTypes: map[string][]string{},
		Messages: map[string]string{}, Actions: map[string]string{}, Replies: map[string]string{},
		Schemas: []string{wire.NSCommon, wire.NSBind},
	}
	for _, o := range wire.Operations() {
		if service != wire.CombinedPort && o.Service != service {
			continue
		}
		own := areaOf(o.Service)
		space := abstract
		if space == "" {
			space = own.abstract
		}
		binding := "BasicHttpBinding_" + o.Service
		if d.Ports[binding] == "" {
			d.Ports[binding] = "{" + concrete + "}" + binding
			d.Bindings["{"+concrete+"}"+binding] = "{" + space + "}" + o.Service
			d.Policies = append(d.Policies, binding)
			d.Schemas = append(d.Schemas, own.mess, own.data)
		}
		portType := "{" + space + "}" + o.Service
		d.PortTypes[portType] = append(d.PortTypes[portType], o.Name)
		d.Actions[o.Name] = "http://www.imsglobal.org/soap/" + own.soap + "/" + o.Name
		d.Replies[o.Name] = own.abstract + "/" + o.Service + "/" + o.Name + "Response"
		for kind, header := range map[string]string{"Request": "syncRequestHeaderInfo", "Response": "syncResponseHeaderInfo"} {
			message := "{" + space + "}" + o.Name + kind + "1"
			d.Messages[message] = "{" + own.mess + "}" + o.Name + kind
			d.Messages[message+"_Headers"] = "{" + wire.NSBind + "}" + header
		}
	}
	slices.Sort(d.Schemas)
	d.Schemas = slices.Compact(d.Schemas)
	return d
}

func TestServicesDescribeThemselves(t *testing.T) {
	server := serveDescriptions(t)
	const combined = "http://www.itslearning.com/intergation/imses/v1p0"
	for _, c := range []struct {
		service, query           string
		root, abstract, concrete string
		documents                int
	}{
		{wire.CombinedPort, "?wsdl", combined, "", "http://tempuri.org/", 5 + 8},
		{wire.CombinedPort, "?singleWsdl", combined, combined, combined, 1},
		{wire.ServicePerson, "?wsdl", personSpace, personSpace, personSpace, 1 + 4},
		{wire.ServicePerson, "?singleWsdl", personSpace, personSpace, personSpace, 1},
		{wire.ServiceExtendedPerson, "?WSDL", personSpace, personSpace, personSpace, 1 + 4},
		{wire.ServiceExtendedPerson, "?singlewsdl", personSpace, personSpace, personSpace, 1},
		{wire.ServiceGroup, "?wsdl", groupSpace, groupSpace, groupSpace, 1 + 4},
		{wire.ServiceGroup, "?singleWsdl", groupSpace, groupSpace, groupSpace, 1},
		{wire.ServiceMembership, "?wsdl", membershipSpace, membershipSpace, membershipSpace, 1 + 4},
		{wire.ServiceMembership, "?singleWsdl", membershipSpace, membershipSpace, membershipSpace, 1},
	} {
		t.Run(c.service+c.query, func(t *testing.T) {
			got := readDescription(t, server, c.service, c.query)
			want := wanted(c.service, c.root, c.abstract, c.concrete, server.URL+wire.ServicePath(c.service))
			if diff := cmp.Diff(want, got, cmp.FilterPath(func(p cmp.Path) bool {
				last := p.Last().String()
				return last == ".elements" || last == ".documents"
			}, cmp.Ignore())); diff != "" {
				t.Errorf("the description differs (-documentation +service):\n%s", diff)
			}
			if len(got.documents) != c.documents {
				t.Errorf("it is in %d documents, want %d: %v", len(got.documents), c.documents, got.documents)
			}
			for message, element := range got.Messages {
				if !slices.Contains(got.elements, element) {
					t.Errorf("message %s refers to %s, which no schema declares", message, element)
				}
			}
		})
	}
}

func TestDescriptionsDoNotMentionSOAPInSchemas(t *testing.T) {
	files, err := schemaFiles()
	if err != nil {
		t.Fatal(err)
	}
	for _, space := range []string{wire.NSBind, wire.NSCommon, wire.NSPdata, wire.NSPmess, wire.NSGdata, wire.NSGmess, wire.NSMdata, wire.NSMmess} {
		if text := files[space]; text == "" || strings.Contains(text, "soap") || strings.Contains(text, "schemaLocation") {
			t.Errorf("the schema of %s is described as\n%s", space, text)
		}
	}
	if len(files) < 11 {
		t.Errorf("%d schemas of %v were found", len(files), xsd.Entry)
	}
}

func TestPartsThatDoNotExistAreNotFound(t *testing.T) {
	server := serveDescriptions(t)
	for _, address := range []string{
		wire.ServicePath(wire.CombinedPort) + "?wsdl=wsdl9", wire.ServicePath(wire.CombinedPort) + "?wsdl=wsdl4",
		wire.ServicePath(wire.CombinedPort) + "?xsd=xsd8", wire.ServicePath(wire.CombinedPort) + "?xsd=",
		wire.ServicePath(wire.ServicePerson) + "?wsdl=wsdl0", wire.ServicePath("NoSuchService") + "?wsdl",
		wire.ServicePath("NoSuchService") + "?singleWsdl",
	} {
		response, err := server.Client().Get(server.URL + address)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusNotFound {
			t.Errorf("%s is answered with %s", address, response.Status)
		}
	}
}

func TestTheAddressIsTheOneThatTheRequestCameTo(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "https://example.org/site/a&b/x.svc?singleWsdl", nil)
	r.Host = `a"<&b:8080`
	w := httptest.NewRecorder()
	serveWSDL(w, r, wire.ServicePerson, true, bytes.Clone)
	want := `<soap:address location="https://a&quot;&lt;&amp;b:8080/site/a&amp;b/x.svc"/>`
	if !strings.Contains(w.Body.String(), want) {
		t.Errorf("no %s in\n%s", want, w.Body)
	}
}

func TestOnlyQuestionsForADescriptionAreOnes(t *testing.T) {
	type answer struct{ Single, OK bool }
	for query, want := range map[string]answer{
		"": {}, "?x=wsdl": {}, "?wsdl": {false, true}, "?WSDL": {false, true}, "?singleWsdl": {true, true},
		"?wsdl=wsdl0": {false, true}, "?xsd=xsd0": {false, true},
	} {
		single, ok := metadata(httptest.NewRequest(http.MethodGet, "/a"+query, nil))
		if got := (answer{single, ok}); got != want {
			t.Errorf("GET %q: %+v, want %+v", query, got, want)
		}
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete} {
			if _, ok := metadata(httptest.NewRequest(method, "/a"+query, nil)); ok {
				t.Errorf("%s %q counts as a question for a description", method, query)
			}
		}
	}
}

func TestLaterServicesHaveTheNamespacesOfTheirArea(t *testing.T) {
	for mess, want := range map[string]string{
		wire.NSPmess: personSpace,
		wire.NSGmess: groupSpace,
		wire.NSMmess: membershipSpace,
	} {
		if got := abstractNamespace(wire.Operation{Request: wire.Name{Space: mess}}); got != want {
			t.Errorf("messages in %s are described in %s, want %s", mess, got, want)
		}
	}
	if got := []string{abstractPart(0), abstractPart(1), abstractPart(2)}; !slices.Equal(got, []string{"wsdl0", "wsdl2", "wsdl3"}) {
		t.Errorf("parts are called %v", got)
	}
}
