package scenario_test

import (
	"testing"

	"esconform/fixtures"
	"esconform/runner/scenario"
)

func TestTheFixturesHaveNoDefects(t *testing.T) {
	if _, err := scenario.Load(t.Context(), fixtures.Files()); err != nil {
		t.Fatal(err)
	}
}
