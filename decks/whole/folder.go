package whole

import (
	"fmt"
	"os"
	"path/filepath"
)

// Folder writes files into a new folder, which is there with all of them or not at all.
// Their names are paths with slashes.
func Folder(name string, files map[string][]byte) error {
	tmp, err := os.MkdirTemp(filepath.Dir(name), Temp)
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	for path, data := range files {
		if !filepath.IsLocal(filepath.FromSlash(path)) {
			return fmt.Errorf("%q leads out of the folder", path)
		}
		to := filepath.Join(tmp, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := Bytes(to, 0o644, data); err != nil {
			return err
		}
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	if err := os.Rename(tmp, name); err != nil {
		return err
	}
	SyncDir(filepath.Dir(name))
	return nil
}
