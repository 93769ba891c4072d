package judge

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
	"esconform/xsd/validate"
)

// variation writes the same answer differently, as the standards allow.
type variation struct {
	name    string
	rewrite func(string) string
	edit    func(*evidence.Exchange)
	// refused says that our schema is stricter than SOAP 1.1: it follows the WS-I
	// Basic Profile 1.0 (R1011), which lets nothing follow the Body.
	refused bool
}

func variations() []variation {
	replace := func(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }
	return []variation{
		{name: "as it is", rewrite: replace()},
		{name: "other prefixes", rewrite: replace("<s:", "<env:", "</s:", "</env:", "xmlns:s=", "xmlns:env=", " s:mustUnderstand", " env:mustUnderstand",
			"<h:", "<soap:", "</h:", "</soap:", "xmlns:h=", "xmlns:soap=")},
		{name: "SOAP as the default namespace", rewrite: replace("<s:Envelope xmlns:s=", "<Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns=", "</s:Envelope", "</Envelope",
			"<s:Body>", "<Body>", "</s:Body>", "</Body>", "<s:Header>", "<Header>", "</s:Header>", "</Header>")},
		{name: "XML declaration", rewrite: func(s string) string { return `<?xml version="1.0" encoding="utf-8"?>` + "\n" + s }},
		{name: "comments and instructions", rewrite: replace("<codeMajor>success", "<!-- <x> --><codeMajor><?p?>suc<!-- - -->cess", "</email>", "<!-- c --></email>", "<s:Body>", "<s:Body><!-- body -->")},
		{name: "CDATA", rewrite: replace("anna@example.org", "<![CDATA[anna]]>@example.org", ">success<", "><![CDATA[success]]><", ">m-1<", "><![CDATA[m]]>-1<")},
		{name: "character references", rewrite: replace("anna@example.org", "&#x61;nna&#64;example.org", ">m-1<", ">&#109;-1<")},
		{name: "white space between elements", rewrite: replace("><", ">\n\t  <")},
		{name: "line ends of Windows", rewrite: replace("\n", "\r\n")},
		{name: "white space in tags", rewrite: replace(`u:Id="_0">`, "u:Id\n=\t'_0' >", "</s:Body>", "</s:Body >")},
		{name: "order of attributes", rewrite: replace(`s:mustUnderstand="1" xmlns:o="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"`,
			`xmlns:o="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" s:mustUnderstand="1"`)},
		{name: "empty elements in two tags", rewrite: replace(created, strings.Replace(created, "/>", "></createPersonResponse>", 1))},
		{name: "byte order mark", rewrite: func(s string) string { return "\uFEFF" + s }},
		{name: "UTF-16", rewrite: utf16LE, edit: func(e *evidence.Exchange) {
			e.ResponseHeader = http.Header{"Content-Type": {"text/xml; charset=utf-16"}}
		}},
		{name: "no charset", edit: func(e *evidence.Exchange) { e.ResponseHeader = http.Header{"Content-Type": {"text/xml"}} }},
		{name: "media type in capitals and quotes", edit: func(e *evidence.Exchange) {
			e.ResponseHeader = http.Header{"Content-Type": {`Text/XML; Charset="UTF-8"`}}
		}},
		{name: "no Security header", rewrite: func(s string) string {
			return strings.Replace(s, "<o:Security"+between(s, "<o:Security", "</o:Security>")+"</o:Security>", "", 1)
		}},
		{name: "more header blocks", rewrite: replace("<s:Header>", `<s:Header><a:Action s:mustUnderstand="1" xmlns:a="urn:a">x</a:Action>`)},
		{name: "attributes of others", rewrite: replace("<s:Body>", `<s:Body u:Id="b" xmlns:x="urn:x" x:y="z">`)},
		{name: "something after the Body", rewrite: replace("</s:Body>", `</s:Body><x:trailer xmlns:x="urn:x"/>`), refused: true},
	}
}

func utf16LE(s string) string {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}

// lawful are right answers with expectations of every kind that hold on them.
func lawful() map[string]struct {
	operation, answer string
	expect            []scenario.Expectation
} {
	type right = struct {
		operation, answer string
		expect            []scenario.Expectation
	}
	return map[string]right{
		"createPerson": {"createPerson", answerOf(warning, created), []scenario.Expectation{
			{Status: &scenario.Status{CodeMajor: "success", Severity: "warning", CodeMinorName: "personmanagement", CodeMinorValue: "unknownobjinsertinstead", Description: "present"}},
			{Text: str("Object did not exist, has been inserted instead")},
			{At: "bind:statusInfo/bind:description/common:language", Equals: str("en-US")},
		}},
		"readPerson": {"readPerson", answerOf(success, person), []scenario.Expectation{
			{Status: &scenario.Status{CodeMajor: "success", Severity: "status", CodeMinor: "absent", Description: "absent"}},
			{Response: responseFile, At: "pmess:person", Exact: true, Unordered: []string{"pdata:extension/common:relationship"}},
			{At: "pmess:person/common:email", Equals: str("anna@example.org")},
			{At: "pmess:person/common:email", Matches: str(".*@example.org")},
			{At: "pmess:person/pdata:formatName/@xsi:nil", Equals: str("true")},
			{At: "pmess:person/pdata:extension/common:relationship", Count: num(2)},
			{At: "pmess:person/pdata:photo", Absent: true},
			{At: "pmess:person/pdata:formatName", AbsentOrEmpty: true},
			{At: "pmess:person/pdata:userId", SameAs: &scenario.SameAs{Step: 1, At: "pmess:person/pdata:userId"}},
			{HTTPStatus: "200"},
		}},
	}
}

func TestLawfulVariationsHaveNoFinding(t *testing.T) {
	for name, right := range lawful() {
		for _, v := range variations() {
			t.Run(name+", "+v.name, func(t *testing.T) {
				answer := right.answer
				if v.rewrite != nil {
					answer = v.rewrite(answer)
				}
				e := exchange(0, right.operation, answer)
				if v.edit != nil {
					v.edit(&e)
				}
				in := input(slices.Clone(right.expect), e)
				in.Files = fstest.MapFS{responseFile: {Data: []byte(documented)}}
				if got := judged(t, in); got.Verdict != reports.Passed || len(got.Findings) > 0 {
					t.Errorf("verdict %s, findings %+v", got.Verdict, got.Findings)
				}
			})
		}
	}
}

// The variations change the bytes, so that the test above cannot pass by accident.
func TestVariationsChangeTheAnswer(t *testing.T) {
	all := lawful()
	for _, v := range variations()[1:] {
		changed := v.rewrite == nil
		for _, right := range all {
			changed = changed || v.rewrite(right.answer) != right.answer
		}
		if !changed {
			t.Errorf("%s changes nothing", v.name)
		}
	}
}

// With the real schemas a right answer holds, and a broken one is reported with the
// path of the element, whatever the prefixes and the encoding.
func TestSchemaFindingsHaveThePathOfTheElement(t *testing.T) {
	validator, err := validate.New("", 10)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { validator.Close() })
	right := answerOf(success, created)
	wrong := strings.Replace(right, "<severity>status</severity>", "<severity>status</severity><surprise/>", 1)
	for _, v := range variations() {
		rewrite := v.rewrite
		if rewrite == nil || v.refused {
			continue
		}
		t.Run(v.name, func(t *testing.T) {
			e := exchange(0, "createPerson", rewrite(wrong))
			if v.edit != nil {
				v.edit(&e)
			}
			in := input(fine(), e)
			in.Validator = validator
			got := judged(t, in)
			if len(got.Findings) != 1 || got.Findings[0].Requirement != "STA-21" || got.Findings[0].Path != statusPath+"/bind:surprise" || got.Findings[0].Line == 0 {
				t.Errorf("findings %+v", got.Findings)
			}
			in.Outcome.Exchanges[0].Response = []byte(rewrite(right))
			if got := judged(t, in); len(got.Findings) > 0 {
				t.Errorf("findings of the right answer %+v", got.Findings)
			}
		})
	}
}

func BenchmarkJudge(b *testing.B) {
	right := lawful()["readPerson"]
	in := input(slices.Clone(right.expect), exchange(0, right.operation, right.answer))
	in.Files = fstest.MapFS{responseFile: {Data: []byte(documented)}}
	b.ReportAllocs()
	for b.Loop() {
		if got := judged(b, in); got.Verdict != reports.Passed {
			b.Fatal(got.Findings)
		}
	}
}
