package validate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/lestrrat-go/helium"
	heliumxsd "github.com/lestrrat-go/helium/xsd"

	"esconform/xsd"
)

// heliumEngine is the engine in pure Go.
type heliumEngine struct {
	schema *heliumxsd.Schema
	parser helium.Parser
}

// heliumVersion is the version of the module in go.mod; a test compares them.
const heliumVersion = "v0.7.0"

// newHelium compiles the schemas straight from the embedded files.
func newHelium() (engine, error) {
	ctx := context.Background()
	source, err := fs.ReadFile(xsd.Files(), xsd.Entry)
	if err != nil {
		return nil, fmt.Errorf("read schema %s: %w", xsd.Entry, err)
	}
	doc, err := helium.NewParser().Parse(ctx, source)
	if err != nil {
		return nil, fmt.Errorf("parse schema %s: %w", xsd.Entry, err)
	}
	complaints := &heliumFaults{}
	schema, err := heliumxsd.NewCompiler().FS(schemaFiles{xsd.Files()}).ErrorHandler(complaints).Compile(ctx, doc)
	if err != nil {
		return nil, fmt.Errorf("compile %s with helium: %w: %s", xsd.Entry, err, complaints.text())
	}
	return &heliumEngine{schema: schema, parser: parserOf()}, nil
}

// parserOf is a parser with the limits that admit and survey have already
// enforced, so that the parser's own, which are tighter, do not refuse a value of
// ten megabytes.
func parserOf() helium.Parser {
	return helium.NewParser().MaxDepth(maxDepth + 1).MaxNodeContentSize(2 * maxBytes).MaxNameLength(maxBytes).SkipIDs(true)
}

// schemaFiles opens imports by their file name alone.
type schemaFiles struct{ fs.FS }

func (s schemaFiles) Open(name string) (fs.File, error) { return s.FS.Open(path.Base(name)) }

func (h *heliumEngine) name() string { return "helium " + heliumVersion }

func (h *heliumEngine) close() error { return nil }

func (h *heliumEngine) check(doc document) (result, error) {
	ctx := context.Background()
	tree, err := h.parser.Parse(ctx, numbered(doc))
	if err != nil {
		return result{malformed: h.malformed(ctx, doc, err)}, nil
	}
	found := &heliumFaults{}
	err = heliumxsd.NewValidator(h.schema).ErrorHandler(found).Validate(ctx, tree)
	if err != nil && !errors.Is(err, heliumxsd.ErrValidationFailed) {
		return result{}, err
	}
	(&exempted{h.schema, found}).walk(tree.DocumentElement(), true)
	return result{faults: found.faults, more: found.more}, nil
}

// malformed says why the parser refused the numbered copy. The original is parsed
// for the true number of the line.
func (h *heliumEngine) malformed(ctx context.Context, doc document, refusal error) *malformed {
	if _, err := h.parser.Parse(ctx, doc.content); err != nil {
		refusal = err
	}
	var at helium.ErrParseError
	if !errors.As(refusal, &at) {
		return &malformed{reason: shortened(refusal.Error())}
	}
	return &malformed{line: at.LineNumber, reason: shortened(at.Err.Error())}
}

// numbered returns a copy of the document in which the number of the line is the
// index of the element, because line numbers are all that the engine gives: other
// line ends are blanks, and each start tag holds one behind its name.
func numbered(doc document) []byte {
	out := make([]byte, 0, len(doc.content)+doc.elements)
	scan := scanner{data: doc.content}
	copied := 0
	for {
		t := scan.next()
		if t.kind == finished || t.kind == interrupted {
			return append(out, flat(doc.content[copied:])...)
		}
		if t.kind != startTag && t.kind != emptyTag {
			continue
		}
		out = append(out, flat(doc.content[copied:t.nameEnd])...)
		out = append(out, '\n')
		copied = t.nameEnd
	}
}

func flat(text []byte) []byte {
	if bytes.IndexByte(text, '\n') < 0 && bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	return bytes.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, text)
}
