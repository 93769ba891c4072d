package cli

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"esconform/xsd/validate"
)

func newVersion(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, the Go version and the XSD engine",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(s.Out, "esconform %s\ngo        %s %s/%s\nxsd       %s\n",
				version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, validate.Default())
			return err
		},
	}
}

// version is the module's version, or the commit that the binary was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value[:min(12, len(s.Value))]
		}
	}
	return "development"
}

// suiteVersion names what judges: the program and a digest of the fixtures, so that
// two reports can be told to rest on the same scenarios.
func suiteVersion(systems []fs.FS) (string, error) {
	h := sha256.New()
	for _, system := range systems {
		err := fs.WalkDir(system, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(system, path)
			fmt.Fprintf(h, "%s %d\n", path, len(data))
			h.Write(data)
			return err
		})
		if err != nil {
			return "", fmt.Errorf("digest of the fixtures: %w", err)
		}
	}
	return fmt.Sprintf("%s fixtures:%x", version(), h.Sum(nil)[:6]), nil
}
