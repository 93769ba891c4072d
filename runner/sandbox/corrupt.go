package sandbox

import (
	"slices"
	"strings"

	"esconform/runner/wire"
)

// corruptAnswer carries out the corruptions that can be told as a change of the
// tree or of the status. The answer that it is given stays as it was: elements
// may be shared.
func corruptAnswer(a answer) answer {
	switch a.corrupt {
	case corruptFault200, corruptNoFaultString, corruptHeaderAndFault, corruptUnqualifiedFault:
		return corruptFault(a)
	case corruptHeaderBlock:
		a.header = append(slices.Clone(a.header), leaf(wire.NSBind, "undeclaredHeaderInfo", "1"))
	case corruptSchemaInvalid:
		a.body = with(a.body, leaf(a.body.name.Space, "undeclared", "1"))
	case corruptDeepNesting:
		a.body = with(a.body, nested(a.body.name.Space))
	case corruptUnqualified, corruptLanguage, corruptStatusOrder, corruptLargeValue:
		a.header = slices.Clone(a.header)
		for i, block := range a.header {
			a.header[i] = edit(block, statusEdits(a.corrupt))
		}
	}
	return a
}

// corruptFault changes a fault; an answer that is none stays as it is.
func corruptFault(a answer) answer {
	if !isFault(a.body) {
		return a
	}
	switch a.corrupt {
	case corruptFault200:
		a.status = 200
	case corruptNoFaultString:
		a.body = edit(a.body, func(x *element) {
			x.children = slices.DeleteFunc(slices.Clone(x.children), func(c *element) bool { return c.name.Local == "faultstring" })
		})
	case corruptUnqualifiedFault:
		a.body = edit(a.body, func(x *element) {
			if x.name.Space == "" {
				x.name.Space = wire.NSSOAP
			}
		})
	case corruptHeaderAndFault:
		a.header = append([]*element{successBlock()}, a.header...)
	}
	return a
}

// successBlock is a status header that claims success.
func successBlock() *element {
	return el(wire.NSBind, "syncResponseHeaderInfo",
		el(wire.NSBind, "messageIdentifier"),
		el(wire.NSBind, "statusInfo",
			leaf(wire.NSBind, "codeMajor", wire.CodeSuccess),
			leaf(wire.NSBind, "severity", wire.SeverityStatus),
			el(wire.NSBind, "messageIdRef")))
}

// The size of the two answers that are meant to be too much.
const (
	nestingDepth = 100_000
	largeValue   = 5 << 20
)

func nested(space string) *element {
	x := el(space, "d")
	for range nestingDepth - 1 {
		x = el(space, "d", x)
	}
	return x
}

// statusEdits returns what a corruption does to each element of a status
// header.
func statusEdits(corrupt string) func(*element) {
	inStatus := []string{
		"codeMajor", "severity", "codeMinor", "codeMinorField", "codeMinorName", "codeMinorValue",
		"messageIdRef", "operationIdRef", "description",
	}
	switch corrupt {
	case corruptUnqualified:
		return func(x *element) {
			if x.name.Space == wire.NSBind && slices.Contains(inStatus, x.name.Local) {
				x.name.Space = ""
			}
		}
	case corruptLanguage:
		return func(x *element) {
			if x.name.Space == wire.NSCommon {
				x.name.Space = wire.NSBind
			}
		}
	case corruptStatusOrder:
		return func(x *element) {
			if x.name.Local == "statusInfo" {
				x.children = moveBefore(x.children, "messageIdRef", "severity")
			}
		}
	}
	return func(x *element) {
		if x.name.Local == "severity" {
			x.text = strings.Repeat("x", largeValue)
		}
	}
}

// moveBefore returns the elements with the one called what before the one
// called where.
func moveBefore(list []*element, what, where string) []*element {
	named := func(local string) func(*element) bool {
		return func(x *element) bool { return x.name.Local == local }
	}
	from, to := slices.IndexFunc(list, named(what)), slices.IndexFunc(list, named(where))
	if from < 0 || to < 0 || from < to {
		return list
	}
	moved := slices.Delete(slices.Clone(list), from, from+1)
	return slices.Insert(moved, to, list[from])
}

// edit returns a copy of the tree in which every element was changed by f.
func edit(x *element, f func(*element)) *element {
	c := *x
	c.children = nil
	for _, child := range x.children {
		c.children = append(c.children, edit(child, f))
	}
	f(&c)
	return &c
}

// with returns x with one more child.
func with(x, child *element) *element {
	c := *x
	c.children = append(slices.Clone(x.children), child)
	return &c
}
