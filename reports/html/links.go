package html

import (
	"crypto/sha256"
	"fmt"
	"net/url"
	"path"
	"strings"
)

// Anchors. A case is found at its id (#imses/person/create/new-person), a requirement
// at its own (#REL-06), an area at area/ and its name. The parts of the page have
// lower-case names without a slash, so nothing can be mistaken for them; an id of
// another form is replaced by its hash.

func caseAnchor(id string) string {
	if !strings.Contains(id, "/") || !made(id, "/._~-") || reserved(id) {
		return "scenario/" + hash(id)
	}
	return id
}

func requirementAnchor(id string) string {
	if !made(id, "-") || strings.ToUpper(id) != id || !strings.Contains(id, "-") {
		return "requirement/" + hash(id)
	}
	return id
}

func areaAnchor(area string) string {
	if !made(area, "/._~-") {
		return "area/" + hash(area)
	}
	return "area/" + area
}

func reserved(id string) bool {
	for _, prefix := range []string{"scenario/", "requirement/", "area/"} {
		if strings.HasPrefix(id, prefix) {
			return true
		}
	}
	return false
}

// made says whether an id is made of letters, digits and those marks alone: such an
// id needs no escaping in an address.
func made(id, marks string) bool {
	for i := range len(id) {
		c := id[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && !strings.Contains(marks, string(c)) {
			return false
		}
	}
	return id != ""
}

func hash(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s)))[:16] }

// inFolder gives the address of a file of the output folder. A path that is absolute,
// leaves the folder or could be read as another kind of address has none.
func inFolder(file string) (address string, ok bool) {
	if file == "" || len(file) > mostReference || path.Clean("/" + file)[1:] != strings.TrimSuffix(file, "/") || strings.ContainsAny(file, `\`) {
		return "", false
	}
	parts := strings.Split(file, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return "./" + strings.Join(parts, "/"), true
}

// onTheWeb gives the address of a page for people. Only http and https are links:
// anything else could be a script.
func onTheWeb(link string) (address string, ok bool) {
	u, err := url.Parse(link)
	if err != nil || len(link) > mostReference || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return "", false
	}
	return u.String(), true
}
