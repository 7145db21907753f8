package answer

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// keptEnd closes the names of the files in Config.Kept.
const keptEnd = ".members"

// keptHead is the length of what stands before the index in such a file: whose it
// is and when the members were read, in seconds since 1970.
const keptHead = sha256.Size + 8

// keptMembers are the members of a circle as they were kept, by dimension.
type keptMembers struct {
	index   *nlq.Index
	entries map[*semantic.Dimension][]nlq.Entry
	read    time.Time
}

var (
	errKeptOther = errors.New("they are of another model, other databases, other viewers or other limits")
	errKeptOld   = errors.New("they are too old")
)

// openKept opens the members that were kept of a circle; nil when there are none
// that may be taken, which the log says unless nothing was kept.
func (s *snapshot) openKept(c *circle) *keptMembers {
	if s.config.Kept == "" {
		return nil
	}
	b, err := os.ReadFile(s.keptFile(c))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	var kept *keptMembers
	if err == nil {
		kept, err = s.readKept(c, b)
	}
	if err != nil {
		s.config.Log.Warn("members that were kept are read anew", "why", err)
		return nil
	}
	s.config.Log.Info("members that were kept are opened", "members", kept.index.Len(), "read", kept.read)
	return kept
}

// readKept checks a file: members are opened only for the circle they were kept
// for, under the same model and limits and of the same databases.
func (s *snapshot) readKept(c *circle, b []byte) (*keptMembers, error) {
	if len(b) < keptHead {
		return nil, errKeptOther
	}
	read := time.Unix(int64(binary.LittleEndian.Uint64(b[sha256.Size:])), 0)
	if owner := s.keptOwner(c, read); string(owner[:]) != string(b[:sha256.Size]) {
		return nil, errKeptOther
	}
	if s.aged(read) {
		return nil, errKeptOld
	}
	index, err := nlq.OpenIndex(b[keptHead:], s.model)
	if err != nil {
		return nil, err
	}
	kept := &keptMembers{index: index, entries: map[*semantic.Dimension][]nlq.Entry{}, read: read}
	index.Each(func(e nlq.Entry) { kept.entries[e.Dimension] = append(kept.entries[e.Dimension], e) })
	for d, entries := range kept.entries {
		for i, e := range declaredMembers(d) {
			if i >= len(entries) || entries[i].Value != e.Value {
				return nil, errKeptOther
			}
			entries[i].Aliases = e.Aliases
		}
	}
	return kept, nil
}

// keep writes the members of a circle for the next start. That they cannot be
// written is no reason not to answer.
func (s *snapshot) keep(c *circle, index *nlq.Index, read time.Time) {
	if s.config.Kept == "" {
		return
	}
	if err := s.writeKept(c, index, read); err != nil {
		s.config.Log.Warn("members cannot be kept", "why", err)
	}
}

func (s *snapshot) writeKept(c *circle, index *nlq.Index, read time.Time) error {
	owner := s.keptOwner(c, read)
	b := binary.LittleEndian.AppendUint64(owner[:], uint64(read.Unix()))
	b, err := index.AppendBinary(b)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.config.Kept, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(s.config.Kept, "*.new") // readable by its owner alone
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), s.keptFile(c))
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return s.dropKept()
}

// dropKept removes the oldest files where they are more than circles are kept.
func (s *snapshot) dropKept() error {
	names, err := filepath.Glob(filepath.Join(s.config.Kept, "*"+keptEnd))
	if err != nil || len(names) <= maxCircles {
		return err
	}
	written := map[string]time.Time{}
	for _, name := range names {
		if info, err := os.Stat(name); err == nil {
			written[name] = info.ModTime() // else another process has dropped it
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(written[a].Compare(written[b]), strings.Compare(a, b)) })
	for _, name := range names[:len(names)-maxCircles] {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("drop members that were kept: %w", err)
		}
	}
	return nil
}

// keptFile is where the members of a circle are kept. The name tells nobody what
// the attributes of its viewers are.
func (s *snapshot) keptFile(c *circle) string {
	sum := sha256.Sum256([]byte(c.signature))
	return filepath.Join(s.config.Kept, hex.EncodeToString(sum[:16])+keptEnd)
}

// keptOwner is the hash of all that decides which members a file may hold, and of
// when they were read.
func (s *snapshot) keptOwner(c *circle, read time.Time) [sha256.Size]byte {
	parts := []string{s.model.Version, s.config.KeptOf, c.signature, strconv.Itoa(s.config.Members), strconv.FormatInt(read.Unix(), 10)}
	h := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(h, "%d %s\n", len(part), part)
	}
	return [sha256.Size]byte(h.Sum(nil))
}
