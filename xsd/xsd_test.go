package xsd_test

import (
	"encoding/xml"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
	"esconform/xsd"
)

// schema is what the tests read of a schema.
type schema struct {
	Target   string   `xml:"targetNamespace,attr"`
	Form     string   `xml:"elementFormDefault,attr"`
	Imports  []part   `xml:"import"`
	Includes []part   `xml:"include"`
	Elements []global `xml:"element"`
}

type part struct {
	Namespace string `xml:"namespace,attr"`
	Location  string `xml:"schemaLocation,attr"`
}

type global struct {
	Name string `xml:"name,attr"`
}

func load(t *testing.T) map[string]schema {
	t.Helper()
	names, err := fs.Glob(xsd.Files(), "*")
	if err != nil {
		t.Fatal(err)
	}
	schemas := map[string]schema{}
	for _, name := range names {
		data, err := fs.ReadFile(xsd.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		var s schema
		if err := xml.Unmarshal(data, &s); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		schemas[name] = s
	}
	return schemas
}

func TestOneFilePerNamespace(t *testing.T) {
	want := map[string]string{
		"soap-envelope.xsd": wire.NSSOAP,
		"wss-secext.xsd":    wire.NSWsse,
		"wss-utility.xsd":   wire.NSWsu,
		"ims-common.xsd":    wire.NSCommon,
		"ims-bind.xsd":      wire.NSBind,
		"pms-data.xsd":      wire.NSPdata,
		"pms-mess.xsd":      wire.NSPmess,
		"gms-data.xsd":      wire.NSGdata,
		"gms-mess.xsd":      wire.NSGmess,
		"mms-data.xsd":      wire.NSMdata,
		"mms-mess.xsd":      wire.NSMmess,
		xsd.Entry:           "",
	}
	got := map[string]string{}
	for name, s := range load(t) {
		got[name] = s.Target
		if s.Target != "" && s.Form != "qualified" {
			t.Errorf("%s: its elements are not qualified", name)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("namespaces by file (-want +got):\n%s", diff)
	}
}

// TestImportsStayInside shows that a validator needs nothing but these files, and
// that the entry reaches all of them.
func TestImportsStayInside(t *testing.T) {
	schemas := load(t)
	reached := map[string]bool{xsd.Entry: true}
	for name, s := range schemas {
		if len(s.Includes) > 0 {
			t.Errorf("%s includes %v, only imports are used here", name, s.Includes)
		}
		for _, i := range s.Imports {
			imported, ok := schemas[i.Location]
			if !ok || imported.Target != i.Namespace {
				t.Errorf("%s imports %q from %q, which is no file of that namespace", name, i.Namespace, i.Location)
			}
			if name == xsd.Entry {
				reached[i.Location] = true
			}
		}
	}
	for name := range schemas {
		if !reached[name] {
			t.Errorf("%s does not import %s", xsd.Entry, name)
		}
	}
}

// TestGlobalElements keeps down what a wildcard of the Header or the Body lets in:
// messages, header blocks, tokens, and the three elements of the common namespace
// that persons, groups and roles refer to.
func TestGlobalElements(t *testing.T) {
	want := map[string]bool{
		"soap:Envelope": true, "soap:Fault": true,
		"wsse:Security": true, "wsse:UsernameToken": true, "wsu:Timestamp": true, "wsu:Created": true, "wsu:Expires": true,
		"bind:syncRequestHeaderInfo": true, "bind:syncResponseHeaderInfo": true,
		"common:email": true, "common:URL": true, "common:dataSource": true,
	}
	for _, o := range wire.Operations() {
		want[o.Request.String()], want[o.Response.String()] = true, true
	}
	got := map[string]bool{}
	for _, s := range load(t) {
		for _, e := range s.Elements {
			got[wire.Name{Space: s.Target, Local: e.Name}.String()] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("global elements (-want +got):\n%s", diff)
	}
}

// TestLanguages holds the language enumeration against what is known of the
// vendor's (wire-imses.md 4.2).
func TestLanguages(t *testing.T) {
	data, err := fs.ReadFile(xsd.Files(), "ims-common.xsd")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(data), `name="LanguageEType"`)
	code := regexp.MustCompile(`value="([^"]*)"`)
	languages := map[string]bool{}
	for _, match := range code.FindAllStringSubmatch(list, -1) {
		if languages[match[1]] {
			t.Errorf("%s is listed twice", match[1])
		}
		languages[match[1]] = true
		if match[1] != "en-US" && match[1] != "en-GB" && len(match[1]) != 2 {
			t.Errorf("%s is no two-letter code", match[1])
		}
	}
	for _, l := range []string{"en-US", "en-GB", "aa", "no", "de", "sv", "da", "ca"} {
		if !languages[l] {
			t.Errorf("%s is not listed", l)
		}
	}
	for _, l := range []string{"en", "nb", "nn"} {
		if languages[l] {
			t.Errorf("%s is listed", l)
		}
	}
	if len(languages) != 182 {
		t.Errorf("there are %d languages, want the 183 codes of ISO 639-1 without en, nb and nn, with en-US and en-GB", len(languages))
	}
}
