// Package site publishes a course as a folder of files for any static host.
//
// [Next] computes what the folder should hold, without touching it; [Write] puts it
// there. Each file is written under a name of its own, synced and renamed; the feed is
// the last, and all that it names lies there before. So whoever takes the folder at any
// moment, or finds it after a crash, has the old state or the new one whole. Files that
// the feed names no more stay for [Keep], for those who still read the old feed.
//
// Nothing in the folder is made for this folder alone: it can be copied to another host,
// into a repository or onto a stick.
package site
