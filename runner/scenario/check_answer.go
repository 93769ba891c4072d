package scenario

import (
	"encoding/xml"
	"slices"
	"strings"

	"esconform/runner/wire"
)

// checkAnswers checks what a step's expectations say about the answer of its
// operation: items where there are several, response files with something at the path.
func (r *caseReader) checkAnswers(n *node, step Step) {
	operation, ok := wire.Lookup(step.Operation)
	if !ok {
		return
	}
	for _, item := range r.list(n) {
		r.checkResponse(item, operation)
		r.checkItem(item, operation)
		for _, one := range r.list(item.get("anyOf")) {
			for _, inner := range r.list(one.get("expect")) {
				r.checkResponse(inner, operation)
				r.checkItem(inner, operation)
			}
		}
	}
}

// checkItem checks that an item is named where the answer has several statuses, and
// only where it has. With an item, a path starts at that status or that member.
func (r *caseReader) checkItem(m *node, operation wire.Operation) {
	item, at := m.get("item"), m.get("at")
	ofStatus := m.get("status") != nil || m.get("text") != nil || m.get("observe").plain() == "status"
	several := operation.Container == wire.StatusPerItem
	switch {
	case item == nil && ofStatus && several:
		r.add(m.at, "%s answers with a status for each item; say which one with item", operation.Name)
	case item == nil || several && at == nil:
	case at == nil || strings.HasPrefix(at.text, "bind:"):
		if !several && (operation.Container == wire.StatusSingle || item.text != "1") {
			r.add(item.at, "%s answers with one status; remove item", operation.Name)
		}
	case !slices.Contains(listing(), operation.Name):
		r.add(item.at, "%s answers with one object at most; remove item", operation.Name)
	}
}

// listing names the operations that answer with a set of objects.
func listing() []string {
	return []string{"readPersons", "readPersonsForGroup", "readAllPersons", "readGroups", "readGroupsForPerson",
		"readMemberships", "readMembershipsForPerson", "readMembershipsForGroup"}
}

func (r *caseReader) checkResponse(m *node, operation wire.Operation) {
	file := m.get("response")
	if file == nil {
		return
	}
	doc, problem := r.files.read(r.resolve(file.text))
	if problem != "" {
		return // reported already
	}
	root := bodyChild(doc)
	if root.Name != (xml.Name{Space: operation.Response.Space, Local: operation.Response.Local}) {
		r.add(file.at, "the Body of %s holds %s, but %s answers with %s", file.text,
			wire.Name{Space: root.Name.Space, Local: root.Name.Local}, operation.Name, operation.Response)
		return
	}
	at := m.get("at")
	where := root
	if at != nil {
		path, inHeader, err := ParsePath(at.text)
		if err != nil {
			return
		}
		matches := path.Select(base(doc, inHeader))
		if len(matches) == 0 {
			r.add(at.at, "the file %s has nothing at this path, so nothing would be demanded", file.text)
			return
		}
		where = matches[0].Node
	}
	if u := m.get("unordered"); u != nil {
		for _, item := range u.items {
			if path, _, err := ParsePath(item.text); err == nil && len(path.Select(where)) == 0 {
				r.add(item.at, "the file %s has nothing at this path, so its order does not matter anyway; remove it", file.text)
			}
		}
	}
}

// checkVolatile checks that a volatile leaf is in its file.
func (r *caseReader) checkVolatile(m *node, v Volatile) {
	doc, problem := r.files.read(v.File)
	path, inHeader, err := ParsePath(v.Path)
	if problem != "" || err != nil || v.File == "" {
		return
	}
	if len(path.Select(base(doc, inHeader))) == 0 {
		r.add(m.get("path").at, "the file %s has nothing at this path; correct it or remove this leaf", m.get("file").text)
	}
}
