package cli

import (
	"context"
	"fmt"
	"io/fs"
	"os"

	"esconform/fixtures"
	"esconform/runner/scenario"
)

// fixtureSystems are the built-in fixtures and, when given, those of a folder.
func fixtureSystems(dir string) ([]fs.FS, error) {
	systems := []fs.FS{fixtures.Files()}
	if dir == "" {
		return systems, nil
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("read fixtures: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("read fixtures: %s is not a folder", dir)
	}
	return append(systems, os.DirFS(dir)), nil
}

// loadLibrary loads the built-in scenarios and those of a folder.
func loadLibrary(ctx context.Context, dir string) (scenario.Library, error) {
	systems, err := fixtureSystems(dir)
	if err != nil {
		return scenario.Library{}, err
	}
	return scenario.Load(ctx, systems...)
}
