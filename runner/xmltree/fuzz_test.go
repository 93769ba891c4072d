package xmltree

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"
	"unicode/utf8"
)

// FuzzParse checks, for any bytes, that Parse does not panic, that what it refuses
// has a reason that can be shown, and that what it takes is a proper tree which
// encoding/xml reads with the same elements and the same text.
func FuzzParse(f *testing.F) {
	for _, tt := range trickyDocuments() {
		f.Add([]byte(tt.doc), "")
	}
	f.Add([]byte(small), "utf-8")
	f.Add([]byte(inUTF16("<a>é</a>", false)), "utf-16")
	f.Fuzz(func(t *testing.T, data []byte, charset string) {
		d, err := Parse(data, charset, Limits{Depth: 64, Nodes: 10_000, Bytes: 1 << 20})
		if err != nil {
			checkError(t, err)
			return
		}
		checkTree(t, d)
		checkAgainstStandardLibrary(t, d)
	})
}

func checkError(t *testing.T, err error) {
	var syntax *SyntaxError
	if !errors.As(err, &syntax) {
		t.Fatalf("error of type %T: %v", err, err)
	}
	if syntax.Line < 1 || syntax.Column < 1 || syntax.Kind == "" || len(syntax.Reason) > 1000 || !utf8.ValidString(syntax.Reason) {
		t.Fatalf("error %+v", syntax)
	}
}

func checkTree(t *testing.T, d *Document) {
	end := 0
	for i, n := range d.Nodes {
		inside := n.Start < n.InnerStart && n.InnerStart <= n.InnerEnd && n.InnerEnd <= n.End && n.End <= len(d.UTF8)
		if n.Index != i || !inside || d.UTF8[n.Start] != '<' || d.UTF8[n.End-1] != '>' {
			t.Fatalf("node %d: %+v", i, n)
		}
		for _, c := range n.Children {
			if c.Parent != n || c.Start < n.InnerStart || c.End > n.InnerEnd || c.Index <= i {
				t.Fatalf("child %d of node %d: %+v", c.Index, i, c)
			}
		}
		if n.Start < end && n.Parent == nil && i > 0 {
			t.Fatalf("node %d has no parent", i)
		}
		end = n.Start
	}
	if again, err := Parse(d.UTF8, "utf-8", Limits{}); err != nil || len(again.Nodes) != len(d.Nodes) {
		t.Fatalf("UTF8 parses as %v, %v", again, err)
	}
	if !bytes.Equal(Edit(d), d.UTF8) {
		t.Fatal("an edit of nothing changes the document")
	}
}

// checkAgainstStandardLibrary compares with encoding/xml. It does not know all
// letters of names and cannot tell all prefixes, so local names are not compared
// where it refuses the document.
func checkAgainstStandardLibrary(t *testing.T, d *Document) {
	dec := xml.NewDecoder(bytes.NewReader(d.UTF8))
	var open []*Node
	texts := map[*Node]string{}
	next := 0
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return
		}
		switch token := token.(type) {
		case xml.StartElement:
			if next == len(d.Nodes) || d.Nodes[next].Name.Local != token.Name.Local {
				t.Fatalf("element %d is %v for encoding/xml", next, token.Name)
			}
			open = append(open, d.Nodes[next])
			next++
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				texts[open[len(open)-1]] += string(token)
			}
		}
	}
	for _, n := range d.Nodes {
		if texts[n] != n.Text {
			t.Fatalf("text of node %d is %q, %q for encoding/xml", n.Index, n.Text, texts[n])
		}
	}
}
