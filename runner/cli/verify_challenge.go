package cli

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf16"

	"esconform/reports/bundle"
	"esconform/runner/evidence"
	"esconform/runner/exchange"
	"esconform/runner/scenario"
	"esconform/runner/xmltree"
)

// bindings counts what was found about message identifiers.
type bindings struct {
	bound, repeated int // bound identifiers, and answers that repeat theirs
	fixed, none     int // identifiers that a scenario prescribes, and messages without
}

// checkChallenge checks that every message identifier that the run made up is bound to
// the challenge and stands in its request. Only an identifier that this program's
// scenario prescribes may be another. It returns one sentence.
func checkChallenge(b bundle.Bundle, challenge string, library scenario.Library) (string, error) {
	prescribed := prescribedIDs(library)
	var n bindings
	seen := map[string]int{}
	for l, err := range evidence.Scan(bytes.NewReader(b.Evidence), bundle.EvidenceEntry) {
		if err != nil {
			return "", err
		}
		if l.Exchange == nil {
			continue
		}
		if err := n.add(b.Report.RunID, challenge, l, prescribed[l.Case], seen); err != nil {
			return "", fmt.Errorf("%s:%d: case %s, step %d: %w", bundle.EvidenceEntry, l.Line, l.Case, l.Exchange.Step+1, err)
		}
	}
	if n.bound == 0 {
		return "", errors.New("no message identifier is bound to the challenge")
	}
	if b.Report.Challenge != challenge {
		return "", fmt.Errorf("%s: the run was made for another challenge, %q", bundle.ReportEntry, b.Report.Challenge)
	}
	return fmt.Sprintf("%d message identifiers are bound to the challenge, and %d answers repeat theirs; %d identifiers are prescribed by scenarios, %d messages have none.",
		n.bound, n.repeated, n.fixed, n.none), nil
}

// prescribedIDs are the steps, from 0, whose scenario prescribes the identifier, by
// case.
func prescribedIDs(library scenario.Library) map[string]map[int]bool {
	all := map[string]map[int]bool{}
	for _, s := range library.Scenarios {
		for _, c := range s.Cases {
			for i, step := range c.Steps {
				if step.MessageID != nil {
					if all[c.ID()] == nil {
						all[c.ID()] = map[int]bool{}
					}
					all[c.ID()][i] = true
				}
			}
		}
	}
	return all
}

// add checks one exchange and counts it.
func (n *bindings) add(run, challenge string, l evidence.Recorded, prescribed map[int]bool, seen map[string]int) error {
	x := l.Exchange
	switch {
	case x.MessageID == "" && holds(x.Request, "messageIdentifier>"):
		return errors.New("its request has an identifier, and the evidence does not name it")
	case x.MessageID == "":
		n.none++
		return nil
	case !holds(x.Request, ">"+xmltree.EscapeText(x.MessageID)+"<"):
		return fmt.Errorf("its request does not have the identifier %s that the evidence names", x.MessageID)
	case prescribed[x.Step]:
		n.fixed++
		return nil
	case !exchange.BindsMessageID(x.MessageID, challenge, run):
		return fmt.Errorf("the identifier %s is not bound to the challenge", x.MessageID)
	}
	if first := seen[x.MessageID]; first > 0 {
		return fmt.Errorf("the identifier %s is already on line %d", x.MessageID, first)
	}
	seen[x.MessageID] = l.Line
	n.bound++
	if holds(x.Response, x.MessageID) {
		n.repeated++
	}
	return nil
}

// holds says whether a message has a text, in UTF-8 or UTF-16.
func holds(message []byte, text string) bool {
	if bytes.Contains(message, []byte(text)) {
		return true
	}
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		var wide []byte
		for _, unit := range utf16.Encode([]rune(text)) {
			wide = order.AppendUint16(wide, unit)
		}
		if bytes.Contains(message, wide) {
			return true
		}
	}
	return false
}
