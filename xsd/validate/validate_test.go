package validate_test

import (
	"os"
	"strings"
	"testing"

	"esconform/runner/wire"
	"esconform/xsd/validate"
)

func TestSmoke(t *testing.T) {
	for _, e := range []validate.Engine{"libxml2", "helium"} {
		v, err := validate.New(e, 50)
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		for _, f := range []string{"Request", "Response"} {
			b, _ := os.ReadFile("testdata/createPerson." + strings.ToLower(f) + ".xml")
			got, err := v.Validate(wire.Name{Space: wire.NSPmess, Local: "createPerson" + f}, b)
			t.Log(v.Name(), got, err)
			s := string(b)
			for _, r := range []string{"Female|X", "Carer|Foo", "<pdata:gender>Female</pdata:gender>|", "1980-02-29|1980-2-9", "<pdata:bday|<pdata:gender/><pdata:bday",
				"true<|<", "<pdata:gender|<pdata:gender foo='1'", "<common:email|<common:email xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'", "Created>2030-01|Created>2030-13", "mustUnderstand=\"1\"|mustUnderstand=\"true\"", "<common:email|<x/><common:email", "_0|0", "<pmess:person>|<pmess:person>text"} {
				a, b, _ := strings.Cut(r, "|")
				if strings.Contains(s, a) {
					got, err := v.Validate(wire.Name{Space: wire.NSPmess, Local: "createPerson" + f}, []byte(strings.Replace(s, a, b, 1)))
					t.Log("   ", a, "->", b)
					for _, g := range got {
						t.Logf("        %+v %v", g, err)
					}
				}
			}
		}
	}
}
