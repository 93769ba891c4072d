package contract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
)

func TestNotation(t *testing.T) {
	roots, err := parse(`# a comment
message pmess:a pmess:b
    pmess:wrapper [0..1] Inner
    pdata:list [0..*] nillable
        pdata:leaf [1..1] one of x y
        pdata:one [0..*] choice string
        pdata:other [0..*] nillable choice decimal
    bind:last [2..3] int

block bind:c

type Inner
    common:code [1..1] some of p q none of r s
`)
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	children := []*Element{
		{Name: wire.Name{Space: wire.NSPmess, Local: "wrapper"}, Max: 1, Children: []*Element{
			{Name: wire.Name{Space: wire.NSCommon, Local: "code"}, Min: 1, Max: 1, Type: Enumeration,
				Values: []string{"p", "q"}, Open: true, Without: []string{"r", "s"}},
		}},
		{Name: wire.Name{Space: wire.NSPdata, Local: "list"}, Max: Unbounded, Nillable: true, Children: []*Element{
			{Name: wire.Name{Space: wire.NSPdata, Local: "leaf"}, Min: 1, Max: 1, Type: Enumeration, Values: []string{"x", "y"}},
			{Name: wire.Name{Space: wire.NSPdata, Local: "one"}, Max: Unbounded, Choice: true, Type: String},
			{Name: wire.Name{Space: wire.NSPdata, Local: "other"}, Max: Unbounded, Nillable: true, Choice: true, Type: Decimal},
		}},
		{Name: wire.Name{Space: wire.NSBind, Local: "last"}, Min: 2, Max: 3, Type: Int},
	}
	want := []Root{
		{Element: &Element{Name: wire.Name{Space: wire.NSPmess, Local: "a"}, Min: 1, Max: 1, Children: children}},
		{Element: &Element{Name: wire.Name{Space: wire.NSPmess, Local: "b"}, Min: 1, Max: 1, Children: children}},
		{Element: &Element{Name: wire.Name{Space: wire.NSBind, Local: "c"}, Min: 1, Max: 1}, Block: true},
	}
	if diff := cmp.Diff(want, roots); diff != "" {
		t.Errorf("roots (-want +got):\n%s", diff)
	}
}

func TestMalformedNotationIsRefused(t *testing.T) {
	tests := map[string]struct{ text, says string }{
		"unknown beginning":       {"letter pmess:a", "begins no tree"},
		"type with two names":     {"type A B", "only one"},
		"element before any tree": {"    pmess:a [0..1]", "indentation"},
		"level left out":          {"message pmess:a\n        pmess:b [0..1]", "indentation"},
		"crooked indentation":     {"message pmess:a\n   pmess:b [0..1]", "indentation"},
		"unknown prefix":          {"message pmess:a\n    nope:b [0..1]", "unknown prefix"},
		"no cardinality":          {"message pmess:a\n    pmess:b", "cardinality"},
		"half a cardinality":      {"message pmess:a\n    pmess:b [0..", "no cardinality"},
		"unknown type":            {"message pmess:a\n    pmess:b [0..1] float", "no type"},
		"choice too soon":         {"message pmess:a\n    pmess:b [0..1] choice nillable string", "no type"},
		"unknown tree":            {"message pmess:a\n    pmess:b [0..1] Nope", "unknown type"},
		"children below a type":   {"message pmess:a\n    pmess:b [0..1] string\n        pmess:c [0..1]", "cannot have children"},
		"type within itself":      {"message pmess:a\n    pmess:b [0..1] A\ntype A\n    pmess:c [0..1] A", "contain each other"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := parse(test.text)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error is %v, it must say %q", err, test.says)
			}
		})
	}
}
