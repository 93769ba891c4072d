package sandbox

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"esconform/runner/wire"
	"esconform/xsd"
)

// A wsdlSchema is a schema that a description holds or imports.
type wsdlSchema struct {
	Namespace string
	Location  string // where the part is served
	Text      string // the schema element, its imports without locations
}

// schemasOf returns the schemas that the messages of services need, each after
// those that it imports.
func schemasOf(services []wsdlService, address string) ([]wsdlSchema, error) {
	files, err := schemaFiles()
	if err != nil {
		return nil, err
	}
	var list []wsdlSchema
	for _, namespace := range neededSchemas(services, files) {
		list = append(list, wsdlSchema{
			Namespace: namespace, Text: files[namespace], Location: address + "?xsd=xsd" + strconv.Itoa(len(list)),
		})
	}
	return list, nil
}

// partOfSchemas returns those of all schemas of a service that some of its port
// types need. They keep the places that they have in the whole.
func partOfSchemas(all, some []wsdlService, address string) ([]wsdlSchema, error) {
	list, err := schemasOf(all, address)
	if err != nil {
		return nil, err
	}
	files, err := schemaFiles()
	if err != nil {
		return nil, err
	}
	needed := neededSchemas(some, files)
	return slices.DeleteFunc(list, func(s wsdlSchema) bool { return !slices.Contains(needed, s.Namespace) }), nil
}

// neededSchemas returns the namespaces of the schemas that the messages of
// services need, each after those that it imports.
func neededSchemas(services []wsdlService, files map[string]string) []string {
	needed := []string{wire.NSBind}
	for _, s := range services {
		for _, o := range s.Operations {
			needed = append(needed, o.Request.Space)
		}
	}
	return withImports(nil, needed, files)
}

// withImports adds namespaces to a list, each after what its schema imports.
func withImports(list, namespaces []string, files map[string]string) []string {
	for _, n := range namespaces {
		if _, known := files[n]; !known || slices.Contains(list, n) {
			continue
		}
		var imports []string
		for _, m := range importOf.FindAllStringSubmatch(files[n], -1) {
			imports = append(imports, m[1])
		}
		list = append(withImports(list, imports, files), n)
	}
	return list
}

var (
	schemaTarget   = regexp.MustCompile(`\stargetNamespace="([^"]*)"`)
	importOf       = regexp.MustCompile(`<xs:import\s+namespace="([^"]*)"[^>]*/>`)
	importLocation = regexp.MustCompile(`\s+schemaLocation="[^"]*"`)
	// The schemas allow SOAP's attributes on header blocks; the vendor's do not
	// mention SOAP, and neither do our descriptions.
	soapAttributes = regexp.MustCompile(`\s*<xs:attributeGroup ref="soap:[^"]*"/>`)
	soapImport     = regexp.MustCompile(`\s*<xs:import\s+namespace="` + regexp.QuoteMeta(wire.NSSOAP) + `"[^>]*/>`)
	soapPrefix     = regexp.MustCompile(`\s+xmlns:soap="[^"]*"`)
	comment        = regexp.MustCompile(`(?s)\s*<!--.*?-->`)
)

// schemaFiles returns the schemas of package xsd by target namespace, as they
// are described: without comments, locations and SOAP.
func schemaFiles() (map[string]string, error) {
	names, err := fs.Glob(xsd.Files(), "*.xsd")
	if err != nil {
		return nil, fmt.Errorf("list the schemas: %w", err)
	}
	files := map[string]string{}
	for _, name := range names {
		content, err := fs.ReadFile(xsd.Files(), name)
		if err != nil {
			return nil, fmt.Errorf("read schema %s: %w", name, err)
		}
		text := comment.ReplaceAllString(string(content), "")
		target := schemaTarget.FindStringSubmatch(text)
		if target == nil {
			continue // the entry, which only imports
		}
		for _, drop := range []*regexp.Regexp{importLocation, soapAttributes, soapImport, soapPrefix} {
			text = drop.ReplaceAllString(text, "")
		}
		files[target[1]] = strings.TrimSpace(text[strings.Index(text, "<xs:schema"):])
	}
	return files, nil
}

// schemaPart returns the schema that a description imports under the name
// "xsd0", "xsd1" and so on, with the places of those that it imports itself.
func schemaPart(service, address, part string) (text []byte, ok bool, err error) {
	schemas, err := schemasOf(servicesOf(service), address)
	if err != nil {
		return nil, false, err
	}
	at := map[string]string{}
	var found string
	for i, s := range schemas {
		at[s.Namespace] = s.Location
		if part == "xsd"+strconv.Itoa(i) {
			found = s.Text
		}
	}
	if found == "" {
		return nil, false, nil
	}
	found = importOf.ReplaceAllStringFunc(found, func(tag string) string {
		namespace := importOf.FindStringSubmatch(tag)[1]
		return `<xs:import namespace="` + namespace + `" schemaLocation="` + string(appendAttribute(nil, at[namespace])) + `"/>`
	})
	return []byte(`<?xml version="1.0" encoding="utf-8"?>` + "\n" + found + "\n"), true, nil
}
