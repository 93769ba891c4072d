package contract_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
	"esconform/xsd/contract"
)

func TestEveryOperationHasItsRequestAndResponse(t *testing.T) {
	var want, got []string
	for _, o := range wire.Operations() {
		want = append(want, o.Request.String(), o.Response.String())
	}
	for _, root := range contract.Roots() {
		if !root.Block {
			got = append(got, root.Name.String())
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages of the table (-operations +table):\n%s", diff)
	}
}

// TestMandatoryElements holds what the table says is mandatory against what the
// dossier says in prose (wire-imses.md 3 and 5.4).
func TestMandatoryElements(t *testing.T) {
	mandatory := map[string]bool{}
	for _, row := range contract.Rows() {
		if len(row.Line) > 1 && row.Min > 0 {
			mandatory[row.Name.String()] = true
		}
	}
	want := map[string]bool{
		"pdata:formatName": true, "pdata:gender": true, "pdata:institutionRoleType": true, "pdata:primaryRoleType": true,
		"common:relation": true, "common:language": true, "bind:codeMajor": true, "bind:severity": true, "pmess:virtualCount": true,
		"gdata:relation": true, "mdata:roleType": true, "common:begin": true, "common:end": true, "common:date": true, "common:restrict": true,
		"pmess:PageIndex": true, "pmess:PageSize": true, "pmess:CreatedFrom": true, "pmess:OnlyManuallyCreatedUsers": true, "pmess:ConvertFromManual": true,
	}
	if diff := cmp.Diff(want, mandatory); diff != "" {
		t.Errorf("mandatory elements (-dossier +table):\n%s", diff)
	}
}

func TestRowsTellPathOrderAndType(t *testing.T) {
	want := []string{
		"1 pmess:readAllPersonsResponse [1..1]",
		"1 pmess:readAllPersonsResponse/pmess:personIdPairSet [0..1]",
		"1 pmess:readAllPersonsResponse/pmess:personIdPairSet/pmess:personIdPair [0..-1]",
		"1 pmess:readAllPersonsResponse/pmess:personIdPairSet/pmess:personIdPair/pmess:sourcedId [0..1]",
		"1 pmess:readAllPersonsResponse/pmess:personIdPairSet/pmess:personIdPair/pmess:sourcedId/common:identifier [0..1] string",
		"2 pmess:readAllPersonsResponse/pmess:personIdPairSet/pmess:personIdPair/pmess:person [0..1]",
		"2 pmess:readAllPersonsResponse/pmess:virtualCount [1..1] int",
	}
	var got []string
	for _, row := range contract.Rows() {
		if row.Root.Name.Local != "readAllPersonsResponse" || len(row.Line) > 5 || len(row.Line) == 5 && row.Line[3].Name.Local == "person" {
			continue
		}
		line := fmt.Sprintf("%d %s [%d..%d]", row.Order, row.Path, row.Min, row.Max)
		if row.Type != contract.Children {
			line += " " + string(row.Type)
		}
		got = append(got, line)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestRootsAreFreshForEachCaller(t *testing.T) {
	first := contract.Roots()
	first[0].Children[0].Min = 99
	if got := contract.Roots()[0].Children[0].Min; got != 0 {
		t.Errorf("a change by one caller reached another one: minimum %d, want 0", got)
	}
}
