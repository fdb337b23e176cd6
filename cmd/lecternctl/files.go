package main

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"lectern/decks/fault"
	"lectern/decks/whole"
)

// target is where a command writes what it made: a new file, or standard output.
// A file that is there is replaced only when that was said.
type target struct {
	file    string // "" for standard output
	replace bool
}

// check refuses a target before any work is done.
func (t target) check(c *cli) error {
	if t.file == "" {
		return nil
	}
	info, err := os.Lstat(t.file)
	if err == nil && (!t.replace || !info.Mode().IsRegular()) {
		return fault.New(fault.BadArgument, nil, "what", c.p.T("ctl.already_there", "Name", t.file))
	}
	return nil
}

// write puts data there, as a whole or not at all.
func (t target) write(c *cli, data []byte) error {
	if t.file == "" {
		_, err := c.out.Write(data)
		return err
	}
	if err := t.check(c); err != nil {
		return err
	}
	return writeWhole(t.file, data)
}

// writeWhole writes a file as a whole or not at all.
func writeWhole(name string, data []byte) error {
	if err := whole.Bytes(name, modeOf(name), data); err != nil {
		return unwritable(name, err)
	}
	return nil
}

// modeOf is the mode of a file that is written anew: that of the one it replaces.
func modeOf(name string) fs.FileMode {
	if info, err := os.Stat(name); err == nil {
		return info.Mode().Perm()
	}
	return 0o644
}

// writeFolder writes files into a new folder, as a whole or not at all.
func writeFolder(name string, files map[string][]byte) error {
	if err := whole.Folder(name, files); err != nil {
		return unwritable(name, err)
	}
	return nil
}

func unwritable(name string, err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return fault.New(fault.DiskFull, err)
	}
	return fault.New(fault.UnwritableFile, err, "name", name)
}
