package cli

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"esconform/reports"
	"esconform/reports/text"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
	"esconform/xsd/validate"
)

// checked is what `validate` found in one file.
type checked struct {
	File       string      `json:"file"`
	Valid      bool        `json:"valid"`
	Violations []violation `json:"violations"`
}

type violation struct {
	Line    int    `json:"line"`
	Path    string `json:"path,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func newValidate(s Streams) *cobra.Command {
	var engine string
	var limit int
	var asJSON bool
	c := &cobra.Command{
		Use:   "validate FILE...",
		Short: "Check envelopes against the XSDs and the contract",
		Long: `validate checks SOAP envelopes, requests as well as responses, as run does:
against the XSDs of SOAP 1.1, WS-Security and IMS Enterprise Services, and that
the Body holds the one element of a known operation and the Header no undeclared
block of these namespaces. "-" stands for standard input.

Each violation is printed as FILE:LINE: PATH: what is wrong.

Exit codes: 0 all valid; 1 at least one is not; 2 a file cannot be read.`,
		Example: "  esconform validate request.xml response.xml",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			validator, err := validate.New(validate.Engine(engine), limit)
			if err != nil {
				return usageError(err)
			}
			defer validator.Close()
			return validateFiles(s, validator, args, asJSON)
		},
	}
	c.Flags().StringVar(&engine, "xsd-engine", "", "libxml2, helium, or both; the default is the best that is built in")
	c.Flags().IntVar(&limit, "max-violations", 50, "report at most this many violations per file")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON array")
	return c
}

func validateFiles(s Streams, validator validate.Validator, files []string, asJSON bool) error {
	all, valid := []checked{}, true
	for _, file := range files {
		data, err := readFile(s, file)
		if err != nil {
			return err
		}
		result, err := check(validator, file, data)
		if err != nil {
			return inconclusive(fmt.Errorf("validate %s: %w", file, err))
		}
		all, valid = append(all, result), valid && result.Valid
		if !asJSON {
			printChecked(s, result)
		}
	}
	if asJSON {
		e := json.NewEncoder(s.Out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(all); err != nil {
			return fmt.Errorf("print violations: %w", err)
		}
	}
	if !valid {
		return done(reports.ExitNotConformant)
	}
	return nil
}

// check validates one envelope. A document that cannot be parsed has one
// violation, whose code says why.
func check(validator validate.Validator, file string, data []byte) (checked, error) {
	result := checked{File: file, Violations: []violation{}}
	doc, err := xmltree.Parse(data, "", xmltree.Limits{})
	var syntax *xmltree.SyntaxError
	switch {
	case errors.As(err, &syntax):
		result.Violations = append(result.Violations, violation{Line: syntax.Line, Code: "not-" + string(syntax.Kind), Message: syntax.Reason})
		return result, nil
	case err != nil:
		return result, err
	}
	found, err := validator.Validate(wire.Name{}, doc.UTF8)
	if err != nil {
		return result, err
	}
	for _, v := range found {
		out := violation{Line: v.Line, Code: v.Code, Message: v.Message}
		if v.Node >= 0 && v.Node < len(doc.Nodes) {
			out.Path = doc.Nodes[v.Node].Path(wire.Prefix)
		}
		result.Violations = append(result.Violations, out)
	}
	result.Valid = len(found) == 0
	return result, nil
}

func printChecked(s Streams, result checked) {
	if result.Valid {
		fmt.Fprintf(s.Err, "%s: valid\n", text.Visible(result.File))
		return
	}
	for _, v := range result.Violations {
		place := v.Path
		if place != "" {
			place += ": "
		}
		fmt.Fprintf(s.Out, "%s:%d: %s%s\n", text.Visible(result.File), v.Line, text.Visible(place), text.Visible(v.Message))
	}
}
