package validate_test

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
	"esconform/xsd/validate"
)

// TestViolations shows what is reported for one fault of each kind: the element,
// its line, the code, and a message that names both the element and the fault.
func TestViolations(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           validate.Violation // Message: what the message must contain
	}{
		{"value outside its enumeration", "Female", "Other", validate.Violation{Node: 48, Line: 64, Code: validate.CodeEnumeration, Message: "pdata:gender|'Other'|'Male', 'Female', 'Gender'"}},
		{"unheard-of role", "Carer", "Custom", validate.Violation{Node: 52, Line: 69, Code: validate.CodeEnumeration, Message: "institutionRoleType|'Custom'"}},
		{"mandatory child left out", "<pdata:gender>Female</pdata:gender>", "", validate.Violation{Node: 48, Line: 65, Code: validate.CodeElement, Message: "pdata:disability|not expected|pdata:gender"}},
		{"mandatory last child left out", "<pdata:primaryRoleType>true</pdata:primaryRoleType>", "", validate.Violation{Node: 51, Line: 68, Code: validate.CodeMissing, Message: "pdata:institutionRole|Missing|pdata:primaryRoleType"}},
		{"child doubled", "<pdata:nameType>", "<pdata:nameType/><pdata:nameType>", validate.Violation{Node: 21, Line: 30, Code: validate.CodeElement, Message: "pdata:nameType|not expected"}},
		{"child in no namespace", "<common:email>vera@example.org</common:email>", "<email/>", validate.Violation{Node: 29, Line: 43, Code: validate.CodeElement, Message: "email|not expected"}},
		{"unpadded date", "1980-02-29", "1980-2-9", validate.Violation{Node: 50, Line: 66, Code: validate.CodeValue, Message: "pdata:bday|'1980-2-9'|xs:date"}},
		{"empty boolean", ">true<", "><", validate.Violation{Node: 53, Line: 70, Code: validate.CodeValue, Message: "pdata:primaryRoleType|xs:boolean"}},
		{"attribute", "<pdata:gender>", "<pdata:gender kind='x'>", validate.Violation{Node: 48, Line: 64, Code: validate.CodeAttribute, Message: "pdata:gender|'kind'|not allowed"}},
		{"attribute of the namespace xml", "<pdata:gender>", "<pdata:gender xml:lang='x'>", validate.Violation{Node: 48, Line: 64, Code: validate.CodeAttribute, Message: "pdata:gender|'xml:lang'|not allowed"}},
		{"nil where it is not allowed", "<common:email>", "<common:email xsi:nil='true' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>", validate.Violation{Node: 29, Line: 43, Code: validate.CodeNil, Message: "common:email|nillable"}},
		{"nil but with text", "xsi:nil=\"true\"/>", "xsi:nil=\"true\">x</pdata:formatName>", validate.Violation{Node: 18, Line: 28, Code: validate.CodeNil, Message: "pdata:formatName|nilled"}},
		{"nil but with a child", "xsi:nil=\"true\"/>", "xsi:nil=\"true\"><pdata:x/></pdata:formatName>", validate.Violation{Node: 18, Line: 28, Code: validate.CodeNil, Message: "nilled"}},
		{"text between elements", "<pmess:person>", "<pmess:person>text", validate.Violation{Node: 17, Line: 27, Code: validate.CodeContent, Message: "pmess:person|Character content"}},
		{"child in a leaf", "Female", "<pdata:x/>", validate.Violation{Node: 48, Line: 64, Code: validate.CodeContent, Message: "gender|Element content is not allowed"}},
		{"instant of Timestamp that is none", "<wsu:Created>2030-01-01", "<wsu:Created>2030-13-01", validate.Violation{Node: 6, Line: 9, Code: validate.CodeValue, Message: "wsu:Created|2030-13-01"}},
		{"unknown child of UsernameToken", "<wsse:Nonce ", "<wsse:Other/><wsse:Nonce ", validate.Violation{Node: 11, Line: 15, Code: validate.CodeElement, Message: "wsse:Other|not expected"}},
		{"mustUnderstand that is none", `soap:mustUnderstand="1"`, `soap:mustUnderstand="yes"`, validate.Violation{Node: 4, Line: 7, Code: validate.CodeValue, Message: "wsse:Security|soap:mustUnderstand|'yes'"}},
	}
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				got := check(t, v, pmess("createPersonRequest"), replace(t, request(t), test.old, test.new))
				if len(got) == 0 {
					t.Fatal("there is no violation")
				}
				for _, part := range strings.Split(test.want.Message, "|") {
					if !strings.Contains(got[0].Message, part) {
						t.Errorf("message %q does not contain %q", got[0].Message, part)
					}
				}
				test.want.Message = got[0].Message
				if diff := cmp.Diff(test.want, got[0]); diff != "" {
					t.Errorf("first violation (-want +got):\n%s", diff)
				}
			})
		}
	})
}

// TestWhatDoesNotMatterIsNoViolation holds the writings that are lawful although an
// engine on its own would take some of them for invalid.
func TestWhatDoesNotMatterIsNoViolation(t *testing.T) {
	tests := []struct{ name, old, new string }{
		{"byte order mark", "<?xml", "\ufeff<?xml"},
		{"no XML declaration", `<?xml version="1.0" encoding="utf-8"?>`, ""},
		{"declaration that names another encoding", "utf-8", "iso-8859-1"},
		{"declaration in single quotes", `<?xml version="1.0" encoding="utf-8"?>`, `<?xml version = '1.0' standalone='yes' ?>`},
		{"blanks around a date", "1980-02-29", "\n  1980-02-29\n  "},
		{"blanks around a date with a zone", "1980-02-29", " 1980-02-29Z "},
		{"blanks around a date and comments", "1980-02-29", " <!-- x --> 1980-<!-- x -->02-29 "},
		{"blanks around an instant", "2030-01-01T08:05:00.000Z", "\n2030-01-01T08:05:00.000Z\n"},
		{"blanks around a boolean", ">true<", ">\n true <"},
		{"blanks in a nilled element", "xsi:nil=\"true\"/>", "xsi:nil=\"true\">\n  </pdata:formatName>"},
		{"a CDATA section", "Vera", "<![CDATA[<Vera>]]>"},
		{"comments and processing instructions", "<pmess:person>", "<!-- <x> --><?x <y> ?><pmess:person>"},
		{"a greater-than sign in an attribute", `wsu:Id="token"`, `wsu:Id="token" xmlns:o="urn:example:other" o:x="a>b"`},
		{"no header", "", ""},
	}
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				envelope := request(t)
				if test.old != "" {
					envelope = replace(t, envelope, test.old, test.new)
				} else {
					before, after := strings.Index(envelope, "<soap:Header>"), strings.Index(envelope, "<soap:Body>")
					envelope = envelope[:before] + envelope[after:]
				}
				if got := check(t, v, pmess("createPersonRequest"), envelope); len(got) > 0 {
					t.Errorf("violations: %v", got)
				}
			})
		}
		t.Run("blanks in an empty answer", func(t *testing.T) {
			envelope := replace(t, string(readFile(t, "testdata/envelopes/deletePerson.response.xml")), "_v1p0\"/>", "_v1p0\">\n    </deletePersonResponse>")
			if got := check(t, v, pmess("deletePersonResponse"), envelope); len(got) > 0 {
				t.Errorf("violations: %v", got)
			}
		})
	})
}

// TestLines shows that lines are those of the envelope as it was given.
func TestLines(t *testing.T) {
	broken := replace(t, request(t), "Female", "Other")
	tests := map[string]struct {
		envelope string
		line     int
	}{
		"as it is":                  {broken, 64},
		"byte order mark":           {"\ufeff" + broken, 64},
		"without XML declaration":   {broken[strings.Index(broken, "<soap:Envelope"):], 63},
		"declaration of two lines":  {strings.Replace(broken, " encoding", "\nencoding", 1), 65},
		"carriage returns":          {strings.ReplaceAll(broken, "\n", "\r\n"), 64},
		"all on one line":           {strings.ReplaceAll(broken, "\n", " "), 1},
		"line end in the start tag": {strings.Replace(broken, "<pdata:gender>", "<pdata:gender\n>", 1), 64},
	}
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				got := check(t, v, pmess("createPersonRequest"), test.envelope)
				if len(got) != 1 || got[0].Line != test.line || got[0].Node != 48 {
					t.Errorf("violations %v, want one of element 48 in line %d", got, test.line)
				}
			})
		}
	})
}

func TestManyGoroutinesShareAValidator(t *testing.T) {
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		broken := replace(t, request(t), "Female", strings.Repeat("x", 20000))
		var group sync.WaitGroup
		for i := range 16 {
			group.Go(func() {
				for j := range 20 {
					envelope, want := request(t), 0
					if (i+j)%2 == 0 {
						envelope, want = broken, 1
					}
					got, err := v.Validate(pmess("createPersonRequest"), []byte(envelope))
					if err != nil || len(got) != want {
						t.Errorf("goroutine %d: %d violations, want %d; error %v", i, len(got), want, err)
					}
				}
			})
		}
		group.Wait()
	})
}

func TestNewRefusesWhatItCannotDo(t *testing.T) {
	tests := map[string]struct {
		engine validate.Engine
		limit  int
		says   string
	}{
		"unknown engine":      {"xerces", 1, `unknown engine "xerces"`},
		"no violations":       {validate.Helium, 0, "positive"},
		"negative violations": {validate.Helium, -1, "positive"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := validate.New(test.engine, test.limit); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error is %v, it must say %q", err, test.says)
			}
		})
	}
}

func TestEmptyEngineIsTheDefault(t *testing.T) {
	if got, want := newValidator(t, "", 1).Name(), newValidator(t, validate.Default(), 1).Name(); got != want {
		t.Errorf("the empty engine opens %q, the default is %q", got, want)
	}
}

func TestNameOfHeliumIsTheVersionInUse(t *testing.T) {
	module := string(readFile(t, "../../go.mod"))
	version := strings.TrimPrefix(newValidator(t, validate.Helium, 1).Name(), "helium ")
	if !strings.Contains(module, "github.com/lestrrat-go/helium "+version+"\n") &&
		!strings.Contains(module, "github.com/lestrrat-go/helium "+version+" ") {
		t.Errorf("the engine says that it is %q, go.mod says otherwise", version)
	}
}

func TestAClosedValidatorRefuses(t *testing.T) {
	for _, engine := range single {
		v, err := validate.New(engine, 50)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := v.Close(); err != nil {
				t.Errorf("close %s: %v", engine, err)
			}
		}
		if _, err := v.Validate(wire.Name{}, []byte(answer(t))); err == nil || !strings.Contains(err.Error(), "closed") {
			t.Errorf("%s validates after Close: %v", engine, err)
		}
	}
}

func TestNothingIsLeftInTheTemporaryFolder(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	for _, engine := range single {
		v, err := validate.New(engine, 50)
		if err != nil {
			t.Fatal(err)
		}
		check(t, v, wire.Name{}, answer(t))
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, error %v", left, err)
	}
}
