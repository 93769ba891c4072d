package html

import "testing"

func TestAnchors(t *testing.T) {
	for _, tt := range []struct {
		of       func(string) string
		id, want string
	}{
		{caseAnchor, "imses/person/create/new-person", "imses/person/create/new-person"},
		{caseAnchor, "vendor/own_1.2~x", "vendor/own_1.2~x"},
		{caseAnchor, "overview", "scenario/" + hash("overview")},
		{caseAnchor, "area/imses", "scenario/" + hash("area/imses")},
		{caseAnchor, "scenario/x", "scenario/" + hash("scenario/x")},
		{caseAnchor, `a/"><script>`, "scenario/" + hash(`a/"><script>`)},
		{caseAnchor, "a/with space", "scenario/" + hash("a/with space")},
		{requirementAnchor, "REL-06", "REL-06"},
		{requirementAnchor, "STD-HTTP-1", "STD-HTTP-1"},
		{requirementAnchor, "overview", "requirement/" + hash("overview")},
		{requirementAnchor, "12", "requirement/" + hash("12")},
		{requirementAnchor, "", "requirement/" + hash("")},
		{areaAnchor, "imses/person", "area/imses/person"},
		{areaAnchor, "a b", "area/" + hash("a b")},
	} {
		if got := tt.of(tt.id); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.id, got, tt.want)
		}
	}
}

func TestLinksStayInTheOutputFolder(t *testing.T) {
	for file, want := range map[string]string{
		"evidence/imses/person/01-readPerson.response.xml": "./evidence/imses/person/01-readPerson.response.xml",
		"evidence/a folder/":     "./evidence/a%20folder/",
		"evidence/50%#?.xml":     "./evidence/50%25%23%3F.xml",
		"javascript:alert(1)":    "./javascript:alert%281%29",
		"":                       "",
		"/etc/passwd":            "",
		"//example.org/x":        "",
		"../outside":             "",
		"evidence/../../outside": "",
		"evidence//x":            "",
		`evidence\..\x`:          "",
		".":                      "",
	} {
		got, ok := inFolder(file)
		if got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", file, got, ok, want)
		}
	}
}

func TestOnlyTheWebIsALink(t *testing.T) {
	for link, want := range map[string]string{
		"https://example.org/issues/7?a=b#c": "https://example.org/issues/7?a=b#c",
		"HTTP://example.org":                 "http://example.org",
		"javascript:alert(1)":                "",
		"java\nscript:alert(1)":              "",
		" javascript:alert(1)":               "",
		"data:text/html,<script>":            "",
		"file:///etc/passwd":                 "",
		"//example.org":                      "",
		"https:":                             "",
		"https://user:secret@example.org/":   "",
		"":                                   "",
	} {
		got, ok := onTheWeb(link)
		if got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", link, got, ok, want)
		}
	}
}
