package cli

import (
	"context"
	"fmt"

	"esconform/runner/certification"
)

type certificationJSON struct {
	Name        string        `json:"name"`
	Title       string        `json:"title"`
	Description string        `json:"description"`
	Services    []string      `json:"services"`
	Core        []string      `json:"core"`
	Features    []featureJSON `json:"features"`
}

type featureJSON struct {
	Name         string   `json:"name"`
	Requirements []string `json:"requirements"`
}

func listCertifications(ctx context.Context, dir string) ([]listed, error) {
	library, err := loadLibrary(ctx, dir)
	if err != nil {
		return nil, err
	}
	profiles, err := certification.Load(library)
	if err != nil {
		return nil, err
	}
	var rows []listed
	for _, p := range profiles {
		v := certificationJSON{Name: p.Name, Title: p.Title, Description: p.Description, Services: list(p.Services), Core: list(p.Core), Features: []featureJSON{}}
		for _, f := range p.Features {
			v.Features = append(v.Features, featureJSON{f.Name, list(f.Requirements)})
		}
		rows = append(rows, listed{v, []string{p.Name, fmt.Sprintf("%d core", len(p.Core)), fmt.Sprintf("%d features", len(p.Features)), p.Title}})
	}
	return rows, nil
}
