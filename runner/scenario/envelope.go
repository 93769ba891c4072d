package scenario

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// envelopes reads the XML files of the fixtures, each once.
type envelopes struct {
	fsys   fs.FS
	parsed map[string]*parsedFile
}

// parsedFile is a file, or the sentence that says what is wrong with it.
type parsedFile struct {
	doc     *xmltree.Document
	problem string
}

func newEnvelopes(fsys fs.FS) *envelopes {
	return &envelopes{fsys: fsys, parsed: map[string]*parsedFile{}}
}

// read returns a file's document. The sentence is empty where all is well.
func (e *envelopes) read(name string) (*xmltree.Document, string) {
	if name == "" {
		return nil, "no file is named"
	}
	if p, ok := e.parsed[name]; ok {
		return p.doc, p.problem
	}
	p := &parsedFile{}
	p.doc, p.problem = e.parse(name)
	e.parsed[name] = p
	return p.doc, p.problem
}

func (e *envelopes) parse(name string) (*xmltree.Document, string) {
	if problem := e.inside(name); problem != "" {
		return nil, problem
	}
	data, err := fs.ReadFile(e.fsys, name)
	if err != nil {
		return nil, fmt.Sprintf("the file %s cannot be read: %v", name, err)
	}
	doc, err := xmltree.Parse(data, "", xmltree.Limits{})
	var syntax *xmltree.SyntaxError
	if errors.As(err, &syntax) {
		return nil, fmt.Sprintf("%s:%d:%d: %s; a file is sent as it is, so it must be well-formed", name, syntax.Line,
			syntax.Column, syntax.Reason)
	}
	if err != nil {
		return nil, fmt.Sprintf("the file %s cannot be parsed: %v", name, err)
	}
	if message := doc.Root.Name; message != (xml.Name{Space: wire.NSSOAP, Local: "Envelope"}) || bodyChild(doc) == nil {
		return nil, fmt.Sprintf("%s holds no SOAP 1.1 envelope with one element in its Body; write the whole message", name)
	}
	return doc, ""
}

// inside checks that a file exists and that no link leads out of the fixtures.
func (e *envelopes) inside(name string) string {
	for p := name; p != "."; p = path.Dir(p) {
		info, err := fs.Lstat(e.fsys, p)
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Sprintf("there is no file %s; add it or correct the name", name)
		}
		if err != nil {
			return fmt.Sprintf("the file %s cannot be read: %v", name, err)
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			return fmt.Sprintf("%s is a link; put the file itself there", p)
		}
		if p == name && !info.Mode().IsRegular() {
			return fmt.Sprintf("%s is no file", name)
		}
	}
	return ""
}

// bodyChild returns the only child of the Body, or nil.
func bodyChild(doc *xmltree.Document) *xmltree.Node {
	body := doc.Root.Child(xml.Name{Space: wire.NSSOAP, Local: "Body"})
	if body == nil || len(body.Children) != 1 {
		return nil
	}
	return body.Children[0]
}

// file resolves the name of an envelope: beside the scenario, or, with a leading
// slash, from the root of the fixtures. It reports what cannot be used.
func (r *caseReader) file(n *node) string {
	text := r.filled(n)
	if text == "" {
		return ""
	}
	name := r.resolve(text)
	if !fs.ValidPath(name) || name == "." || strings.Contains(text, `\`) || strings.Contains("/"+text+"/", "/../") {
		r.add(n.at, "the file %q is not inside the fixtures; put it into the scenario's folder", text)
		return ""
	}
	r.envelope(name, n.at)
	return name
}

// envelope returns the document of a file, or reports why there is none.
func (r *caseReader) envelope(name string, at Position) *xmltree.Document {
	doc, problem := r.files.read(name)
	if problem != "" {
		r.add(at, "%s", problem)
		return nil
	}
	r.checkText(name, doc, r.use)
	return doc
}

// resolve returns the path of a file below the fixtures folder.
func (r *caseReader) resolve(text string) string {
	if name, rooted := strings.CutPrefix(text, "/"); rooted {
		return name
	}
	return path.Join(r.folder, text)
}
