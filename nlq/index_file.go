package nlq

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"

	"wenshu/semantic"
)

// indexMagic opens the written form of an index; its last byte is the form's
// number.
const indexMagic = "wenshu index\x00\x00\x00\x01"

// maxIndexed bounds the bytes of a written index.
const maxIndexed = 1 << 32

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errIndexTorn is of bytes that no index was written as.
var errIndexTorn = errors.New("nlq: the index is torn")

// AppendBinary appends the written form of an index: the magic, per part its
// lists and arrays, and a checksum (CRC-32C). OpenIndex reads it again.
func (x *Index) AppendBinary(b []byte) ([]byte, error) {
	from := len(b)
	b = append(b, indexMagic...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(x.parts)))
	for _, p := range x.parts {
		names := make([]string, len(p.dimensions))
		for i, d := range p.dimensions {
			names[i] = d.Table.Name + "." + d.Name
		}
		for _, list := range [][]string{names, p.tags} {
			t := joinTexts(list)
			b = appendNumbers(appendText(b, t.blob), t.ends)
		}
		b = appendNumbers(appendNumbers(b, p.home), p.tag)
		b = appendNumbers(appendText(b, p.values.blob), p.values.ends)
		b = appendNumbers(appendText(b, p.keys.blob), p.keys.ends)
		b = appendNumbers(b, p.of)
	}
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(b[from:], castagnoli))
	if len(b)-from > maxIndexed {
		return nil, fmt.Errorf("nlq: an index of %d bytes is too large to write", len(b)-from)
	}
	return b, nil
}

func appendText(b []byte, s string) []byte {
	return append(binary.LittleEndian.AppendUint32(b, uint32(len(s))), s...)
}

func appendNumbers(b []byte, list []uint32) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(list)))
	b = slices.Grow(b, 4*len(list))
	for _, n := range list {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}

// OpenIndex reads what AppendBinary wrote. It fails on anything else, and where
// the model lacks one of the dimensions: then the index is to be built anew.
func OpenIndex(b []byte, m *semantic.Model) (*Index, error) {
	if len(b) < len(indexMagic)+8 || string(b[:len(indexMagic)]) != indexMagic {
		return nil, errIndexTorn
	}
	body, sum := b[:len(b)-4], binary.LittleEndian.Uint32(b[len(b)-4:])
	if crc32.Checksum(body, castagnoli) != sum {
		return nil, errIndexTorn
	}
	dims := map[string]*semantic.Dimension{}
	for _, t := range m.Tables {
		for _, d := range t.Dimensions {
			dims[t.Name+"."+d.Name] = d
		}
	}
	r := &indexBytes{rest: body[len(indexMagic):]}
	x := &Index{}
	base := 0
	for range r.number() {
		p := &indexPart{base: int32(base)}
		if err := r.part(p, dims); err != nil {
			return nil, err
		}
		base += p.values.len()
		x.parts = append(x.parts, p)
	}
	if r.torn || len(r.rest) > 0 {
		return nil, errIndexTorn
	}
	return x, nil
}

// indexBytes reads the parts of a written index; once torn, everything is empty.
type indexBytes struct {
	rest []byte
	torn bool
}

func (r *indexBytes) number() uint32 {
	if len(r.rest) < 4 {
		r.rest, r.torn = nil, true
		return 0
	}
	n := binary.LittleEndian.Uint32(r.rest)
	r.rest = r.rest[4:]
	return n
}

func (r *indexBytes) bytes(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.rest, r.torn = nil, true
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *indexBytes) numbers() []uint32 {
	b := r.bytes(4 * uint64(r.number()))
	list := make([]uint32, len(b)/4)
	for i := range list {
		list[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return list
}

// texts reads texts whose ends run from nothing to all of them.
func (r *indexBytes) texts() texts {
	t := texts{blob: string(r.bytes(uint64(r.number()))), ends: r.numbers()}
	if n := len(t.ends); n == 0 || t.ends[0] != 0 || int(t.ends[n-1]) != len(t.blob) || !slices.IsSorted(t.ends) {
		r.torn = true
		return texts{ends: []uint32{0}}
	}
	return t
}

func (t texts) list() []string {
	list := make([]string, t.len())
	for i := range list {
		list[i] = t.at(i)
	}
	return list
}

// part reads one part, and checks that every number in it leads somewhere.
func (r *indexBytes) part(p *indexPart, dims map[string]*semantic.Dimension) error {
	names := r.texts().list()
	p.tags = r.texts().list()
	p.home, p.tag = r.numbers(), r.numbers()
	p.values, p.keys, p.of = r.texts(), r.texts(), r.numbers()
	for _, name := range names {
		d := dims[name]
		if d == nil {
			return fmt.Errorf("nlq: the index is of another model: there is no dimension %q", name)
		}
		p.dimensions = append(p.dimensions, d)
	}
	members := p.values.len()
	sound := len(p.home) == members && len(p.tag) == members && len(p.of) == p.keys.len() &&
		below(p.home, len(p.dimensions)) && below(p.tag, len(p.tags)) && below(p.of, 2*members)
	for i := range p.of {
		sound = sound && p.keys.ends[i+1]-p.keys.ends[i] >= 2 && (i == 0 || p.keys.at(i-1) <= p.keys.at(i))
	}
	if r.torn || !sound {
		return errIndexTorn
	}
	p.findStarts()
	return nil
}

func below(list []uint32, n int) bool {
	for _, x := range list {
		if int(x) >= n {
			return false
		}
	}
	return true
}
