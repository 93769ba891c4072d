package wire

// ValueType is a type of XML Schema whose values can be written in several ways.
type ValueType string

// The types of values that are compared by value. Everything else is text.
const (
	Text     ValueType = ""
	Boolean  ValueType = "boolean"
	Date     ValueType = "date"
	DateTime ValueType = "dateTime"
)

// TypeOf returns the declared type of an element, or of the attribute xsi:nil, as the
// vendor's WSDLs and WS-Security Utility declare it; Text for every other name.
func TypeOf(n Name) ValueType {
	switch n {
	case Name{NSPdata, "primaryRoleType"}, Name{NSMdata, "status"}, Name{NSCommon, "restrict"},
		Name{NSGdata, "enrollAccept"}, Name{NSGdata, "enrollAllowed"},
		Name{NSPmess, "OnlyManuallyCreatedUsers"}, Name{NSPmess, "ConvertFromManual"}, Name{NSXsi, "nil"}:
		return Boolean
	case Name{NSPdata, "bday"}, Name{NSCommon, "date"}:
		return Date
	case Name{NSPmess, "CreatedFrom"}, Name{NSMdata, "dateTime"}, Name{NSWsu, "Created"}, Name{NSWsu, "Expires"}:
		return DateTime
	}
	return Text
}
