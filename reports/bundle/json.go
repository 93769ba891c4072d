package bundle

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// encode gives the JSON of a value as it stands in a bundle.
func encode(value any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(value); err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return out.Bytes(), nil
}

// decode reads one JSON value and refuses what the value does not have.
func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("read its JSON: %w", err)
	}
	if d.More() {
		return fmt.Errorf("read its JSON: there is something after its end")
	}
	return nil
}
