package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"esconform/fixtures"
)

const storyHead = "title: T\nsource: our own page\nidentities: [Person1]\nsteps:\n  - operation: readPerson\n    request: /imses/person/shared/read-person.xml\n"

// vendor makes a folder with a scenario of its own.
func vendor(t *testing.T, dir, story string) string {
	t.Helper()
	put(t, dir, "vendor/vendor/story/scenario.yaml", story)
	return filepath.Join(dir, "vendor")
}

// story runs a scenario of a vendor's own and nothing else.
func story(text string) func(*testing.T, string) []string {
	return func(t *testing.T, dir string) []string {
		return []string{"--sandbox", "--fixtures", vendor(t, dir, text), "--only", "vendor/story"}
	}
}

// copied copies a documented scenario under another id and changes it.
func copied(t *testing.T, dir string, change func(folder string)) []string {
	t.Helper()
	folder := filepath.Join(dir, "vendor", "vendor", "story")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	from, err := fs.Sub(fixtures.Files(), unknownChild)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(folder, from); err != nil {
		t.Fatal(err)
	}
	change(folder)
	return []string{"--sandbox", "--fixtures", filepath.Join(dir, "vendor"), "--only", "vendor/story"}
}

func without(name string) func(*testing.T, string) []string {
	return func(t *testing.T, dir string) []string {
		return copied(t, dir, func(folder string) {
			if err := os.Remove(filepath.Join(folder, name)); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// inventory adds a requirement of a vendor's own beside a scenario that proves it.
func inventory(requirement string) func(*testing.T, string) []string {
	return func(t *testing.T, dir string) []string {
		folder := vendor(t, dir, storyHead+"    expect:\n      - { status: { codeMajor: failure }, proves: VEN-01 }\n")
		put(t, dir, "vendor/requirements/vendor.yaml", requirement)
		return []string{"--sandbox", "--fixtures", folder, "--only", "vendor/story"}
	}
}

func waysOfFixtures() []way {
	rule := "- { id: VEN-01, area: vendor, level: must, statement: S, source: P, confidence: doc, class: "
	return []way{
		{name: "fixtures that are not there", args: plain("--sandbox", "--fixtures", "nowhere"), code: 2, says: "nowhere"},
		{name: "a step without expectations", args: story(storyHead), code: 2, says: "vendor/story/scenario.yaml"},
		{name: "an empty list of expectations", args: story(storyHead + "    expect: []\n"), code: 2, says: "vendor/story/scenario.yaml"},
		{name: "expectations that are commented out", args: story(storyHead + "    expect:\n#     - { status: { codeMajor: failure }, proves: PER-READ-02 }\n"), code: 2, says: "vendor/story/scenario.yaml"},
		{name: "observations alone", args: story(storyHead + "    expect:\n      - { at: \"pmess:person\", observe: true, proves: PER-READ-02 }\n"), code: 2, says: "vendor/story/scenario.yaml"},
		{name: "an expectation that demands nothing", args: story(storyHead + "    expect:\n      - { status: {}, proves: PER-READ-02 }\n"), code: 2, says: "vendor/story/scenario.yaml:8"},
		{name: "an expectation that proves nothing", args: story(storyHead + "    expect:\n      - { status: { codeMajor: failure } }\n"), code: 2, says: "vendor/story/scenario.yaml:8"},
		{name: "a requirement that nobody knows", args: story(storyHead + "    expect:\n      - { status: { codeMajor: failure }, proves: PER-READ-99 }\n"), code: 2, says: "PER-READ-99"},
		{name: "a misspelt key", args: story(storyHead + "    expects:\n      - { status: { codeMajor: failure }, proves: PER-READ-02 }\n"), code: 2, says: "expects"},
		{name: "a key that skips", args: story("skip: true\n" + storyHead + "    expect:\n      - { status: { codeMajor: failure }, proves: PER-READ-02 }\n"), code: 2, says: `"skip"`},
		{name: "no step", args: story("title: T\nsource: our own page\nsteps: []\n"), code: 2, says: "vendor/story/scenario.yaml"},
		{name: "a table without a row", args: story("cases: {}\n" + storyHead + "    expect:\n      - { status: { codeMajor: failure }, proves: PER-READ-02 }\n"), code: 2, says: "vendor/story/scenario.yaml:1"},
		{name: "a documented id taken by a vendor", args: func(t *testing.T, dir string) []string {
			put(t, dir, "vendor/"+newPerson+"/scenario.yaml", storyHead+"    expect:\n      - { status: { codeMajor: failure }, proves: PER-READ-02 }\n")
			return []string{"--sandbox", "--fixtures", filepath.Join(dir, "vendor"), "--only", newPerson}
		}, code: 2, says: "is taken by"},
		{name: "a response that is gone", args: without("read-parent.response.xml"), code: 2, says: "read-parent.response.xml"},
		{name: "a request that is gone", args: without("create-parent.xml"), code: 2, says: "create-parent.xml"},
		{name: "a response that is a link elsewhere", args: func(t *testing.T, dir string) []string {
			return copied(t, dir, func(folder string) {
				name := filepath.Join(folder, "read-parent.response.xml")
				elsewhere := put(t, dir, "elsewhere.xml", "<a/>")
				if err := os.Remove(name); err != nil {
					t.Fatal(err)
				}
				if err := os.Symlink(elsewhere, name); err != nil {
					t.Fatal(err)
				}
			})
		}, code: 2, says: "read-parent.response.xml"},
		{name: "a response that was emptied", args: func(t *testing.T, dir string) []string {
			return copied(t, dir, func(folder string) { put(t, folder, "read-parent.response.xml", "") })
		}, code: 2, says: "read-parent.response.xml"},
		{name: "a requirement that was made untestable", args: inventory(rule + "untestable, reason: not-observable-on-the-wire, missing: M }\n"), code: 2, says: "VEN-01"},
		{name: "a requirement that nothing fails under", args: inventory(rule + "none }\n"), code: 2, says: "class"},
		{name: "a documented requirement defined again", args: func(t *testing.T, dir string) []string {
			args := inventory(rule+"verified }\n"+strings.ReplaceAll(rule, "VEN-01", "PER-READ-02")+"observed }\n")(t, dir)
			return args
		}, code: 2, says: "PER-READ-02"},
		{name: "a certification profile that is broken", args: func(t *testing.T, dir string) []string {
			put(t, dir, "vendor/certification/easy.yaml", "title: T\ndescription: D\nservices: [PersonManagementServiceSync]\ncore: { requirements: [PER-*], except: [PER-*] }\n")
			return []string{"--sandbox", "--fixtures", filepath.Join(dir, "vendor"), "--certify", "easy"}
		}, code: 2, says: "certification/easy.yaml:4: no requirement is core"},
	}
}
