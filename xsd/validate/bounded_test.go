package validate_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
	"esconform/xsd/validate"
)

// TestOverlongValues is the regression test for a fault of the wrapper around
// libxml2: its own validation function formats a message into 1,024 bytes but
// trusts the length that it would have had, so that one invalid value of 20 kB
// ends the process.
func TestOverlongValues(t *testing.T) {
	values := map[string]string{
		"1 kB":              strings.Repeat("x", 1000),
		"20 kB":             strings.Repeat("x", 20_000),
		"70 kB":             strings.Repeat("x", 70_000),
		"5 MB":              strings.Repeat("x", 5<<20),
		"11 MB":             strings.Repeat("x", 11<<20),
		"of several bytes":  strings.Repeat("æ日𝄞", 10_000),
		"of one byte, odd":  "y" + strings.Repeat("æ日𝄞", 10_000),
		"of format letters": strings.Repeat("%s%n%d", 10_000),
		"of line ends":      strings.Repeat("x\n", 10_000),
	}
	places := map[string]struct {
		old, new string
		want     validate.Violation
	}{
		"enumeration": {"Female", "", validate.Violation{Node: 48, Line: 64, Code: validate.CodeEnumeration}},
		"date":        {"1980-02-29", "", validate.Violation{Node: 50, Line: 66, Code: validate.CodeValue}},
		"boolean":     {">true<", "><", validate.Violation{Node: 53, Line: 70, Code: validate.CodeValue}},
	}
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for size, value := range values {
			for place, p := range places {
				t.Run(place+" of "+size, func(t *testing.T) {
					now := value
					if p.new != "" {
						now = ">" + value + "<"
					}
					got := check(t, v, pmess("createPersonRequest"), replace(t, request(t), p.old, now))
					if len(got) != 1 {
						t.Fatalf("there are %d violations, want one: %v", len(got), got)
					}
					holdBounds(t, got)
					got[0].Message = ""
					if diff := cmp.Diff(p.want, got[0]); diff != "" {
						t.Errorf("violation (-want +got):\n%s", diff)
					}
				})
			}
		}
	})
}

// holdBounds checks what every message promises.
func holdBounds(t testing.TB, violations []validate.Violation) {
	t.Helper()
	for _, v := range violations {
		if n := utf8.RuneCountInString(v.Message); n == 0 || n > validate.MaxMessage {
			t.Errorf("a message has %d runes: %.100q", n, v.Message)
		}
		if strings.ContainsAny(v.Message, "\r\n\t\x1b") || !utf8.ValidString(v.Message) {
			t.Errorf("a message is not one line of text: %q", v.Message)
		}
	}
}

// TestOverlongNames puts hostile names where messages quote them.
func TestOverlongNames(t *testing.T) {
	long := strings.Repeat("n", 100_000)
	tests := map[string]string{
		"element":             replace(t, request(t), "<pdata:gender>", "<pdata:"+long+"/><pdata:gender>"),
		"namespace":           replace(t, request(t), "<pdata:gender>", "<x:a xmlns:x='urn:"+long+"'/><pdata:gender>"),
		"attribute":           replace(t, request(t), "<pdata:gender>", "<pdata:gender "+long+"='1'>"),
		"element in the Body": replace(t, answer(t), "<createPersonResponse ", "<"+long+"/><createPersonResponse "),
		"header block":        replace(t, answer(t), "<o:Security", "<o:"+long+"/><o:Security"),
		"escape codes":        replace(t, request(t), "Female", "\u009b31m\u202e&#9;&#10;::error::"),
	}
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for name, envelope := range tests {
			t.Run(name, func(t *testing.T) {
				got := check(t, v, wire.Name{}, envelope)
				if len(got) == 0 {
					t.Fatal("there is no violation")
				}
				holdBounds(t, got)
			})
		}
	})
}

// manyFaults is an answer with n persons whose gender is wrong.
func manyFaults(n int) string {
	var persons strings.Builder
	for range n {
		persons.WriteString("<person><d:formatName/><d:demographics><d:gender>x</d:gender></d:demographics></person>\n")
	}
	return fmt.Sprintf(`<s:Envelope xmlns:s=%q><s:Body><readPersonsResponse xmlns=%q xmlns:d=%q><personSet>
%s</personSet></readPersonsResponse></s:Body></s:Envelope>`, wire.NSSOAP, wire.NSPmess, wire.NSPdata, persons.String())
}

func TestManyViolationsAreCutOffAndSaidSo(t *testing.T) {
	genders := func(n int) []validate.Violation {
		var want []validate.Violation
		for i := range n {
			want = append(want, validate.Violation{Node: 7 + 4*i, Line: 2 + i, Code: validate.CodeEnumeration})
		}
		return want
	}
	tests := []struct {
		faults, limit int
		want          []validate.Violation
		says          string
	}{
		{3, 50, genders(3), ""},
		{3, 3, genders(3), ""},
		{4, 3, append(genders(2), validate.Violation{Node: -1, Code: validate.CodeTruncated}), "2 further violations"},
		{500, 10, append(genders(9), validate.Violation{Node: -1, Code: validate.CodeTruncated}), "491 further violations"},
		{9000, 10, append(genders(9), validate.Violation{Node: -1, Code: validate.CodeTruncated}), "more than 4087 further violations"},
		{5, 1, []validate.Violation{{Node: -1, Code: validate.CodeTruncated}}, "5 further violations"},
	}
	for _, engine := range single {
		for _, test := range tests {
			t.Run(fmt.Sprintf("%s: %d faults, at most %d", engine, test.faults, test.limit), func(t *testing.T) {
				got := check(t, newValidator(t, engine, test.limit), pmess("readPersonsResponse"), manyFaults(test.faults))
				holdBounds(t, got)
				if last := got[len(got)-1]; !strings.Contains(last.Message, test.says) {
					t.Errorf("the last message is %q, it must say %q", last.Message, test.says)
				}
				for i := range got {
					got[i].Message = ""
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("violations (-want +got):\n%s", diff)
				}
			})
		}
	}
}

func TestWhatIsNoXMLIsOneViolation(t *testing.T) {
	tests := map[string]struct {
		envelope string
		line     int
	}{
		"empty":                      {"", 1},
		"a byte order mark alone":    {"\ufeff", 1},
		"blanks":                     {" \n ", 0},
		"a declaration alone":        {`<?xml version="1.0"?>`, 0},
		"a comment alone":            {"<!-- x -->", 0},
		"text":                       {"Service unavailable", 1},
		"HTML":                       {"<html>\n<body>\n<br></body></html>", 3},
		"cut off":                    {answer(t)[:700], 0},
		"cut off in a tag":           {answer(t)[:30], 0},
		"cut off in a comment":       {"<a><!-- ", 1},
		"unbalanced":                 {"<a>\n\n<b></a>", 3},
		"two roots":                  {"<a/>\n<a/>", 2},
		"undeclared prefix":          {"<a>\n<x:b/></a>", 2},
		"undeclared attribute":       {"<a>\n<b x:c='1'/></a>", 2},
		"attribute twice":            {"<a>\n<b c='1' c='2'/></a>", 2},
		"attribute twice, prefixes":  {"<a xmlns:p='urn:x' xmlns:q='urn:x'>\n<b p:c='1' q:c='2'/></a>", 2},
		"prefix undeclared again":    {"<a xmlns:p='urn:x'>\n<b xmlns:p=''/></a>", 2},
		"undefined entity":           {"<a>\n&nbsp;</a>", 2},
		"a control character":        {"<a>\n\x01</a>", 2},
		"a reference to one":         {"<a>\n&#1;</a>", 2},
		"a NUL":                      {"<a>\x00</a>", 1},
		"not UTF-8":                  {"<a>\xff</a>", 1},
		"UTF-16":                     {"\xff\xfe<\x00a\x00/\x00>\x00", 1},
		"declaration without a name": {"<?xml?><a/>", 1},
		"declaration of version 2":   {`<?xml version="2.0"?><a/>`, 1},
		"declaration that is cut":    {`<?xml version="1.0"`, 1},
		"declaration too late":       {"\n<?xml version='1.0'?><a/>", 2},
		"unknown markup":             {"<a><!ELEMENT a ANY></a>", 1},
		"end of CDATA in text":       {"<a>\n]]></a>", 2},
	}
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				got := check(t, v, wire.Name{}, test.envelope)
				if len(got) != 1 || got[0].Node != -1 || got[0].Code != validate.CodeNotWellFormed {
					t.Fatalf("violations: %v, want one of code %s", got, validate.CodeNotWellFormed)
				}
				holdBounds(t, got)
				if test.line > 0 && got[0].Line != test.line {
					t.Errorf("line %d, want %d: %s", got[0].Line, test.line, got[0].Message)
				}
			})
		}
	})
}
